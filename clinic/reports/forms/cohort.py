"""This file is about what the browser sends for figures: a period and a cohort."""

from datetime import timedelta
from typing import Any

from clinic.core import clock
from clinic.core.forms import Choice, LocalDate, Text, required
from clinic.reports.forms.exports import PeriodForm
from clinic.reports.queries.outcomes import Choices, leading_scale
from clinic.reports.rules.outcomes import Cohort

A_YEAR = timedelta(days=365)
ALL = ("", "All")


class CohortForm(PeriodForm):
    """A period and whose figures. Nothing said: the last year, everybody, the first scale."""

    first_on = LocalDate("From", [required("Enter the first day.")], name="from", id="cohort-from")
    last_on = LocalDate("To", [required("Enter the last day.")], name="to", id="cohort-to")
    medicine = Choice("Medicine", choices=[ALL], id="cohort-medicine")
    route = Choice("Route", choices=[ALL], id="cohort-route")
    protocol = Choice("Protocol", choices=[ALL], id="cohort-protocol")
    scale = Choice("Scale", choices=(), id="cohort-scale")

    def __init__(self, among: Choices, **given: Any) -> None:
        super().__init__(**given)
        self.medicine.choices = [ALL, *among.medicines.items()]
        self.route.choices = [ALL, *among.routes.items()]
        self.protocol.choices = [ALL, *among.protocols.items()]
        self.scale.choices = list(among.scales.items())
        self.usual_scale = leading_scale(among)

    @property
    def cohort(self) -> Cohort:
        """The cohort, once the form is valid."""
        return Cohort(
            protocol=self.protocol.data or "",
            route=self.route.data or "",
            medicine=self.medicine.data or "",
            scale=self.scale.data or self.usual_scale,
        )

    @property
    def asked(self) -> dict[str, str]:
        """What stands in an address of the same figures."""
        said = vars(self.cohort)
        days = {"from": f"{self.first_on.data}", "to": f"{self.last_on.data}"}
        return days | {name: code for name, code in said.items() if code}

    @classmethod
    def usual(cls, among: Choices) -> "CohortForm":
        """The last year of everybody."""
        today = clock.today()
        return cls(among, formdata=None, first_on=today - A_YEAR, last_on=today)


class SavedReportForm(CohortForm):
    """The same, and what the report is called."""

    title = Text("Title", [required("Enter what the report is called.")], longest=120)

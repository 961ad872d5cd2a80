"""This file is about what the browser sends to export: from when to when, and what for."""

from wtforms.validators import ValidationError

from clinic.core import clock
from clinic.core.forms import BaseForm, LocalDate, Text, required
from clinic.reports.rules import Period, fault_of_first, fault_of_last


class PeriodForm(BaseForm):
    """A period of clinic days, both included."""

    first_on = LocalDate("From", [required("Enter the first day.")], name="from")
    last_on = LocalDate("To", [required("Enter the last day.")], name="to")

    def validate_first_on(self, field: LocalDate) -> None:
        """Not in the future."""
        if field.data and (fault := fault_of_first(field.data, clock.today())):
            raise ValidationError(fault)

    def validate_last_on(self, field: LocalDate) -> None:
        """Not before the first day, not without end."""
        first_on = self.first_on.data
        if not (field.data and first_on):
            return
        if fault := fault_of_last(first_on, field.data, clock.today()):
            raise ValidationError(fault)

    @property
    def period(self) -> Period:
        """The period, once the form is valid."""
        return Period(self.first_on.data, self.last_on.data)


class ExportForm(PeriodForm):
    """A period, and a purpose."""

    purpose = Text(
        "Purpose",
        [required("Enter what this export is for.")],
        longest=500,
        description="Stands beside your name in the list of exports",
    )

"""This file is about what the browser sends to export: what, from when to when, and what for."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from wtforms import PasswordField, SelectMultipleField
from wtforms.validators import ValidationError

from clinic.core import clock
from clinic.core.forms import BaseForm, Choice, Flag, LocalDate, RequiredIf, Text, required
from clinic.reports.queries.choosing import course_of, protocols_used
from clinic.reports.rules import TABLES, TRAIL, Period, fault_of_first, fault_of_last
from clinic.reports.rules.ordering import Order

NO_LIMITS: Mapping[str, Collection[str]] = {
    "one_course": (),
    "identified_only": (),
    "no_tables": (),
    "no_trail": (),
    "only_figures": (),
    "withheld": (),
}
ROUTES = {
    "nasal": "Nasal spray",
    "intravenous": "Infusion",
    "intramuscular": "Into a muscle",
    "sublingual": "Under the tongue",
    "oral": "Swallowed",
}


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


class FilterForm(PeriodForm):
    """A period, and which protocols, routes or one patient of it. Nothing chosen: all."""

    protocols = SelectMultipleField("Protocols", validate_choice=False)
    routes = SelectMultipleField("Routes", choices=list(ROUTES.items()))
    patient = Text("One patient", longest=60, description="Her number; her newest course alone")

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.protocols.choices = protocols_used()
        self.course_id: uuid.UUID | None = None

    def validate_protocols(self, field: SelectMultipleField) -> None:
        """Only protocols of this clinic."""
        if set(field.data or ()) - {code for code, _ in field.choices or ()}:
            raise ValidationError("Choose protocols from the list.")

    def validate_patient(self, field: Text) -> None:
        """Somebody who has a course here."""
        if field.data and (found := course_of(field.data)) is None:
            raise ValidationError("No patient with a course has this number.")
        self.course_id = found if field.data else None


class ExportForm(FilterForm):
    """An order. `table`: the one file that streams at once, without choosing tables and format.

    `formats`: (code, words). `limits`: which of them are of one course (`one_course`), name people
    whatever is chosen (`identified_only`), hold no tables (`no_tables`) or
    not that of the trail (`no_trail`), or figures of one cohort alone (`only_figures`);
    `withheld`: tables that are not for this person.
    """

    what = SelectMultipleField("What", validate_choice=False)
    format = Choice("Format", choices=())
    identified = Flag("Identified")
    password = PasswordField(
        "Your password",
        [RequiredIf("identified", True, sentence="Enter your password: these files name people.")],
    )
    purpose = Text(
        "Purpose",
        [required("Enter what this export is for.")],
        longest=500,
        description="Stands beside your name in the list of exports",
    )
    name = Text("Keep these choices as", longest=80, description="A name, to use them once more")

    def __init__(
        self,
        table: str | None = None,
        formats: Sequence[tuple[str, str]] = (),
        limits: Mapping[str, Collection[str]] = NO_LIMITS,
        **given: Any,
    ) -> None:
        super().__init__(**given)
        self.table, self.limits = table, limits
        self.what.choices = [(one.code, one.title) for one in TABLES.values()]
        self.format.choices = list(formats)

    def validate_what(self, field: SelectMultipleField) -> None:
        """At least one table that there is."""
        if self.table is not None or self.format.data in self.limits["no_tables"]:
            return
        if not set(field.data or ()) & TABLES.keys():
            raise ValidationError("Choose at least one table.")
        if set(field.data or ()) & set(self.limits["withheld"]):
            raise ValidationError("Your role may not export the audit trail.")

    def validate_format(self, field: Choice) -> None:
        """A format; one of a single course needs to know whose."""
        if self.table is not None:
            return
        if not field.data:
            raise ValidationError("Choose a format.")
        if field.data in self.limits["one_course"] and not self.patient.data:
            raise ValidationError("This format is of one patient: enter her number.")
        if field.data in self.limits["identified_only"] and not self.identified.data:
            raise ValidationError("This format names people: choose Identified.")
        if field.data in self.limits["no_trail"] and TRAIL & set(self.chosen):
            raise ValidationError("This format holds no audit trail: choose CSV or XLSX.")
        if field.data in self.limits["only_figures"] and (fault := self.fault_of_figures()):
            raise ValidationError(fault)

    def fault_of_figures(self) -> str | None:
        """Why there are no figures of what is asked for."""
        if self.identified.data:
            return "Figures name nobody: leave Identified off."
        if self.patient.data:
            return "Figures are of many: leave One patient empty."
        if len(self.protocols.data or ()) > 1 or len(self.routes.data or ()) > 1:
            return "Figures are of one protocol and one route, or of all: choose one of each."
        return None

    @property
    def order(self) -> Order:
        """What is ordered, once the form is valid."""
        return Order(
            what=(self.table,) if self.table else self.chosen,
            period=self.period,
            protocols=tuple(self.protocols.data or ()),
            routes=tuple(self.routes.data or ()),
            course_id=self.course_id,
            identified=bool(self.identified.data),
            format="csv" if self.table else self.format.data,
        )

    @property
    def chosen(self) -> tuple[str, ...]:
        """The tables in their order; none in a format that holds none."""
        if self.format.data in self.limits["no_tables"]:
            return ()
        return tuple(code for code in TABLES if code in (self.what.data or ()))

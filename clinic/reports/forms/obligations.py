"""This file is about what the browser sends of obligations: answers, submissions, what applies.

The form of a session's answers is made from the registry's form: a field for each that a person may
say, called `f_` and its code.
"""

import uuid
from typing import Any

from flask_wtf.file import FileField
from wtforms.validators import ValidationError
from wtforms.widgets import TextArea

from clinic.core import clock
from clinic.core.forms import (
    BaseForm,
    Choice,
    Flag,
    LocalDate,
    Text,
    WholeNumber,
    required,
)
from clinic.core.records import patient_by_number
from clinic.reports.rules.obligations import (
    EventClocks,
    FieldKind,
    FormContent,
    FormField,
    FormTemplate,
    SentBy,
)

YES_NO = (("yes", "Yes"), ("no", "No"))
SENT_BY = (
    (SentBy.ONLINE.value, "Online"),
    (SentBy.FAX.value, "Fax"),
    (SentBy.PHONE.value, "Phone"),
    (SentBy.POST.value, "Post"),
)
MOST_MINUTES, MOST_DAYS = 1440, 365


def name_of(one: FormField) -> str:
    """How a field is called in the browser."""
    return "f_" + one.code.replace("-", "_")


def field_for(one: FormField) -> Any:
    """The field of the browser for one of the form."""
    if one.kind is FieldKind.YES_NO:
        return Choice(one.about, choices=YES_NO)
    if one.kind is FieldKind.CHOICE:
        return Choice(one.about, choices=[(word, word) for word in one.choices or ()])
    if one.kind is FieldKind.MINUTES:
        return WholeNumber(one.about, unit="min", high=MOST_MINUTES)
    return Text(one.about, longest=200)


class AnswersForm(BaseForm):
    """What a person says for the form of a session; made from it."""

    content: FormContent

    def typed(self) -> dict[str, str]:
        """Field -> what was typed, where it is not what the record says already."""
        return {
            one.field.code: str(self[name_of(one.field)].data)
            for one in self.content.fields
            if one.field.is_typed and self[name_of(one.field)].data is not None
            if one.typed or str(self[name_of(one.field)].data) != one.value
        }


def answers_form(content: FormContent) -> AnswersForm:
    """A form with a field for each that a person may say, with what is known in it."""
    asked = [one for one in content.fields if one.field.is_typed]
    fields = {name_of(one.field): field_for(one.field) for one in asked}
    known = {
        name_of(one.field): int(one.value) if one.field.kind is FieldKind.MINUTES else one.value
        for one in asked
        if one.value is not None
    }
    made = type("AnswersForm", (AnswersForm,), fields | {"content": content})
    form: AnswersForm = made(**known)
    return form


class FillForm(BaseForm):
    """Fill it for ever, and why fields stay empty."""

    gaps_because = Text("Why fields stay empty", longest=500, widget=TextArea())


class SubmissionForm(BaseForm):
    """That it was sent, and the proof."""

    sent_by = Choice("Sent", [required("Choose how it was sent.")], choices=SENT_BY)
    sent_on = LocalDate("On", [required("Enter the day.")])
    reference = Text("Number of the confirmation", longest=300)
    proof: Any = FileField("Proof of submission")

    def validate_sent_on(self, field: LocalDate) -> None:
        """Not in the future."""
        if field.data and field.data > clock.today():
            raise ValidationError("Enter a day that is not after today.")


class ErrorForm(BaseForm):
    """Why a submission was entered in error."""

    reason = Text("Why it was entered in error", [required("Enter why.")], longest=500)


class FormSettings(BaseForm):
    """Whether a form is filled here, its labels that nobody could read, the clinic's own values."""

    template: FormTemplate

    on = Flag("Fill this form in our clinic")

    def labels(self) -> dict[str, str | None]:
        """Field -> the label as the clinic copied it."""
        return {one.code: self[name_of(one)].data for one in self.template.without_label}

    def values(self) -> dict[str, str | None]:
        """Field -> what the clinic says once."""
        return {one.code: self[name_of(one)].data for one in self.template.of_the_clinic}


def form_settings(
    shipped: FormTemplate, current: FormTemplate | None, *, on: bool, **more: Any
) -> FormSettings:
    """The settings of a form with what the clinic said before; `shipped`: as the program has it."""
    asked = [*shipped.of_the_clinic, *shipped.without_label]
    fields = {name_of(one): Text(one.about, longest=200) for one in asked}
    known = {one.code: one for one in (current or shipped).fields}
    given = {name_of(one): known[one.code].value for one in shipped.of_the_clinic}
    given |= {name_of(one): known[one.code].label for one in shipped.without_label}
    made = type("FormSettings", (FormSettings,), fields | {"template": shipped})
    form: FormSettings = made(on=on, **given, **more)
    return form


class ClockSettings(BaseForm):
    """Which clocks of serious events apply, within how many days."""

    clocks: EventClocks

    def applies(self) -> dict[str, bool]:
        """Clock -> whether it applies."""
        return {one.code: bool(self[f"on_{key(one.code)}"].data) for one in self.clocks.clocks}

    def days(self) -> dict[str, int | None]:
        """Clock -> calendar days; None: no time is set."""
        return {one.code: self[f"days_{key(one.code)}"].data for one in self.clocks.clocks}


def key(code: str) -> str:
    """A code as part of a field's name."""
    return code.replace("-", "_")


def clock_settings(clocks: EventClocks, **more: Any) -> ClockSettings:
    """The settings of clocks as they are."""
    fields: dict[str, Any] = {}
    given: dict[str, Any] = {}
    for one in clocks.clocks:
        fields[f"on_{key(one.code)}"] = Flag(one.title)
        words = f"Days: {one.title}"
        fields[f"days_{key(one.code)}"] = WholeNumber(words, unit="days", low=1, high=MOST_DAYS)
        given |= {f"on_{key(one.code)}": one.applies, f"days_{key(one.code)}": one.days}
    made = type("ClockSettings", (ClockSettings,), fields | {"clocks": clocks})
    form: ClockSettings = made(**given, **more)
    return form


class InspectionForm(BaseForm):
    """Whose sessions are inspected, by her number."""

    patient_id: uuid.UUID | None = None

    number = Text("Patient number", [required("Enter the number of the patient.")], longest=40)

    def validate_number(self, field: Text) -> None:
        """A number that is given."""
        self.patient_id = patient_by_number(field.data)
        if self.patient_id is None:
            raise ValidationError("No patient has this number.")

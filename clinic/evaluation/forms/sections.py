"""This file is about the answers of a section, and the decision, as they are typed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, PasswordField
from wtforms.validators import ValidationError

from clinic.core import clock
from clinic.core.forms import BaseForm, Choice, Decimal_, LocalDate, Text, WholeNumber, required
from clinic.evaluation.rules import LONGEST_ANSWER, Amount, Decision, Kind, Question, Section

YES_NO = [("yes", "Yes"), ("no", "No")]
DECISIONS = [
    (Decision.ELIGIBLE, "Eligible, plan the course"),
    (Decision.NOT_ELIGIBLE, "Not eligible"),
    (Decision.LATER, "Decide later"),
]
LONGEST_TYPED = 20_000


class SectionForm(BaseForm):
    """The answers of one section; none is required to be handed in, missing ones are named."""

    based_on = WholeNumber("Number of the answers before", high=100_000)

    def answers(self) -> dict[str, str]:
        """Code -> answer as it is stored, once the form is valid."""
        return {
            field.name: stored(field.data)
            for field in self
            if field.name != "based_on" and field.data is not None
        }


class DecisionForm(BaseForm):
    """A psychiatrist's decision; nothing is preselected."""

    decision = Choice("Decision", [required("Choose a decision.")], choices=DECISIONS)
    reason = Text("Reason", [required("Enter the reason.")], longest=2000)
    password = PasswordField("Your password", [required("Enter your password to sign.")])


def section_form(section: Section, typed: Mapping[str, Any], based_on: int) -> SectionForm:
    """The form of a section, filled with what was typed or stored."""
    sent = MultiDict({**typed, "based_on": str(based_on)})
    form: SectionForm = form_class(section)(formdata=sent)
    return form


@cache
def form_class(section: Section) -> type[SectionForm]:
    """A form with one field for each question that may be asked."""
    fields = {question.code: field_of(question) for question in section.asked_at_most()}
    return type(f"{section.code.capitalize()}Form", (SectionForm,), fields)


def field_of(question: Question) -> Field:
    """The field of a question."""
    text, hint = question.text, question.hint or ""
    if question.kind is Kind.YES_NO:
        return Choice(text, choices=YES_NO, description=hint)
    if question.kind is Kind.CHOICE:
        options = [(option.code, option.text) for option in question.options]
        return Choice(text, choices=options, description=hint)
    if question.kind is Kind.DATE:
        return LocalDate(text, [not_after_today], description=hint)
    if question.number is not None:
        return number_field(text, hint, question.number)
    return Text(text, longest=LONGEST_ANSWER, description=hint)


def not_after_today(form: BaseForm, field: Field) -> None:
    """Every day that is asked here is one on which something was done. Raises ValidationError."""
    if field.data and field.data > clock.today():
        raise ValidationError("Enter a day that is not after today.")


def number_field(text: str, hint: str, number: Amount) -> Field:
    """A number inside its limits; without decimals a whole one."""
    kind = Decimal_ if number.decimals else WholeNumber
    return kind(text, unit=number.unit, low=number.lowest, high=number.highest, description=hint)


def typed_in(section: Section, sent: Mapping[str, str]) -> dict[str, str]:
    """What was typed into a section, as it was typed; blanks are nothing."""
    codes = (question.code for question in section.asked_at_most())
    typed = {code: sent.get(code, "").strip()[:LONGEST_TYPED] for code in codes}
    return {code: words for code, words in typed.items() if words}


def stored(value: Any) -> str:
    """An answer as it is stored."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)

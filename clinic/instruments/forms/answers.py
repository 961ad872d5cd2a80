"""This file is about what the browser sends of a scale: item by item, when and how, and reviews.

Forms are made from the scale. A field is called `item_` and the number of the item; items stand in
the order in which the form on paper prints them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wtforms import Field

from clinic.core.forms import BaseForm, Choice, Flag, LocalDateTime, Text, required
from clinic.instruments.rules import (
    Instrument,
    MomentCode,
    NoScore,
    SafetyStep,
    answer_problems,
    missing_items,
)
from clinic.instruments.rules.parts import Item, Option, SkipRule

MOMENTS = [
    (MomentCode.BASELINE, "Before the first dose"),
    (MomentCode.BEFORE_EACH_SESSION, "Before a session"),
    (MomentCode.IN_SESSION, "In a session"),
    (MomentCode.BEFORE_DISCHARGE, "Before leaving"),
    (MomentCode.DAY_1, "24 hours"),
    (MomentCode.DAY_7, "Day 7"),
    (MomentCode.DAY_14, "Day 14"),
    (MomentCode.DAY_28, "Day 28"),
    (MomentCode.DAY_42, "Day 42"),
    (MomentCode.MONTH_3, "Month 3"),
    (MomentCode.MONTH_6, "Month 6"),
    (MomentCode.OTHER, "Another moment"),
]
# A link is answered by herself elsewhere, so staff cannot choose it.
WAYS = [("visit", "In a visit"), ("call", "In a call"), ("paper", "From paper")]
STEPS = [
    (SafetyStep.ASSESSED, "Spoke with her, nothing further needed now"),
    (SafetyStep.SAFETY_PLAN, "Safety plan made or renewed with her"),
    (SafetyStep.PSYCHIATRIST_TOLD, "Psychiatrist told, who takes over"),
    (SafetyStep.EMERGENCY, "Emergency service or hospital"),
    (SafetyStep.INFANT_PROTECTED, "Protection of the child arranged"),
    (SafetyStep.ASKED_NOW, "The skipped item was asked, see her answer below"),
    (SafetyStep.ENTERED_IN_ERROR, "Entered in error, asked and made sure"),
]
GAPS = "Items are not answered: {}. Answer them, or mark below that they stay open."
DOES_NOT_APPLY = (NoScore.NOT_APPLICABLE.value, "Does not apply")


@dataclass(frozen=True)
class Asked:
    """One item on the page. `printed`: its number on the paper form; `rule`: when it is asked."""

    printed: str
    item: Item
    field: Field
    rule: SkipRule | None


class ItemsForm(BaseForm):
    """The items of a scale. None is required; gaps are saved only when somebody says so."""

    instrument: Instrument
    order: tuple[str, ...]
    renumbered: bool

    gaps = Flag("Save with items open: there is no total then")

    def answers(self) -> dict[str, int | NoScore]:
        """Item number -> final score, or why there is none; a skipped item is absent."""
        fields = {number: self[f"item_{number}"] for number in self.order}
        return {
            number: as_answer(field.data)
            for number, field in fields.items()
            if field.data in {value for value, _ in field.choices}
        }

    def asked(self) -> list[Asked]:
        """The items in printed order."""
        rules = {number: rule for rule in self.instrument.skip for number in rule.items}
        return [
            Asked(
                printed=str(place) if self.renumbered else number,
                item=self.instrument.item(number),
                field=self[f"item_{number}"],
                rule=rules.get(number),
            )
            for place, number in enumerate(self.order, 1)
        ]

    @property
    def has_gaps(self) -> bool:
        """Whether items were left open."""
        return bool(missing_items(self.instrument, self.answers()))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Each answer is one that was offered, and nothing is left open by mistake."""
        fits = super().validate(*args, **kwargs)
        problems = answer_problems(self.instrument, self.answers()) if fits else {}
        for number, sentence in problems.items():
            self[f"item_{number}"].errors = [sentence]
        if not fits or problems or self.gaps.data:
            return fits and not problems
        missing = missing_items(self.instrument, self.answers())
        if missing:
            self.form_errors.append(GAPS.format(", ".join(missing)))
        return not missing


class ResponseForm(ItemsForm):
    """One use of a scale."""

    moment = Choice("Moment", [required("Choose the moment.")], choices=MOMENTS)
    answered_at = LocalDateTime("Answered at", [required("Enter when it was answered.")])
    way = Choice("How", [required("Choose how it was answered.")], choices=WAYS)


class CorrectionForm(ResponseForm):
    """Corrected answers."""

    reason = Text("Reason", [required("Enter why it is corrected.")], longest=500)


class WithdrawForm(BaseForm):
    """Answers that were entered in error."""

    reason = Text("Reason", [required("Enter what was wrong.")], longest=500)


class ReviewForm(BaseForm):
    """What was done about a safety answer."""

    step = Choice("What was done", [required("Choose what was done.")], choices=STEPS)
    text = Text(
        "In your words",
        [required("Enter what you found and did.")],
        longest=2000,
        description="Whom you reached, what she said, what you decided, who was told.",
    )
    done_at = LocalDateTime("When it was done", [required("Enter when it was done.")])


def items_form(
    instrument: Instrument, form_code: str | None = None, *, prefix: str = "", **given: Any
) -> ItemsForm:
    """The items alone, for a page that asks more than one scale: give each its `prefix`."""
    form: ItemsForm = made(ItemsForm, instrument, form_code)(prefix=prefix, **given)
    return form


def response_form(
    instrument: Instrument, form_code: str | None = None, **given: Any
) -> ResponseForm:
    """The form of one use; `form_code` None: the scale's first form."""
    form: ResponseForm = made(ResponseForm, instrument, form_code)(**given)
    return form


def correction_form(instrument: Instrument, form_code: str, **given: Any) -> CorrectionForm:
    """The form of a correction."""
    form: CorrectionForm = made(CorrectionForm, instrument, form_code)(**given)
    return form


def as_fields(answers: Mapping[str, int | NoScore]) -> dict[str, str]:
    """Answers as the fields of a form hold them."""
    return {f"item_{number}": str(answer) for number, answer in answers.items()}


def as_answer(value: str) -> int | NoScore:
    """The answer that a choice stands for."""
    return NoScore(value) if value in {str(reason) for reason in NoScore} else int(value)


def made(base: type[ItemsForm], instrument: Instrument, form_code: str | None) -> Any:
    """A form class with a field for each item that is asked, in printed order."""
    form = instrument.forms[0] if form_code is None else instrument.form(form_code)
    never = {rule.item for rule in instrument.fixed}
    order = form.order or tuple(item.number for item in instrument.items)
    order = tuple(number for number in order if number not in never)
    fields = {f"item_{number}": field_of(instrument, number) for number in order}
    about = {"instrument": instrument, "order": order, "renumbered": form.order is not None}
    return type(base.__name__, (base,), fields | about)


def field_of(instrument: Instrument, number: str) -> Choice:
    """The answers to one item, in printed order."""
    choices = [(value_of(option), option.label or "") for option in instrument.options_of(number)]
    if number in {rule.item for rule in instrument.not_applicable}:
        choices.append(DOES_NOT_APPLY)
    return Choice(f"Item {number}", choices=choices)


def value_of(option: Option) -> str:
    """What the browser sends for an option."""
    return NoScore.NOT_ASSESSED.value if option.score is None else str(option.score)

"""This file is about what the browser sends of licences: evidence, wording, comparison, retiring.

The form of a wording is made from the scale: a field for each line that is printed. A field is
called `text_` and the number of the item, or `answer_`, the number, and the place of the answer.
"""

from typing import Any

from flask_wtf.file import FileField
from wtforms.validators import ValidationError
from wtforms.widgets import TextArea

from clinic.core.forms import BaseForm, Choice, Flag, LocalDate, Text, required
from clinic.instruments.rules import AskedBy, Instrument
from clinic.instruments.rules.licences import Medium
from clinic.instruments.rules.own import (
    MOST_LINES,
    OwnFacts,
    answers_in,
    lines_of,
    own_code,
)
from clinic.instruments.rules.wording import (
    LONGEST,
    WordedAnswer,
    WordedItem,
    Wording,
    needed_items,
)

COVERS = [
    (Medium.PAPER, "Paper"),
    (Medium.SCREEN, "Staff screen"),
    (Medium.PHONE, "Phone"),
    (Medium.LETTERS, "Copies in letters"),
]
RECALLS = [("now", "Now"), ("24-hours", "24 hours"), ("7-days", "7 days"), ("14-days", "14 days")]
RECALL_HOURS = {"now": None, "24-hours": 24, "7-days": 7 * 24, "14-days": 14 * 24}
ANSWERED_BY = [(AskedBy.PATIENT, "Herself"), (AskedBy.CLINICIAN, "Staff")]
SAME = [("same", "Every line is the same"), ("differs", "A line differs")]


class EvidenceForm(BaseForm):
    """Step 1: what the owner allows."""

    file: Any = FileField("Letter or contract of the owner")
    reference = Text("Reference", [required("Enter what it is, and its number.")], longest=300)
    ends_on = LocalDate("Valid until")
    paper = Flag("Paper")
    screen = Flag("Staff screen")
    phone = Flag("Phone")
    letters = Flag("Copies in letters")
    translation = Text("Where the validation of the translation was published", longest=300)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """At least one thing is covered."""
        fits: bool = super().validate(*args, **kwargs)
        if not self.covers():
            self.paper.errors = ["Mark at least one thing that it covers."]
        return fits and bool(self.covers())

    def covers(self) -> list[Medium]:
        """The media that were marked."""
        return [medium for medium, _ in COVERS if self[str(medium)].data]


class AskedForm(BaseForm):
    """That the owner was asked, or that evidence is withdrawn."""

    reference = Text("Whom, and how", [required("Enter whom you asked, and how.")], longest=300)


class WithdrawalForm(BaseForm):
    """That evidence counts no more."""

    reference = Text("Reason", [required("Enter why it counts no more.")], longest=300)


class WordingFileForm(BaseForm):
    """Step 2: the wording as a file."""

    wording: Any = FileField("Wording file")

    def validate_wording(self, field: Any) -> None:
        """A file, and something in it."""
        if not field.data or not field.data.filename:
            raise ValidationError("Choose the wording file.")


class ComparisonForm(BaseForm):
    """Step 3: line by line; made from the wording, a flag for each line."""

    verdict = Choice("What you found", [required("Choose what you found.")], choices=SAME)
    difference = Text("Which line differs, and how", longest=1000, widget=TextArea())

    def flags(self) -> list[Flag]:
        """The flags of the lines, in order."""
        return [field for field in self if field.name.startswith("line_")]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """The same only when every line was ticked."""
        fits = super().validate(*args, **kwargs)
        open_lines = [flag for flag in self.flags() if not flag.data]
        if fits and self.verdict.data == "same" and open_lines:
            first = f"{len(open_lines)} lines are not ticked."
            only = "1 line is not ticked."
            self.form_errors.append(only if len(open_lines) == 1 else first)
            return False
        return fits


class RetireForm(BaseForm):
    """That a scale is not for new protocols, or is again."""

    reason = Text("Reason", [required("Enter why.")], longest=500)


class OwnScaleForm(BaseForm):
    """A scale of the clinic's own making: the same answers for every item, and a plain sum."""

    name = Text("Short name", [required("Enter a short name.")], longest=30)
    title = Text("What it asks", [required("Enter what it asks.")], longest=200)
    stem = Text("Above the items", longest=500)
    items = Text(
        "Items",
        [required("Enter at least one item.")],
        longest=6000,
        widget=TextArea(),
        description="One in each line.",
    )
    answers = Text(
        "Answers",
        [required("Enter the answers.")],
        longest=2000,
        widget=TextArea(),
        description="One in each line: the score, a space, and the words, such as: 0 Not at all",
    )
    recall = Choice("Looks back", [required("Choose how far it looks back.")], choices=RECALLS)
    by = Choice("Answered by", [required("Choose who answers it.")], choices=ANSWERED_BY)

    def validate_name(self, field: Any) -> None:
        """A name that gives a code."""
        if field.data and own_code(field.data) == own_code(""):
            raise ValidationError("Use letters or digits in the name.")

    def validate_items(self, field: Any) -> None:
        """Not too many."""
        if len(lines_of(field.data)) > MOST_LINES:
            raise ValidationError(f"At most {MOST_LINES} items.")

    def validate_answers(self, field: Any) -> None:
        """Lines with a score and words."""
        try:
            answers_in(field.data)
        except ValueError as fault:
            raise ValidationError(str(fault)) from None

    def facts(self) -> OwnFacts:
        """What was typed."""
        hours = RECALL_HOURS[self.recall.data]
        return OwnFacts(
            name=self.name.data,
            title=self.title.data,
            stem=self.stem.data,
            items=tuple(lines_of(self.items.data)),
            answers=tuple(answers_in(self.answers.data)),
            recall_hours=hours,
            recall_words=dict(RECALLS)[self.recall.data].lower(),
            by=AskedBy(self.by.data),
        )


class WordingForm(BaseForm):
    """Step 2 typed in: every line as the owner prints it."""

    instrument: Instrument

    title = Text("Title", [required("Enter the title as printed.")], longest=LONGEST["title"])
    stem = Text("Above the items", longest=LONGEST["stem"], widget=TextArea())
    notice = Text(
        "Source line and notice",
        [required("Enter the notice as the owner gives it.")],
        longest=LONGEST["notice"],
        widget=TextArea(),
    )

    def wording(self, language: str) -> Wording:
        """What was typed."""
        return Wording(
            scale=self.instrument.code,
            version=self.instrument.version,
            language=language,
            title=self.title.data,
            stem=self.stem.data,
            notice=self.notice.data,
            items=tuple(self.item(item.number) for item in needed_items(self.instrument)),
        )

    def item(self, number: str) -> WordedItem:
        """One item as typed."""
        options = self.instrument.options_of(number)
        answers = [
            WordedAnswer(option.score, self[f"answer_{number}_{place}"].data)
            for place, option in enumerate(options)
        ]
        return WordedItem(number, self[f"text_{number}"].data, tuple(answers))


def wording_form(instrument: Instrument, **given: Any) -> WordingForm:
    """A form with a field for each line of a scale."""
    fields: dict[str, Any] = {}
    for item in needed_items(instrument):
        needed = [required(f"Enter item {item.number} as printed.")]
        text = Text(f"Item {item.number}", needed, longest=LONGEST["item"], widget=TextArea())
        fields[f"text_{item.number}"] = text
        for place, option in enumerate(instrument.options_of(item.number)):
            score = "not assessed" if option.score is None else option.score
            words = f"Item {item.number}, score {score}"
            wanted = [required(f"{words}: enter the answer as printed.")]
            fields[f"answer_{item.number}_{place}"] = Text(words, wanted, longest=LONGEST["answer"])
    form: WordingForm = type("WordingForm", (WordingForm,), fields | {"instrument": instrument})(
        **given
    )
    return form


def as_typed(wording: Wording) -> dict[str, str | None]:
    """A wording as the fields of its form hold it."""
    typed = {"title": wording.title, "stem": wording.stem, "notice": wording.notice}
    for item in wording.items:
        typed[f"text_{item.number}"] = item.text
        typed |= {f"answer_{item.number}_{n}": a.text for n, a in enumerate(item.answers)}
    return typed


def comparison_form(wording: Wording, **given: Any) -> ComparisonForm:
    """A form with a flag for each line of a wording."""
    lines = enumerate(wording.lines(), 1)
    fields = {f"line_{number}": Flag(place) for number, (place, _) in lines}
    form: ComparisonForm = type("ComparisonForm", (ComparisonForm,), fields)(**given)
    return form

"""This file is about talks, her signature, taking it back, a wording of the clinic's own."""

import uuid
from collections.abc import Iterator
from typing import Any

from wtforms import Field, PasswordField
from wtforms.validators import Optional, StopValidation
from wtforms.widgets import TextArea

from clinic.core.forms import BaseForm, Choice, LocalDate, Text, required
from clinic.courses.rules import TALKS, Held, Talk
from clinic.protocols.rules import DrugForm

CODES = (
    (DrugForm.ESKETAMINE, "Esketamine"),
    (DrugForm.RACEMIC, "Ketamine (racemic)"),
)
DAY, WITH = "Enter the day of this talk.", "Choose who talked with her."
LONGEST_WORDING = 15_000


def typed_or_drawn(form: BaseForm, field: Field) -> None:
    """Her name is needed unless she draws her signature."""
    if not (field.data or form["drawing"].data):
        field.errors = []
        raise StopValidation("She types her name. Or she draws her signature above.")


class TalkForm(BaseForm):
    """One talk that was held: about what, when, with whom."""

    talk = Choice("About", [required("Choose what it was about.")], choices=tuple(TALKS.items()))
    held_on = LocalDate("Day of the talk", [required(DAY)])
    with_whom = Choice("Talk with", [required(WITH)], choices=())

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = dict(people)
        self.with_whom.choices = people

    def held(self) -> Held:
        """The talk as it was entered, once the form is valid."""
        who = self.with_whom.data
        return Held(Talk(self.talk.data), self.held_on.data, self.people[who], uuid.UUID(who))


class TalksForm(BaseForm):
    """Three talks, each with its day and with whom."""

    treatment_on = LocalDate("Day of the talk", [required(DAY)])
    treatment_with = Choice("Talk with", [required(WITH)], choices=())
    breastfeeding_on = LocalDate("Day of the talk", [required(DAY)])
    breastfeeding_with = Choice("Talk with", [required(WITH)], choices=())
    session_days_on = LocalDate("Day of the talk", [required(DAY)])
    session_days_with = Choice("Talk with", [required(WITH)], choices=())

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = dict(people)
        for _, _, with_whom in self.talks():
            with_whom.choices = people

    def talks(self) -> Iterator[tuple[Talk, Field, Field]]:
        """(talk, day, with whom) of each of the three."""
        for talk in Talk:
            name = talk.replace("-", "_")
            yield talk, self[f"{name}_on"], self[f"{name}_with"]

    def held(self) -> list[Held]:
        """The talks as they were entered, once the form is valid."""
        return [
            Held(talk, day.data, self.people[with_whom.data], uuid.UUID(with_whom.data))
            for talk, day, with_whom in self.talks()
            if day.data and with_whom.data
        ]


class ConsentForm(TalksForm):
    """The talks, the name she types or her signature as she draws it, the witness's password."""

    drawing = Text("Her signature, drawn by her", [Optional()], longest=20_000)
    mother_name = Text("Her name, typed by her", [typed_or_drawn], longest=400)
    password = PasswordField(
        "Your password, as witness", [required("Enter your password to sign as witness.")]
    )
    read_digest = Text("What she read", [required("Open this page once more.")], longest=64)


class WithdrawalForm(BaseForm):
    """She takes her consent back."""

    withdrawn_on = LocalDate("Day", [required("Enter the day on which she said so.")])
    reason = Text(
        "What she said", [required("Write what she said; she needs no reason.")], widget=TextArea()
    )
    password = PasswordField("Your password", [required("Enter your password to sign.")])


class WordingForm(BaseForm):
    """A wording of the clinic's own."""

    code = Choice("For treatment with", [required("Choose the treatment.")], choices=CODES)
    title = Text("Title", [required("Enter the title.")], longest=200)
    body = Text("Text", [required("Enter the text.")], longest=LONGEST_WORDING, widget=TextArea())

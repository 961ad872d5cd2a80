"""This file is about her signature, taking it back, and a wording of the clinic's own."""

from collections.abc import Iterator
from typing import Any

from wtforms import Field, PasswordField
from wtforms.widgets import TextArea

from clinic.core.forms import BaseForm, Choice, LocalDate, Text, required
from clinic.courses.rules import Held, Talk
from clinic.protocols.rules import DrugForm

TALKS = {
    Talk.TREATMENT: "Treatment, its risks, that it is not approved for this, and other choices",
    Talk.BREASTFEEDING: "Breastfeeding: what is known and what is not, the label and other advice",
    Talk.SESSION_DAYS: "Session days: escort, no driving until the next day, who has the baby",
}
CODES = (
    (DrugForm.ESKETAMINE, "Esketamine"),
    (DrugForm.RACEMIC, "Ketamine (racemic)"),
)
DAY, WITH = "Enter the day of this talk.", "Choose who talked with her."
LONGEST_WORDING = 15_000


class ConsentForm(BaseForm):
    """Three talks, the name she types, and the witness's password."""

    treatment_on = LocalDate("Day of the talk", [required(DAY)])
    treatment_with = Choice("Talk with", [required(WITH)], choices=())
    breastfeeding_on = LocalDate("Day of the talk", [required(DAY)])
    breastfeeding_with = Choice("Talk with", [required(WITH)], choices=())
    session_days_on = LocalDate("Day of the talk", [required(DAY)])
    session_days_with = Choice("Talk with", [required(WITH)], choices=())
    mother_name = Text("Her name, typed by her", [required("She types her name.")], longest=400)
    password = PasswordField(
        "Your password, as witness", [required("Enter your password to sign as witness.")]
    )
    read_digest = Text("What she read", [required("Open this page once more.")], longest=64)

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
            Held(talk, day.data, self.people[with_whom.data])
            for talk, day, with_whom in self.talks()
        ]


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

"""This file is about what the browser sends to sign a decision."""

import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wtforms import PasswordField, SelectMultipleField
from wtforms.widgets import TextArea

from clinic.core import clock
from clinic.core.errors import Unprocessable
from clinic.core.forms import BaseForm, Choice, Decimal_, LocalDate, Text, required
from clinic.courses.rules import END_REASONS, EndReason
from clinic.protocols.rules import Dose
from clinic.review.rules import STOP_REASONS, Chosen, Decision, SessionAlerts, faults

DECISIONS = [
    (Decision.CONTINUE, "Continue as planned"),
    (Decision.CHANGE, "Change the dose or the schedule"),
    (Decision.STOP, "Stop treatment"),
]
WORDS_OF_STOPPING = {reason: words for reason, words in END_REASONS if reason in STOP_REASONS}


class DayToLookAgain(LocalDate):
    """The day of the next look at a course, or none."""

    def name_in_sentence(self) -> str:
        """Its label ends with "by", and is no name."""
        return "the day by which you look at the course again"


class DecisionForm(BaseForm):
    """A psychiatrist's decision; nothing is preselected. `seen`: what the page showed.

    Doses are those of the protocol; where it sets none, the dose is typed in its unit.
    """

    decision = Choice(
        "What happens next?",
        [required("Choose what happens.")],
        choices=DECISIONS,
        id="decision-choice",
    )
    dose = Choice("New dose", choices=[], description="Left open, the dose stays.")
    dose_typed = Decimal_("New dose", low=Decimal("0.1"), high=500)
    new_schedule = Text(
        "New schedule",
        longest=120,
        description="For example: weekly, 4 times. Left open, the schedule stays.",
    )
    stopped_because = Choice("Why treatment stops", choices=list(WORDS_OF_STOPPING.items()))
    reason = Text(
        "Reason", longest=2000, widget=TextArea(), description="Needed to change or to stop."
    )
    re_evaluate_on = DayToLookAgain("Look at the course again by")
    read = SelectMultipleField("Alerts", validate_choice=False)
    seen = Text("What was shown", longest=64)
    password = PasswordField("Your password", [required("Enter your password to sign.")])

    def __init__(self, ordering: Dose, alerts: Sequence[SessionAlerts] = (), **given: Any) -> None:
        super().__init__(**given)
        self.ordering, self.typed = ordering, ordering.allowed is None
        self.read.choices = [(str(a.session_id), f"I have read {a.words}") for a in alerts]
        doses = ordering.allowed or ()
        self.dose.choices = [(f"{one:f}", f"{one:f} {ordering.unit}") for one in doses]
        self.dose_typed.unit = str(ordering.unit)

    def validate(self, extra_validators: Any = None) -> bool:
        """What was typed, and then what the rules say of it."""
        super().validate(extra_validators)
        if self.decision.data in list(Decision):
            found = faults(
                self.chosen, self.ordering.allowed, str(self.ordering.unit), clock.today()
            )
            self.take_errors(Unprocessable(found))
        return not (self.errors or self.form_errors)

    def take_errors(self, refusal: Unprocessable) -> None:
        """The rules know one dose, the form two ways to enter it. One sentence is enough."""
        here = {"new_dose": "dose_typed" if self.typed else "dose"}
        said = {here.get(name, name): sentences for name, sentences in refusal.fields.items()}
        new = {
            name: text for name, text in said.items() if not (name in self and self[name].errors)
        }
        super().take_errors(Unprocessable(new))

    @property
    def new_dose(self) -> Decimal | None:
        """The new dose in the unit of the protocol; None: it stays."""
        if self.typed:
            typed: Decimal | None = self.dose_typed.data
            return typed
        offered = {value for value, _ in self.dose.choices}
        return Decimal(self.dose.data) if self.dose.data in offered else None

    @property
    def chosen(self) -> Chosen:
        """What was decided, of a decision that there is."""
        because = self.stopped_because.data
        return Chosen(
            Decision(self.decision.data),
            self.reason.data or "",
            self.new_dose,
            self.new_schedule.data or "",
            EndReason(because) if because in list(STOP_REASONS) else None,
            self.re_evaluate_on.data,
        )

    @property
    def sessions_read(self) -> set[uuid.UUID]:
        """The sessions whose alerts were read; what is no choice is left out."""
        offered = {value for value, _ in self.read.choices}
        return {uuid.UUID(value) for value in self.read.data or () if value in offered}

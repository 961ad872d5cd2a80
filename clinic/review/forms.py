"""This file is about what the browser sends to sign a decision."""

import uuid
from collections.abc import Sequence
from typing import Any

from wtforms import PasswordField, SelectMultipleField
from wtforms.widgets import TextArea

from clinic.core.forms import BaseForm, Choice, RequiredIf, Text, required
from clinic.review.rules import Decision, SessionAlerts

DECISIONS = [
    (Decision.CONTINUE, "Continue as planned"),
    (Decision.CHANGE, "Change the dose or the schedule"),
    (Decision.STOP, "Stop treatment"),
]


class DecisionForm(BaseForm):
    """A psychiatrist's decision; nothing is preselected. `seen`: what the page showed."""

    decision = Choice("What happens next?", [required("Choose what happens.")], choices=DECISIONS)
    reason = Text(
        "Reason",
        [
            RequiredIf(
                "decision", Decision.CHANGE, Decision.STOP, sentence="Enter the reason for this."
            )
        ],
        longest=2000,
        widget=TextArea(),
        description="Needed to change or stop. For a change also the new dose and schedule.",
    )
    read = SelectMultipleField("Alerts", validate_choice=False)
    seen = Text("What was shown", longest=64)
    password = PasswordField("Your password", [required("Enter your password to sign.")])

    def __init__(self, alerts: Sequence[SessionAlerts] = (), **given: Any) -> None:
        super().__init__(**given)
        self.read.choices = [(str(a.session_id), f"I have read {a.words}") for a in alerts]

    @property
    def sessions_read(self) -> set[uuid.UUID]:
        """The sessions whose alerts were read; what is no choice is left out."""
        offered = {value for value, _ in self.read.choices}
        return {uuid.UUID(value) for value in self.read.data or () if value in offered}

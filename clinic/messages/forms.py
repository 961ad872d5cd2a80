"""This file is about what the browser sends of how a clinic writes to women, and its numbers."""

import re
from typing import Any

from wtforms.validators import Optional, ValidationError

from clinic.core.forms import BaseForm, Text, WholeNumber, required
from clinic.messages.rules import health_words

TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
NUMBER = re.compile(r"\+?[0-9()][0-9 ()./-]*", re.ASCII)
MOST_REMINDERS = 5
MOST_HOURS = 24 * 30


def dialled(_form: BaseForm, field: Text) -> None:
    """A number that a phone can dial."""
    if field.data and not field.errors and not NUMBER.fullmatch(field.data):
        raise ValidationError(f"{field.label.text}: enter digits, for example +44 20 5550142.")


def on_the_clock(_form: BaseForm, field: Text) -> None:
    """A time of the day."""
    if field.data and not TIME.fullmatch(field.data):
        raise ValidationError(f"{field.label.text}: enter a time such as 21:00.")


class SettingsForm(BaseForm):
    """How messages go out, and the numbers a woman is given to call."""

    clinic_line = Text(
        "The clinic's own line",
        [required("Enter the number at which she reaches the clinic."), dialled],
        longest=40,
    )
    clinic_hours = Text("When it is answered", [Optional()], longest=60)
    crisis_line = Text(
        "Crisis line",
        [required("Enter the number of a crisis line."), dialled],
        longest=40,
    )
    crisis_note = Text("About the crisis line", [Optional()], longest=60)
    emergency = Text(
        "Emergency number", [required("Enter the emergency number."), dialled], longest=40
    )
    answers_read = Text(
        "When answers are read",
        [required("Enter when answers are read, for example on weekdays, 8:00 to 17:00.")],
        longest=100,
    )
    sender = Text("Name in messages", [Optional()], longest=60)
    quiet_from = Text("Quiet from", [required("Enter a time such as 21:00."), on_the_clock])
    quiet_until = Text("Quiet until", [required("Enter a time such as 08:00."), on_the_clock])
    reminder_count = WholeNumber(
        "Reminders", [required("Enter a number; 0 sends none.")], high=MOST_REMINDERS
    )
    reminder_hours = WholeNumber(
        "Hours between reminders",
        [required("Enter whole hours.")],
        low=1,
        high=MOST_HOURS,
    )
    link_hours = WholeNumber(
        "Hours a link works", [required("Enter whole hours.")], low=1, high=MOST_HOURS
    )
    version = WholeNumber("Version", [Optional()])

    def validate_sender(self, field: Text) -> None:
        """Nobody who sees the phone learns anything from the name."""
        if field.data and (words := health_words(field.data)):
            told = ", ".join(words)
            raise ValidationError(f"Leave out {told}: whoever sees her phone would learn of it.")

    def values(self) -> dict[str, Any]:
        """What was entered, once it is valid."""
        entered: dict[str, Any] = self.data
        return {name: value for name, value in entered.items() if name != "version"}

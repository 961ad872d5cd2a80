"""This package is about messages: their states, neutral words, quiet hours, when to try again."""

from clinic.messages.rules.codes import Channel, State
from clinic.messages.rules.numbers import Numbers
from clinic.messages.rules.sending import (
    MOST_TRIES,
    QuietHours,
    Reminders,
    next_try_after,
    not_quiet,
)
from clinic.messages.rules.wording import health_words, written

__all__ = [
    "MOST_TRIES",
    "Channel",
    "Numbers",
    "QuietHours",
    "Reminders",
    "State",
    "health_words",
    "next_try_after",
    "not_quiet",
    "written",
]

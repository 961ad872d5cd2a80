"""This package is about what may be asked of messages: the clinic's settings, what waits, whom."""

from clinic.messages.queries.messages import message_by_key, messages_of, why_no_message
from clinic.messages.queries.settings import Settings, numbers, settings

__all__ = [
    "Settings",
    "message_by_key",
    "messages_of",
    "numbers",
    "settings",
    "why_no_message",
]

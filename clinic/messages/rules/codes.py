"""This file is about the closed lists of words of a message."""

from enum import StrEnum


class Channel(StrEnum):
    """How a message travels."""

    EMAIL = "email"
    SMS = "sms"


class State(StrEnum):
    """What became of a message. `sending`: handed over, nobody knows yet."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"

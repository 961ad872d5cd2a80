"""This file is about the closed lists of words in which a follow-up is told."""

from enum import StrEnum


class Status(StrEnum):
    """What somebody has made of a follow-up. While nobody has, it has no status."""

    DONE = "done"
    MISSED = "missed"
    MOVED = "moved"


class State(StrEnum):
    """How a follow-up stands at a moment."""

    PLANNED = "planned"
    MOVED = "moved"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    MISSED = "missed"

    @property
    def is_open(self) -> bool:
        return self not in (State.DONE, State.MISSED)


class How(StrEnum):
    """How she was asked. `link`: nobody asked, she told it on her own form."""

    CALL = "call"
    VISIT = "visit"
    LINK = "link"


class Reached(StrEnum):
    YES = "yes"
    NO_ANSWER = "no-answer"
    SOMEBODY_ELSE = "somebody-else"


class NextStep(StrEnum):
    AS_PLANNED = "as-planned"
    CALL_AGAIN = "call-again"
    PSYCHIATRIST_TODAY = "psychiatrist-today"
    EMERGENCY = "emergency"


class Reply(StrEnum):
    """An answer to a question of safety. `refused` is not "no": it was asked and stays open."""

    YES = "yes"
    NO = "no"
    REFUSED = "refused"


class Amount(StrEnum):
    NONE = "none"
    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"

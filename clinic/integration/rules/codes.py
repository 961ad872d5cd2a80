"""This file is about the closed lists of words of other treatment: kinds, states, goals."""

from enum import StrEnum


class Kind(StrEnum):
    """What a visit is."""

    PSYCHOTHERAPY = "psychotherapy"
    INTEGRATION = "integration"
    LACTATION = "lactation"
    PEER_GROUP = "peer-group"
    DAY_UNIT = "day-unit"
    OTHER = "other"


class Status(StrEnum):
    """How a visit stands. An entry in error is kept to be seen and counts nowhere."""

    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"
    NOT_WANTED = "not-wanted"
    ERROR = "entered-in-error"

    @property
    def needs_reason(self) -> bool:
        """Whether nobody may write it down without saying why."""
        return self in (Status.MISSED, Status.ERROR)

    @property
    def has_happened(self) -> bool:
        """Whether it can only be said of a moment that is over."""
        return self in (Status.DONE, Status.NOT_WANTED)


class WindowState(StrEnum):
    """How the talk after one dose stands. `passed`: the window closed with nothing on record."""

    OFFERED = "offered"
    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"
    NOT_WANTED = "not-wanted"
    PASSED = "passed"


class GoalState(StrEnum):
    """How a goal of the care plan stands."""

    NOT_STARTED = "not-started"
    STARTED = "started"
    ON_TRACK = "on-track"
    PLANNED = "planned"
    MET = "met"
    DROPPED = "dropped"

    @property
    def is_over(self) -> bool:
        """Whether nobody works on it any more."""
        return self in (GoalState.MET, GoalState.DROPPED)


class MilkEvent(StrEnum):
    """What is written down of milk around a dose."""

    LAST_FEED = "last-feed"
    EXPRESSED = "expressed"
    FIRST_FEED = "first-feed"


class Recipient(StrEnum):
    """To whom the clinic writes letters."""

    GP = "gp"
    OBSTETRICS = "obstetrics"
    HEALTH_VISITOR = "health-visitor"
    PAEDIATRICS = "paediatrics"


class HelperRole(StrEnum):
    """What somebody outside the clinic is for her. Recipients of letters have the same words."""

    GP = "gp"
    OBSTETRICS = "obstetrics"
    HEALTH_VISITOR = "health-visitor"
    PAEDIATRICS = "paediatrics"
    PSYCHOTHERAPY = "psychotherapy"
    LACTATION = "lactation"
    PEER_GROUP = "peer-group"
    DAY_UNIT = "day-unit"
    OTHER = "other"


class Way(StrEnum):
    """How a letter leaves the clinic."""

    SECURE_MAIL = "secure-mail"
    POST = "post"
    FAX = "fax"
    HANDED_OVER = "handed-over"


class DeliveryState(StrEnum):
    """What became of a letter on its way."""

    SENT = "sent"
    RECEIVED = "received"
    FAILED = "failed"

"""This file is about how far a link is, in the words of the work list."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LinkWay(StrEnum):
    """Where she answers: on her own phone, or on the clinic's tablet that was handed to her."""

    PHONE = "phone"
    TABLET = "tablet"


class Step(StrEnum):
    """The step that was reached last."""

    SENT = "sent"
    OPENED = "opened"
    ANSWERED = "answered"
    ENDED = "ended"
    LOCKED = "locked"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Facts:
    """What is known of a link. `done` of `total` questions are answered or skipped.

    `undelivered`: its message could not be delivered. `kinds`: those of its parts.
    """

    sent_at: datetime
    opened_at: datetime | None
    finished_at: datetime | None
    withdrawn_at: datetime | None
    locked_at: datetime | None
    expires_at: datetime
    done: int
    total: int
    undelivered: bool = False
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LinkState:
    """`words` say it, `at` is the moment of the last step; `running`: she may still answer."""

    step: Step
    words: str
    at: datetime
    facts: Facts

    @property
    def running(self) -> bool:
        """Whether she may still answer."""
        return self.step in (Step.SENT, Step.OPENED)

    @property
    def progress(self) -> str | None:
        """`6 of 9` while she is at it."""
        return f"{self.facts.done} of {self.facts.total}" if self.step is Step.OPENED else None


def link_state(facts: Facts, now: datetime) -> LinkState:
    """How far a link is at a moment."""
    if facts.finished_at is not None:
        return LinkState(Step.ANSWERED, "Answered", facts.finished_at, facts)
    if facts.withdrawn_at is not None:
        return LinkState(Step.WITHDRAWN, "Link withdrawn", facts.withdrawn_at, facts)
    if facts.locked_at is not None:
        words = "Link locked: date of birth wrong 3 times"
        return LinkState(Step.LOCKED, words, facts.locked_at, facts)
    if facts.expires_at <= now:
        words = "Link ended, not opened" if facts.opened_at is None else "Link ended"
        part = f", {facts.done} of {facts.total} answered" if facts.done else ""
        return LinkState(Step.ENDED, words + part, facts.expires_at, facts)
    if facts.opened_at is not None:
        return LinkState(Step.OPENED, "Opened", facts.opened_at, facts)
    words = "Link not delivered" if facts.undelivered else "Link, not opened"
    return LinkState(Step.SENT, words, facts.sent_at, facts)

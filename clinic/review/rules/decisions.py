"""This file is about the decision after a session: what it can be, and what keeps it unsigned.

Nothing here proposes one. A psychiatrist reads the record and decides.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from clinic.review.rules.record import CourseRecord
from clinic.sessions.rules.results import Alert


class Decision(StrEnum):
    """What happens next."""

    CONTINUE = "continue"
    CHANGE = "change"
    STOP = "stop"

    @property
    def needs_reason(self) -> bool:
        """Whether it cannot be signed without one."""
        return self is not Decision.CONTINUE


@dataclass(frozen=True)
class Decided:
    """A signed decision, the `n`th of its course, made after session `after_session`."""

    decision: Decision
    reason: str
    after_session: int
    signed_by_id: uuid.UUID
    signed_by: str
    signed_at: datetime
    n: int
    unchanged: bool


@dataclass(frozen=True)
class SessionAlerts:
    """The alerts of one session that a decision has to know.

    `open_now`: some are open and somebody can still answer them, so nothing is signed before.
    """

    session_id: uuid.UUID
    number: int
    texts: tuple[str, ...]
    open_now: bool

    @property
    def words(self) -> str:
        """`the alert of session 6`."""
        return f"the alert{'s' if len(self.texts) > 1 else ''} of session {self.number}"


def alerts_to_read(record: CourseRecord, since: datetime | None) -> list[SessionAlerts]:
    """Alerts raised since the last decision, and those that are still open, by session.

    One that was raised in error is none (definitions D4.2).
    """
    found = []
    for session in sorted(record.sessions, key=lambda session: session.number):
        counted = [a for a in session.state.alerts if not a.raised_in_error]
        open_now = not session.locked and any(alert.is_open for alert in counted)
        new = [a for a in counted if is_new(a, since) or (a.is_open and not session.locked)]
        if new:
            texts = tuple(f"{alert.text} ({state_of(alert)})" for alert in new)
            found.append(SessionAlerts(session.id, session.number, texts, open_now))
    return found


def is_new(alert: Alert, since: datetime | None) -> bool:
    """Whether it was raised, or closed, after the last decision was signed."""
    last = max(alert.opened_at, alert.closed_at or alert.opened_at)
    return since is None or last > since


def state_of(alert: Alert) -> str:
    """How an alert stands, in a word."""
    if alert.is_open:
        return "acknowledged, open" if alert.acknowledged_at else "open"
    return "closed"


def obstacles(
    treated: int, alerts: Iterable[SessionAlerts], unreviewed: Sequence[str]
) -> Iterator[str]:
    """What keeps any decision unsigned, one sentence each."""
    if not treated:
        yield "This opens after session 1."
    for session in alerts:
        if session.open_now:
            yield f"Read {session.words} first: it is still open."
    for finding in unreviewed:
        yield f"{finding}: review it first."


def unread(alerts: Iterable[SessionAlerts], read: Collection[uuid.UUID]) -> Iterator[str]:
    """The alerts that the person did not say to have read."""
    for session in alerts:
        if session.session_id not in read:
            yield f"Read {session.words} first."

"""This file is about the decision after a session: what it can be, and what keeps it unsigned.

Nothing here proposes one. A psychiatrist reads the record and decides.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from clinic.courses.rules import EndReason
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


# Why treatment stops, as administrators count it. All but the first are a discontinuation.
STOP_REASONS = (
    EndReason.COMPLETED,
    EndReason.SIDE_EFFECTS,
    EndReason.NO_EFFECT,
    EndReason.PATIENT_CHOICE,
    EndReason.LOGISTICS,
    EndReason.LOST,
    EndReason.OTHER,
)


@dataclass(frozen=True)
class Chosen:
    """What a psychiatrist decides. `new_dose`: in the unit of the protocol; `re_evaluate_on`: when
    the course is looked at again; None: no day was set. What does not belong to the decision is
    left out of what is signed."""

    decision: Decision
    reason: str = ""
    new_dose: Decimal | None = None
    new_schedule: str = ""
    stopped_because: EndReason | None = None
    re_evaluate_on: date | None = None

    def said(self, unit: str) -> dict[str, Any]:
        """What is signed, as text; `unit`: that of the dose."""
        said = {"decision": str(self.decision), "reason": self.reason}
        if self.decision is Decision.CHANGE and self.new_dose is not None:
            said["new_dose"] = f"{self.new_dose.normalize():f} {unit}"
        if self.decision is Decision.CHANGE and self.new_schedule:
            said["new_schedule"] = self.new_schedule
        if self.decision is Decision.STOP and self.stopped_because is not None:
            said["stopped_because"] = str(self.stopped_because)
        if self.decision is not Decision.STOP and self.re_evaluate_on is not None:
            said["re_evaluate_on"] = self.re_evaluate_on.isoformat()
        return said


def faults(
    chosen: Chosen, allowed: Collection[Decimal] | None, unit: str, today: date
) -> dict[str, list[str]]:
    """Field -> what is wrong with a decision. `allowed`: the doses of the protocol; None: not set
    by this clinic."""
    found: dict[str, list[str]] = {}
    if chosen.decision.needs_reason and not chosen.reason.strip():
        found["reason"] = ["Enter the reason for this."]
    if chosen.decision is Decision.CHANGE:
        if chosen.new_dose is None and not chosen.new_schedule:
            found["new_dose"] = ["Enter the new dose, the new schedule, or both."]
        elif chosen.new_dose is not None and allowed is not None and chosen.new_dose not in allowed:
            doses = ", ".join(f"{dose:f}" for dose in allowed)
            found["new_dose"] = [f"This protocol has {doses} {unit}."]
    if chosen.decision is Decision.STOP:
        if chosen.stopped_because not in STOP_REASONS:
            found["stopped_because"] = ["Choose why treatment stops."]
    elif chosen.re_evaluate_on is not None and chosen.re_evaluate_on < today:
        found["re_evaluate_on"] = ["Enter a day that is not before today."]
    return found


@dataclass(frozen=True)
class Decided:
    """A signed decision, the `n`th of its course, made after session `after_session`.

    The last four: as chosen; the dose with its unit. None or "": not said.
    """

    decision: Decision
    reason: str
    after_session: int
    signed_by_id: uuid.UUID
    signed_by: str
    signed_at: datetime
    n: int
    unchanged: bool
    new_dose: str = ""
    new_schedule: str = ""
    stopped_because: EndReason | None = None
    re_evaluate_on: date | None = None
    meaning: str = ""

    @property
    def is_discontinuation(self) -> bool:
        """Whether treatment stopped for another reason than that it was completed. A stop without
        a reason code, from before there was one, says nothing."""
        return self.stopped_because not in (None, EndReason.COMPLETED)


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

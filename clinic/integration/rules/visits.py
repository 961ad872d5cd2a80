"""This file is about what may be written down of a visit, and of a goal."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from clinic.integration.rules.codes import GoalState, Kind, Status

Fault = tuple[str, str]


@dataclass(frozen=True)
class VisitFacts:
    """One visit as it is typed.

    Who held it is somebody of the clinic (`therapist_id`) or a name. `minutes`: how long.
    `reason`: why missed, not wanted, or changed afterwards. `shared_note`: one line for the team.
    """

    kind: Kind
    status: Status
    starts_at: datetime
    session_id: uuid.UUID | None = None
    modality: str | None = None
    therapist_id: uuid.UUID | None = None
    therapist_name: str | None = None
    minutes: int | None = None
    reason: str | None = None
    shared_note: str | None = None


@dataclass(frozen=True)
class GoalFacts:
    """A goal in her words; who sees to it; until when; the last that was said about it."""

    goal: str
    owner: str
    due_on: date | None = None
    state: GoalState = GoalState.NOT_STARTED
    last_word: str | None = None


def faults_of_visit(facts: VisitFacts, t0: datetime | None, now: datetime) -> Iterator[Fault]:
    """Field and sentence of what cannot be. `t0`: of the dose it follows, None for no dose."""
    if facts.status is Status.PLANNED and facts.starts_at <= now:
        yield "starts_at", "Enter a time that is still to come, or say how the visit went."
    if facts.status.has_happened and facts.starts_at > now:
        yield "starts_at", "Enter a time that is not after now."
    if t0 is not None and facts.starts_at < t0:
        yield "starts_at", "Enter a time after the dose it follows."
    if facts.status.needs_reason and not facts.reason:
        yield "reason", "Write the reason."
    if facts.therapist_id and facts.therapist_name:
        yield "therapist_name", "Choose somebody of the clinic or write a name, not both."
    if facts.status is Status.DONE and not (facts.therapist_id or facts.therapist_name):
        yield "therapist_id", "Choose or write who held it."


def fault_of_change(before: VisitFacts, after: VisitFacts) -> Fault | None:
    """What is done stays: another state, time, kind or dose needs a reason of its own."""
    names = ("status", "starts_at", "kind", "session_id")
    moved = any(getattr(before, name) != getattr(after, name) for name in names)
    if before.status is Status.DONE and moved and after.reason in (None, before.reason):
        return "reason", "This visit is on record as done. Write why it changes."
    return None


def faults_of_goal(facts: GoalFacts) -> Iterator[Fault]:
    """Field and sentence of what cannot be."""
    if facts.state is GoalState.DROPPED and not facts.last_word:
        yield "last_word", "Write why it was dropped."


def days_overdue(due_on: date | None, state: GoalState, today: date) -> int:
    """How many days a goal is late; 0 when it is not. The day itself is not late."""
    if due_on is None or state.is_over:
        return 0
    return max(0, (today - due_on).days)

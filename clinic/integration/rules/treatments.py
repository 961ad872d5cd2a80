"""This file is about treatments that last, and meetings of a group."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from clinic.integration.rules.codes import Kind, Status

Fault = tuple[str, str]
LASTING = (Kind.PSYCHOTHERAPY, Kind.LACTATION, Kind.PEER_GROUP, Kind.DAY_UNIT, Kind.OTHER)


@dataclass(frozen=True)
class TreatmentFacts:
    """A treatment that lasts. `stopped_on`: its last day, None while it goes on."""

    kind: Kind
    title: str
    started_on: date
    stopped_on: date | None = None
    given_by: str | None = None
    visits_planned: int | None = None
    note: str | None = None


@dataclass(frozen=True)
class GroupFacts:
    """One meeting of a group: what, when, held by somebody of the clinic or a name."""

    kind: Kind
    title: str
    starts_at: datetime
    minutes: int | None = None
    therapist_id: uuid.UUID | None = None
    therapist_name: str | None = None


def faults_of_treatment(facts: TreatmentFacts) -> Iterator[Fault]:
    """Field and sentence of what cannot be."""
    if facts.kind not in LASTING:
        yield "kind", "Talks after a dose are logged one by one."
    if facts.stopped_on is not None and facts.stopped_on < facts.started_on:
        yield "stopped_on", f"Enter a last day from {facts.started_on:%d %b %Y}, the first day."


def faults_of_group(facts: GroupFacts) -> Iterator[Fault]:
    """Field and sentence of what cannot be."""
    if facts.kind is Kind.INTEGRATION:
        yield "kind", "Talks after a dose are held with one woman alone."
    if facts.therapist_id and facts.therapist_name:
        yield "therapist_name", "Choose somebody of the clinic or write a name, not both."
    if not (facts.therapist_id or facts.therapist_name):
        yield "therapist_id", "Choose or write who holds it."


def fault_of_attendance(
    status: Status, reason: str | None, starts_at: datetime, now: datetime
) -> str | None:
    """Why a woman's attendance cannot be so, as a sentence; None when it can."""
    if status is Status.PLANNED and starts_at <= now:
        return "The meeting is over: say whether she came."
    if status in (Status.DONE, Status.MISSED) and starts_at > now:
        return "The meeting is still to come."
    if status.needs_reason and not reason:
        return "Write the reason."
    return None


def is_on(facts: TreatmentFacts, day: date) -> bool:
    """Whether a treatment goes on on a day; its first and last day count."""
    return facts.started_on <= day and (facts.stopped_on is None or facts.stopped_on >= day)

"""This file is about made sessions: entries at minutes of 12 March 2026, and what they come to."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from clinic.protocols.library import library_protocols
from clinic.protocols.rules import Protocol, Severity
from clinic.reports.rules import SessionRecord, Table
from clinic.sessions.rules import SessionFacts, log, session_state

T0 = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)
SESSION_ID = uuid.UUID("01950000-0000-7000-8000-00000000e001")
NURSE_ID = uuid.UUID("01950000-0000-7000-8000-0000000000a1")
DUBLIN = ZoneInfo("Europe/Dublin")
CALM = {"heart_rate": 72, "respiratory_rate": 14, "spo2": 98, "moaas": 5, "dissociation": 0}


@cache
def nasal() -> Protocol:
    """The protocol of the nasal spray."""
    return library_protocols()["esketamine-nasal-56-84"]


def number(n: int) -> uuid.UUID:
    """The id of the n-th entry."""
    return uuid.UUID(int=SESSION_ID.int + n)


def common(n: int, minute: int, **given: Any) -> dict[str, Any]:
    """What every entry has; recorded when it was taken."""
    at = T0 + timedelta(minutes=minute)
    return {
        "id": number(n),
        "session_id": SESSION_ID,
        "effective_at": at,
        "recorded_at": at,
        "author_id": NURSE_ID,
        "log_seq": n,
    } | given


def measured(value: Any) -> log.SignValue:
    """A plain value as a measured one; what is one already stays. A pair is a blood pressure."""
    if isinstance(value, tuple):
        return log.Measured(log.BloodPressure(*value))
    return log.Measured(value) if isinstance(value, int | Decimal) else value


def reading(n: int, minute: int, signs: dict[str, Any], **given: Any) -> log.Observation:
    """One set of readings."""
    values = {sign: measured(value) for sign, value in signs.items()}
    return log.Observation(**common(n, minute, **given), signs=values)


def spray(n: int, minute: int, **given: Any) -> log.Administration:
    """A device that delivered all of its dose."""
    said = {"event": log.AdministrationEvent.DEVICE, "outcome": log.Outcome.COMPLETE} | given
    return log.Administration(**common(n, minute), **said)


def effect(n: int, minute: int, **given: Any) -> log.AdverseEvent:
    """A side effect that began, unless another event is given."""
    said = {"event": log.AdverseEventEvent.ONSET, "severity": Severity.MILD} | given
    return log.AdverseEvent(**common(n, minute), **said)


def left(n: int, minute: int, event: str = "left") -> log.Transition:
    """She left."""
    return log.Transition(**common(n, minute), event=log.TransitionEvent(event))


def record(*entries: log.Entry, minute: int = 200, **given: Any) -> SessionRecord:
    """The session of these entries as it is exported at a minute."""
    facts = SessionFacts(
        timezone=DUBLIN,
        birth_on=given.pop("birth_on", date(2026, 1, 22)),
        ordered_mg=Decimal(56),
        countersigned=given.pop("countersigned", ()),
    )
    plan = nasal().session_plan()
    made = SessionRecord(
        id=SESSION_ID,
        number=1,
        course_id=uuid.UUID(int=1),
        patient_id=uuid.UUID(int=2),
        clinic_code="harbour",
        patient_number="P-1001",
        protocol_code=plan.code,
        protocol_version=1,
        protocol_digest=nasal().digest,
        planned_at=T0,
        room="2",
        status="finished",
        ordered_mg=Decimal(56),
        zone=DUBLIN,
        plan=plan,
        state=session_state(plan, facts, entries, T0 + timedelta(minutes=minute)),
        birth_on=facts.birth_on,
        names={NURSE_ID: "Aiko Kimura"},
        signature=None,
    )
    return replace(made, **given)


def shown(table: Table, session: SessionRecord) -> list[dict[str, Any]]:
    """The rows of a session, by name of column, before they become text."""
    return [
        {column.name: column.value(row) for column in table.columns} for row in table.rows(session)
    ]

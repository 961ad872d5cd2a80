"""This file is about reading a trail: that of the clinic somebody acts for, never another's."""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from clinic.core.acting import acting
from clinic.core.audit.collecting import note
from clinic.core.audit.tables import FIRST, AuditEvent, ClinicHead
from clinic.core.db import apart, db, end_reading

SPAN = 50_000  # events looked at for one page: a rare one far back takes several pages


@dataclass(frozen=True)
class Search:
    """Which events are wanted; None: whichever. `until` is no longer wanted."""

    since: datetime | None = None
    until: datetime | None = None
    actor_id: uuid.UUID | None = None
    action: str | None = None
    patient_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Event:
    """One event. `detail`: field -> [old, new] for a change of a row, else what was noted."""

    seq: int
    at: datetime
    action: str
    actor_id: uuid.UUID | None
    type: str
    record_id: str | None
    patient_id: uuid.UUID | None
    request: str | None
    detail: dict[str, Any]
    body: str
    previous_hash: str
    hash: str

    @property
    def is_change(self) -> bool:
        """Whether a row was written, so that there are old and new values."""
        return self.action in ("create", "update", "delete")


@dataclass(frozen=True)
class Part:
    """Some events, newest first. `below`: where to look on; None: the chain begins here."""

    events: list[Event]
    below: int | None


@dataclass(frozen=True)
class Head:
    """How many events the chain has, and the hash of the newest."""

    events: int
    hash: str


def newest_first(search: Search, *, below: int | None = None, most: int = 50) -> Part:
    """The next events before a number, in at most SPAN events. Never by position: by number."""
    top = below if below is not None else head().events + 1
    bottom = 0 if search.patient_id else max(top - SPAN, 0)
    wanted = wanted_by(search).where(AuditEvent.seq < top, AuditEvent.seq >= bottom)
    found = read(wanted.order_by(AuditEvent.seq.desc()).limit(most))
    if len(found) == most:
        return Part(found, found[-1].seq)
    return Part(found, bottom if bottom > 1 else None)


def between(search: Search, first: int, last: int) -> list[Event]:
    """The events with these numbers, both included, oldest first."""
    wanted = wanted_by(search).where(AuditEvent.seq >= first, AuditEvent.seq <= last)
    return read(wanted.order_by(AuditEvent.seq))


def open_event(seq: int) -> Event | None:
    """One event with all it holds. That it was opened is an event itself, of the same patient.

    Call it before the main transaction begins.
    """
    with apart() as session:
        found = read(wanted_by(Search()).where(AuditEvent.seq == seq), session)
        for event in found:
            note(session, "read-trail", "AuditEvent", patient_id=event.patient_id, seq=event.seq)
    return found[0] if found else None


def note_search(patient_id: uuid.UUID) -> None:
    """Somebody looks for the events of one patient; that is an event itself."""
    end_reading()
    with apart() as session:
        note(session, "read-trail", "AuditEvent", patient_id=patient_id)


def head() -> Head:
    """The end of the chain."""
    find = select(ClinicHead).where(ClinicHead.id == acting().clinic_id)
    row = db.session.scalar(find)
    return Head(row.audit_seq, row.audit_hash) if row else Head(0, FIRST)


def newest_of(patient_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Patient -> the number of her newest event; whoever has none is not there.

    Whatever is written of her is an event, so that what was worked out at this number still stands
    while the number does.
    """
    newest = (
        select(AuditEvent.patient_id, func.max(AuditEvent.seq))
        .where(AuditEvent.chain_id == acting().clinic_id)
        .where(AuditEvent.patient_id.in_(set(patient_ids)))
        .group_by(AuditEvent.patient_id)
    )
    return {patient_id: seq for patient_id, seq in db.session.execute(newest) if patient_id}


def wanted_by(search: Search) -> Select[AuditEvent]:
    """The events of the clinic's own chain that are wanted."""
    return select(AuditEvent).where(
        AuditEvent.chain_id == acting().clinic_id, *conditions_of(search)
    )


def conditions_of(search: Search) -> Iterable[ColumnElement[bool]]:
    """What an event must fulfil."""
    if search.since:
        yield AuditEvent.occurred_at >= search.since
    if search.until:
        yield AuditEvent.occurred_at < search.until
    if search.action:
        yield AuditEvent.action == search.action
    if search.patient_id:
        yield AuditEvent.patient_id == search.patient_id
    if search.actor_id:
        # Quotes inside a value are escaped in JSON, so that no text can pass for the actor.
        yield AuditEvent.body.contains(f'"actor":"{search.actor_id}"', autoescape=True)


def read(wanted: Select[AuditEvent], session: Session | None = None) -> list[Event]:
    """The events of a statement."""
    rows: Sequence[AuditEvent] = (session or db.session()).scalars(wanted).all()
    return [event_of(row) for row in rows]


def event_of(row: AuditEvent) -> Event:
    """An event as it was written down."""
    body = json.loads(row.body)
    return Event(
        seq=row.seq,
        at=row.occurred_at,
        action=row.action,
        actor_id=uuid.UUID(body["actor"]) if body["actor"] else None,
        type=body["type"],
        record_id=body["record"],
        patient_id=row.patient_id,
        request=body["request"],
        detail=body["detail"],
        body=row.body,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )

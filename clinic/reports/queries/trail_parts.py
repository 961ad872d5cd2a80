"""This file is about reading the trail of a period part by part, by the number of the event."""

import uuid
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from clinic.accounts.queries import names_of, own_clinic
from clinic.core import records
from clinic.core.acting import acting
from clinic.core.audit import AuditEvent
from clinic.core.audit.reading import Event, event_of
from clinic.core.db import db, end_reading
from clinic.courses.models import Course
from clinic.patients.models import Patient
from clinic.reports.queries.wanted import EVERYTHING, NOBODY, Wanted
from clinic.reports.rules import Period
from clinic.reports.rules.trail_record import TrailExport

PART = 500  # events


def trail_parts(
    period: Period, now: datetime, wanted: Wanted = EVERYTHING
) -> Iterator[list[TrailExport]]:
    """The events of a period; with filters, those of the patients whose courses are asked for."""
    numbers = along_the_chain if wanted.patient_id in (None, NOBODY) else of_one_woman
    for seqs in numbers(period, now, wanted):
        rows = select(AuditEvent).where(
            AuditEvent.chain_id == acting().clinic_id, AuditEvent.seq.in_(seqs)
        )
        found = exports([event_of(row) for row in db.session.scalars(rows)])
        end_reading()
        yield sorted(found, key=lambda one: one.seq)


def along_the_chain(period: Period, now: datetime, wanted: Wanted) -> Iterator[list[int]]:
    """The numbers of events, a few at a time, each part after the last number of the one before."""
    after = int(wanted.after or 0)
    belong = [AuditEvent.chain_id == acting().clinic_id, *conditions(period, now, wanted)]
    while True:
        numbers = select(AuditEvent.seq).where(*belong, AuditEvent.seq > after)
        seqs = list(db.session.scalars(numbers.order_by(AuditEvent.seq).limit(PART)))
        if not seqs:
            return
        after = seqs[-1]
        wanted.stands(str(after))
        yield seqs


def of_one_woman(period: Period, now: datetime, wanted: Wanted) -> Iterator[list[int]]:
    """The same of one woman; asked for along the chain, everybody's events are walked through."""
    hers = select(AuditEvent.chain_id, AuditEvent.seq).where(*conditions(period, now, wanted))
    own = acting().clinic_id
    seqs = sorted(seq for chain_id, seq in db.session.execute(hers) if chain_id == own)
    for first in range(0, len(seqs), PART):
        yield seqs[first : first + PART]


def count_events(period: Period, now: datetime, wanted: Wanted) -> int:
    """How many events belong to the period."""
    counted = select(func.count()).select_from(AuditEvent)
    own = AuditEvent.chain_id == acting().clinic_id
    return db.session.scalar(counted.where(own, *conditions(period, now, wanted))) or 0


def conditions(period: Period, now: datetime, wanted: Wanted) -> list[ColumnElement[bool]]:
    """What an event must fulfil. One of no patient belongs to no course."""
    starts, ends = period.moments(acting().timezone)
    found: list[ColumnElement[bool]] = [
        AuditEvent.occurred_at >= starts,
        AuditEvent.occurred_at < ends,
        AuditEvent.occurred_at <= now,
    ]
    if wanted.version_ids is not None or wanted.course_id is not None:
        courses = select(Course.patient_id).where(*wanted.of(Course.protocol_version_id, Course.id))
        found.append(AuditEvent.patient_id.in_(courses))
    elif wanted.patient_id == NOBODY:
        theirs = AuditEvent.patient_id.notin_(select(Patient.id))
        found.append(or_(AuditEvent.patient_id.is_(None), theirs))
    if wanted.patient_id not in (None, NOBODY):
        found.append(AuditEvent.patient_id == wanted.patient_id)
    return found


def exports(events: list[Event]) -> list[TrailExport]:
    """Events as they are exported."""
    people = names_of({event.actor_id for event in events if event.actor_id})
    numbers = records.numbers_of(event.patient_id for event in events)
    clinic, zone = own_clinic().code, acting().timezone
    return [
        TrailExport(
            clinic_code=clinic,
            zone=zone,
            seq=event.seq,
            at=event.at,
            actor=name_of(event.actor_id, people),
            action=event.action,
            kind=event.type,
            record_id=event.record_id,
            patient_id=event.patient_id,
            patient_number=numbers.get(event.patient_id) if event.patient_id else None,
            detail=event.detail,
        )
        for event in events
    ]


def name_of(actor_id: uuid.UUID | None, people: dict[uuid.UUID, str]) -> str | None:
    """Who it was; the id of somebody who is nobody here."""
    return None if actor_id is None else people.get(actor_id, str(actor_id))

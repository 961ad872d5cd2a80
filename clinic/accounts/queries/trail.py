"""This file is about the trail as an auditor takes it along, and when it was last checked."""

import uuid
from collections.abc import Iterator

from sqlalchemy import select

from clinic.accounts.queries.people import names_of
from clinic.accounts.rules.trail import Look, heading, row
from clinic.core import records
from clinic.core.acting import acting
from clinic.core.audit import AuditEvent, reading
from clinic.core.audit.reading import Event, Search, event_of
from clinic.core.db import db, end_reading

PART = 500  # events


def exported(search: Search, last: int) -> Iterator[str]:
    """The events up to a number as CSV, oldest first, part by part; nothing is held in between.

    Sensitive values stay encrypted, as they are stored and hashed.
    """
    yield heading()
    for first in range(1, last + 1, PART):
        text = lines(reading.between(search, first, min(first + PART - 1, last)))
        end_reading()
        if text:
            yield text


def lines(events: list[Event]) -> str:
    """Some events of the file."""
    names = names_of({event.actor_id for event in events if event.actor_id})
    numbers = records.numbers_of(event.patient_id for event in events)
    return "".join(
        row(
            {
                "seq": event.seq,
                "occurred_at": event.at.isoformat().replace("+00:00", "Z"),
                "action": event.action,
                "person_id": event.actor_id,
                "person": names.get(event.actor_id) if event.actor_id else None,
                "type": event.type,
                "record_id": event.record_id,
                "patient_number": numbers.get(event.patient_id) if event.patient_id else None,
                "request": event.request,
                "body": event.body,
                "previous_hash": event.previous_hash,
                "hash": event.hash,
            }
        )
        for event in events
    )


def last_check() -> Event | None:
    """The newest event that says how the chain was found, unless it is long ago."""
    found = reading.newest_first(Search(action="verify-trail"), most=1).events
    return found[0] if found else None


def looks_at(patient_id: uuid.UUID) -> list[Look]:
    """Every opening of a record of this clinic, oldest first."""
    openings = select(AuditEvent).where(
        AuditEvent.chain_id == acting().clinic_id,
        AuditEvent.patient_id == patient_id,
        AuditEvent.action == "open",
    )
    events = map(event_of, db.session.scalars(openings.order_by(AuditEvent.seq)))
    return [
        Look(event.actor_id, event.at, event.type, "emergency" in event.detail) for event in events
    ]

"""This file is about the trail as an auditor takes it along, and when it was last checked."""

from collections.abc import Iterator

from clinic.accounts.queries.people import names_of
from clinic.accounts.rules.trail import heading, row
from clinic.core import records
from clinic.core.audit import reading
from clinic.core.audit.reading import Event, Search
from clinic.core.db import end_reading

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

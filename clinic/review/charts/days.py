"""This file is about the days of the axis as cards: all that was recorded of one day."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from clinic.review.charts.axis import Axis
from clinic.review.rules import CourseRecord
from clinic.review.rules.events import events
from clinic.review.rules.summary import heading

DAY, NOON = timedelta(days=1), time(12)


def day_cards(record: CourseRecord, axis: Axis) -> list[dict[str, Any]]:
    """One card for each day that is drawn: where it stands on the axis, its title, its lines.

    A day of a session stands at its dose, and names the session; any other at noon.
    """
    lines, sessions = defaultdict(list), {}
    for event in events(record):
        lines[event.on].append([event.subject, event.words])
        if event.session is not None and event.at is not None:
            sessions[event.on] = event.session, record.day(event.at)
    found = []
    for on in days_of(record, axis):
        number, at = sessions.get(on, (None, noon(record, on)))
        if axis.holds(at):
            told = [*lines[on], *taken(record, on)]
            card = {"day": at, "title": heading(record, on), "lines": told, "session": number}
            found.append(card)
    return found


def days_of(record: CourseRecord, axis: Axis) -> list[date]:
    """The days of an axis, those at its ends included."""
    first = record.local(record.origin).date()
    return [first + n * DAY for n in range(int(axis.low) - 1, int(axis.high) + 2)]


def noon(record: CourseRecord, on: date) -> float:
    """Where the middle of a day stands."""
    return record.day(datetime.combine(on, NOON, record.zone))


def taken(record: CourseRecord, on: date) -> list[list[str]]:
    """What else she took on a day until today. The day on which it began has its own line."""
    if on > record.local(record.now).date():
        return []
    return [
        [m.drug, m.dose]
        for m in record.medicines
        if m.started_on and m.started_on < on and (m.stopped_on is None or on < m.stopped_on)
    ]

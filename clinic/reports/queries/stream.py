"""This file is about reading a period part by part, so that size costs no memory.

Between two parts nothing is held: no lock, no connection, no snapshot. However slowly a browser
takes the file, everybody else works on. Each session is read whole, in one piece.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from clinic.core.db import end_reading
from clinic.reports.queries.beside_parts import follow_up_parts, medicine_parts
from clinic.reports.queries.course_parts import course_parts, score_parts
from clinic.reports.queries.masked_order import in_order
from clinic.reports.queries.reading_parts import reading_parts
from clinic.reports.queries.session_records import records
from clinic.reports.queries.sessions_in import by_plan, of_one_woman
from clinic.reports.queries.trail_parts import trail_parts
from clinic.reports.queries.wanted import EVERYTHING, Wanted
from clinic.reports.rules import (
    Period,
    SessionRecord,
    Subject,
    Table,
)
from clinic.reports.rules.column import PLAIN
from clinic.reports.rules.masks import Mask


def exported(
    table: Table,
    period: Period,
    now: datetime,
    mask: Mask = PLAIN,
    wanted: Wanted = EVERYTHING,
) -> Iterator[str]:
    """The file, part by part: the names of the columns at once, then the rows."""
    yield table.head()
    for part in parts_of(table.by, period, now, wanted, mask):
        yield "".join(table.lines(one, mask) for one in part)


def session_parts(
    period: Period, now: datetime, wanted: Wanted = EVERYTHING
) -> Iterator[list[SessionRecord]]:
    """The sessions of a period, a few at a time."""
    chosen = by_plan if wanted.patient_id is None else of_one_woman
    for sessions in chosen(period, wanted):
        found = [one for one in records(sessions, now) if one.day in period]
        end_reading()
        yield found


def parts_of(
    subject: Subject, period: Period, now: datetime, wanted: Wanted, mask: Mask
) -> Iterator[list[Any]]:
    """The parts of whatever a table is read by; masked, woman by woman."""
    if subject is Subject.READING:
        return reading_parts(period, now, wanted, mask)
    return in_order(PARTS[subject], period, now, wanted, mask)


PARTS: dict[Subject, Callable[[Period, datetime, Wanted], Iterator[list[Any]]]] = {
    Subject.SESSION: session_parts,
    Subject.COURSE: course_parts,
    Subject.SCORE: score_parts,
    Subject.FOLLOW_UP: follow_up_parts,
    Subject.MEDICINE: medicine_parts,
    Subject.EVENT: trail_parts,
}

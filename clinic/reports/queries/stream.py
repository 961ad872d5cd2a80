"""This file is about reading a period part by part, so that size costs no memory.

Between two parts nothing is held: no lock, no connection, no snapshot. However slowly a browser
takes the file, everybody else works on. Each session is read whole, in one piece.
"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from clinic.core.acting import acting
from clinic.core.db import db, end_reading
from clinic.reports.queries.beside_parts import follow_up_parts, medicine_parts
from clinic.reports.queries.course_parts import course_parts, score_parts
from clinic.reports.queries.masked_order import in_order
from clinic.reports.queries.session_records import records
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
from clinic.sessions.models import LogEntry, TreatmentSession

PART = 10  # sessions


def exported(
    table: Table,
    period: Period,
    now: datetime,
    mask: Mask = PLAIN,
    wanted: Wanted = EVERYTHING,
) -> Iterator[str]:
    """The file, part by part: the names of the columns at once, then the rows."""
    yield table.head()
    for part in in_order(PARTS[table.by], period, now, wanted, mask):
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


def by_plan(period: Period, wanted: Wanted) -> Iterator[Sequence[TreatmentSession]]:
    """The sessions that may belong to the period, in the order of their plan."""
    after: tuple[datetime, uuid.UUID] | None = None
    while sessions := next_sessions(period, after, wanted):
        after = (sessions[-1].planned_at, sessions[-1].id)
        yield sessions


def of_one_woman(period: Period, wanted: Wanted) -> Iterator[Sequence[TreatmentSession]]:
    """The same of one woman; asked for in that order, the plan of everybody is walked through."""
    columns = select(TreatmentSession.planned_at, TreatmentSession.id)
    found = db.session.execute(columns.where(*may_belong(period, wanted))).all()
    ids = [key for _, key in sorted(tuple(row) for row in found)]
    for first in range(0, len(ids), PART):
        part = select(TreatmentSession).where(TreatmentSession.id.in_(ids[first : first + PART]))
        yield sorted(db.session.scalars(part), key=lambda one: (one.planned_at, one.id))


def next_sessions(
    period: Period, after: tuple[datetime, uuid.UUID] | None, wanted: Wanted
) -> Sequence[TreatmentSession]:
    """The next few sessions that may belong to the period, in the order of their plan."""
    statement = select(TreatmentSession).where(*may_belong(period, wanted))
    if after is not None:
        statement = statement.where(is_after(*after))
    ordered = statement.order_by(TreatmentSession.planned_at, TreatmentSession.id)
    return db.session.scalars(ordered.limit(PART)).all()


def count_sessions(period: Period, wanted: Wanted) -> int:
    """How many sessions may belong to the period."""
    counted = select(func.count()).select_from(TreatmentSession)
    return db.session.scalar(counted.where(*may_belong(period, wanted))) or 0


def may_belong(period: Period, wanted: Wanted) -> list[ColumnElement[bool]]:
    """The plan or a dose lies in the period; the day of T0 is known only once the log is read."""
    starts, ends = period.moments(acting().timezone)
    dosed = exists().where(
        LogEntry.session_id == TreatmentSession.id,
        LogEntry.kind == "administration",
        LogEntry.effective_at >= starts,
        LogEntry.effective_at < ends,
    )
    planned = and_(TreatmentSession.planned_at >= starts, TreatmentSession.planned_at < ends)
    filters = wanted.of(TreatmentSession.protocol_version_id, TreatmentSession.course_id)
    return [or_(planned, dosed), *filters]


def is_after(planned_at: datetime, session_id: uuid.UUID) -> ColumnElement[bool]:
    """Later in the order of plan and id."""
    return or_(
        TreatmentSession.planned_at > planned_at,
        and_(TreatmentSession.planned_at == planned_at, TreatmentSession.id > session_id),
    )


PARTS: dict[Subject, Callable[[Period, datetime, Wanted], Iterator[list[Any]]]] = {
    Subject.SESSION: session_parts,
    Subject.COURSE: course_parts,
    Subject.SCORE: score_parts,
    Subject.FOLLOW_UP: follow_up_parts,
    Subject.MEDICINE: medicine_parts,
    Subject.EVENT: trail_parts,
}

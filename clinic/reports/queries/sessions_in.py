"""This file is about which sessions belong to a period, and in which order they are read."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from clinic.core.acting import acting
from clinic.core.db import db
from clinic.reports.queries.wanted import Wanted
from clinic.reports.rules import Period
from clinic.sessions.models import LogEntry, TreatmentSession

PART = 10  # sessions


def by_plan(
    period: Period, wanted: Wanted, most: int = PART
) -> Iterator[Sequence[TreatmentSession]]:
    """The sessions that may belong to the period, in the order of their plan, so many at a time."""
    after = key_in(wanted.after)
    while sessions := next_sessions(period, after, wanted, most):
        after = (sessions[-1].planned_at, sessions[-1].id)
        wanted.stands(f"{after[0].isoformat()} {after[1]}")
        yield sessions


def key_in(text: str | None) -> tuple[datetime, uuid.UUID] | None:
    """The plan and id that a bookmark tells."""
    if text is None:
        return None
    planned_at, _, session_id = text.partition(" ")
    return datetime.fromisoformat(planned_at), uuid.UUID(session_id)


def of_one_woman(period: Period, wanted: Wanted) -> Iterator[Sequence[TreatmentSession]]:
    """The same of one woman; asked for in that order, the plan of everybody is walked through."""
    columns = select(TreatmentSession.planned_at, TreatmentSession.id)
    found = db.session.execute(columns.where(*may_belong(period, wanted))).all()
    ids = [key for _, key in sorted(tuple(row) for row in found)]
    for first in range(0, len(ids), PART):
        part = select(TreatmentSession).where(TreatmentSession.id.in_(ids[first : first + PART]))
        yield sorted(db.session.scalars(part), key=lambda one: (one.planned_at, one.id))


def next_sessions(
    period: Period, after: tuple[datetime, uuid.UUID] | None, wanted: Wanted, most: int
) -> Sequence[TreatmentSession]:
    """The next few sessions that may belong to the period, in the order of their plan."""
    statement = select(TreatmentSession).where(*may_belong(period, wanted))
    if after is not None:
        statement = statement.where(is_after(*after))
    ordered = statement.order_by(TreatmentSession.planned_at, TreatmentSession.id)
    return db.session.scalars(ordered.limit(most)).all()


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

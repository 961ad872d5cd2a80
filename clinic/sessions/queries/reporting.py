"""This file is about serious events: what was reported of them, and what still has to be."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from clinic.core import clock
from clinic.core.db import db
from clinic.sessions.models import EventReport, LogEntry, TreatmentSession
from clinic.sessions.queries.state import of_course, state_of
from clinic.sessions.rules.reporting import Report, standing, to_report
from clinic.sessions.rules.results import SideEffect


@dataclass(frozen=True)
class Unreported:
    """A serious event of a session that nobody reported yet."""

    session: TreatmentSession
    effect: SideEffect


def reports_of(session_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Report]]:
    """Session id -> its reports that stand, oldest first."""
    rows = select(EventReport).where(EventReport.session_id.in_(set(session_ids)))
    found: dict[uuid.UUID, list[tuple[Report, uuid.UUID | None]]] = defaultdict(list)
    for row in db.session.scalars(rows.order_by(EventReport.recorded_at, EventReport.id)):
        found[row.session_id].append((as_report(row), row.takes_back_id))
    return {session_id: standing(pairs) for session_id, pairs in found.items()}


def as_report(row: EventReport) -> Report:
    """A row as the rules know it."""
    return Report(
        id=row.id,
        onset_id=row.onset_id,
        to=row.reported_to,
        on=row.reported_on,
        text=row.text,
        author_id=row.author_id,
        recorded_at=row.recorded_at,
    )


def unreported_of_course(course_id: uuid.UUID) -> list[Unreported]:
    """The serious events of a course that nobody reported yet, by session."""
    sessions = with_effects(of_course(course_id))
    reports = reports_of(session.id for session in sessions)
    return [
        Unreported(session, effect)
        for session in sessions
        for effect in to_report(
            state_of(session, clock.now()).side_effects, reports.get(session.id, [])
        )
    ]


def with_effects(sessions: list[TreatmentSession]) -> list[TreatmentSession]:
    """Those in whose log something is called serious: only these are worked out."""
    said = select(LogEntry.session_id).where(
        LogEntry.session_id.in_([session.id for session in sessions]),
        LogEntry.kind == "adverse-event",
        LogEntry.detail.contains('"serious"'),
    )
    ids = set(db.session.scalars(said))
    return [session for session in sessions if session.id in ids]

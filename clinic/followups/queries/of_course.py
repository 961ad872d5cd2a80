"""This file is about the follow-ups of courses: derived from protocol, doses, what was written."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select

from clinic.core.acting import acting
from clinic.core.db import db
from clinic.courses.models import Course
from clinic.courses.queries import course_or_raise
from clinic.followups.models import FollowUp
from clinic.followups.rules import Due, Handled, due_follow_ups
from clinic.protocols.queries import protocol_of
from clinic.protocols.rules import Protocol
from clinic.sessions.queries import doses_of_courses


def of_course(course_id: uuid.UUID, now: datetime) -> list[Due]:
    """Every follow-up of a course by due time; none before the first dose."""
    return of_courses([course_or_raise(course_id)], now)[course_id]


def of_courses(courses: Sequence[Course], now: datetime) -> dict[uuid.UUID, list[Due]]:
    """The same for several courses at once."""
    ids = [course.id for course in courses]
    doses, rows = doses_of_courses(ids), rows_of(ids)
    found = {}
    for course in courses:
        protocol = protocol_of(course.protocol_version_id)
        found[course.id] = due_follow_ups(
            protocol,
            doses.get(course.id, []),
            [handled(row) for row in rows.get(course.id, [])],
            now,
            acting().timezone,
            ended_at=end_of(course),
        )
    return found


def rows_of(course_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[FollowUp]]:
    """What was written of follow-ups, by course."""
    found: dict[uuid.UUID, list[FollowUp]] = defaultdict(list)
    for row in db.session.scalars(select(FollowUp).where(FollowUp.course_id.in_(course_ids))):
        found[row.course_id].append(row)
    return found


def row_of(course_id: uuid.UUID, due: Due) -> FollowUp | None:
    """What was written of one follow-up, or None."""
    code, session_id = due.key
    same = (
        FollowUp.session_id.is_(None) if session_id is None else FollowUp.session_id == session_id
    )
    found = select(FollowUp).where(FollowUp.course_id == course_id, FollowUp.code == code, same)
    return db.session.scalar(found)


def handled(row: FollowUp) -> Handled:
    """A row as the rules know it."""
    return Handled(
        row.code, row.session_id, row.status, row.decided_at, row.moved_to_at, row.reason
    )


def end_of(course: Course) -> datetime | None:
    """The end of the day on which a course ended; None while it runs."""
    if course.ended_on is None:
        return None
    midnight = datetime.combine(course.ended_on + timedelta(days=1), time(), acting().timezone)
    return midnight.astimezone(UTC)


def due_or_none(course_id: uuid.UUID, code: str, number: int, now: datetime) -> Due | None:
    """The follow-up with a code that counts from the dose of session `number`, or None."""
    found = of_course(course_id, now)
    return next((due for due in found if due.code == code and due.dose.number == number), None)


def terms_of(protocol: Protocol) -> dict[str, str]:
    """Code of a side effect, or of what is asked by the number of doses -> its words."""
    asked = {check.code: check.text for check in protocol.exposure or ()}
    return asked | {term.code: term.text for term in protocol.side_effects.terms}


def draft_kind(due: Due) -> str:
    """The name under which one's draft of a contact is kept."""
    return f"contact:{due.code}:{due.dose.number}"[:60]

"""This file is about planning a session: its order, its room, its place in the course."""

import uuid
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select

from clinic.core import clock
from clinic.core.db import db
from clinic.core.errors import Conflict
from clinic.courses.models import Course
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import obstacles_of
from clinic.sessions.rules import Weight


def plan_session(
    course: Course,
    *,
    planned_at: datetime,
    room: str,
    ordered_dose: Decimal,
    ordered_by_id: uuid.UUID,
    agreed_pause_hours: Decimal | None = None,
    weight: Weight | None = None,
) -> TreatmentSession:
    """Put the next session of a course on the list. `ordered_dose` in mg, the pause in hours.

    Raises Conflict for a course that is not decided to be eligible, or without a valid consent.
    """
    if found := obstacles_of(course):
        raise Conflict(" ".join(obstacle.sentence for obstacle in found))
    session = TreatmentSession(
        patient_id=course.patient_id,
        course_id=course.id,
        protocol_version_id=course.protocol_version_id,
        number=next_number(course.id),
        planned_at=planned_at,
        room=room,
        ordered_dose=ordered_dose,
        ordered_by_id=ordered_by_id,
        ordered_at=clock.now(),
        agreed_pause_hours=agreed_pause_hours,
        weight_kg=weight.kg if weight else None,
        weighed_on=weight.on if weight else None,
    )
    db.session.add(session)
    db.session.flush()
    return session


def next_number(course_id: uuid.UUID) -> int:
    """The number of the next session in a course: 1, 2, 3 ..."""
    last = select(func.max(TreatmentSession.number)).where(TreatmentSession.course_id == course_id)
    return (db.session.scalar(last) or 0) + 1

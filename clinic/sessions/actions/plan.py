"""This file is about planning a session: its order, its room, its place in the course."""

import uuid
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.courses.models import Course
from clinic.sessions.actions.steps import record
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import obstacles_of, plan_of
from clinic.sessions.rules import Weight
from clinic.sessions.rules.log import OrderEvent

UNREAD = "An order of somebody else is read back to the prescriber first."


def plan_session(
    course: Course,
    *,
    planned_at: datetime,
    room: str,
    ordered_dose: Decimal,
    ordered_by_id: uuid.UUID,
    read_back: bool = False,
    agreed_pause_hours: Decimal | None = None,
    weight: Weight | None = None,
) -> TreatmentSession:
    """Put the next session of a course on the list. `ordered_dose` in mg, the pause in hours.

    Who writes down the order of somebody else has read it back; it waits for the countersignature
    of the prescriber (definitions D8.3). Raises Unprocessable (field `read_back`) otherwise, and
    Conflict for a course that is not decided to be eligible, or without a valid consent.
    """
    taken_down = ordered_by_id != acting().actor_id
    refuse(course, unread=taken_down and not read_back)
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
    return kept(session, taken_down=taken_down)


def kept(session: TreatmentSession, *, taken_down: bool) -> TreatmentSession:
    """Keep the session, and the order in its log when somebody else gave it."""
    db.session.add(session)
    db.session.flush()
    if taken_down:
        take_down(session)
    return session


def refuse(course: Course, *, unread: bool) -> None:
    """Raise what plan_session says."""
    if unread:
        raise Unprocessable({"read_back": [UNREAD]})
    if found := obstacles_of(course):
        raise Conflict(" ".join(obstacle.sentence for obstacle in found))


def take_down(session: TreatmentSession) -> None:
    """The order is in the log as one by phone or on paper, with who wrote it down."""
    plan = plan_of(session)
    said = {
        "event": OrderEvent.GIVEN.value,
        "ordered_by_id": str(session.ordered_by_id),
        "text": f"{session.ordered_dose.normalize():f} mg {plan.form.value} {plan.route.value}",
        "read_back": True,
    }
    record(session, "order", said, session.ordered_at)


def next_number(course_id: uuid.UUID) -> int:
    """The number of the next session in a course: 1, 2, 3 ..."""
    last = select(func.max(TreatmentSession.number)).where(TreatmentSession.course_id == course_id)
    return (db.session.scalar(last) or 0) + 1

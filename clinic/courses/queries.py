"""This file is about what may be asked of courses of treatment."""

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from clinic.core.db import db
from clinic.courses.models import Course
from clinic.courses.rules import CourseStatus


def active_course(patient_id: uuid.UUID) -> Course | None:
    """The course a patient is in, or None."""
    return db.session.scalar(
        select(Course).where(Course.patient_id == patient_id, Course.status == CourseStatus.ACTIVE)
    )


def of_patient(patient_id: uuid.UUID) -> Sequence[Course]:
    """Her courses, newest first."""
    statement = select(Course).where(Course.patient_id == patient_id)
    return db.session.scalars(statement.order_by(Course.opened_on.desc(), Course.id.desc())).all()


def by_ids(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Course]:
    """Courses by their ids; an id that is not here is left out."""
    statement = select(Course).where(Course.id.in_(set(ids)))
    return {course.id: course for course in db.session.scalars(statement)}

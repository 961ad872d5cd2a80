"""This file is about what may be asked of courses of treatment."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import select

from clinic.core.db import db
from clinic.courses.models import Course
from clinic.courses.rules import CourseStatus, delivery_of
from clinic.instruments.rules import Moment, OutcomeRules
from clinic.patients.models import Infant, Patient
from clinic.patients.queries import infants_of
from clinic.patients.rules import is_near_delivery
from clinic.protocols import queries as protocols
from clinic.protocols.rules import Outcome, Protocol


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


def course_or_raise(course_id: uuid.UUID) -> Course:
    """A course that must be there."""
    return db.session.get_one(Course, course_id)


def protocol_of(course_id: uuid.UUID) -> Protocol:
    """The protocol a course was opened under, in the version of that day."""
    return protocols.protocol_of(course_or_raise(course_id).protocol_version_id)


def outcome_of(course_id: uuid.UUID) -> Outcome:
    """What baseline, response, remission and windows mean in this course (definitions D7.7)."""
    return protocol_of(course_id).outcome


def outcome_moments(course_id: uuid.UUID) -> list[Moment]:
    """When the outcome of this course is read, after its first dose (definitions D7.3)."""
    return [
        Moment(
            window.code,
            timedelta(hours=window.at_hours),
            timedelta(hours=window.opens_hours),
            timedelta(hours=window.closes_hours),
        )
        for window in outcome_of(course_id).windows
    ]


def outcome_rules(course_id: uuid.UUID, scale: str, form: str = "standard") -> OutcomeRules | None:
    """What this course has pinned for a form of a scale; None when its protocol uses it not."""
    outcome = outcome_of(course_id)
    chosen = outcome.of_scale(scale, form)
    if chosen is None:
        return None
    oldest = timedelta(days=outcome.baseline_days)
    return OutcomeRules(form, chosen.response, chosen.remission, oldest)


def delivery_on(course: Course) -> date | None:
    """The day of the birth this course belongs to, or None when none is on record."""
    patient = db.session.scalars(select(Patient).where(Patient.id == course.patient_id)).one()
    infants = infants_of(course.patient_id)
    return delivery_of(course.opened_on, patient.gave_birth_on, [i.born_on for i in infants])


def infants_of_course(course: Course) -> list[Infant]:
    """The infants of that birth, oldest first."""
    born_on = delivery_on(course)
    return [i for i in infants_of(course.patient_id) if is_near_delivery(i.born_on, born_on)]

"""This file is about what may be done with a course: open it, describe it, end it."""

import uuid
from dataclasses import asdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.courses import queries
from clinic.courses.models import Course
from clinic.courses.rules import CourseStatus, EndReason, Particulars
from clinic.protocols.queries import all_in_force


class AlreadyInCourse(Conflict):
    """She has an active course; there is never a second one beside it."""

    def __init__(self) -> None:
        super().__init__("She has an active course already. It must end before another one opens.")


def open_course(patient_id: uuid.UUID, protocol_version_id: uuid.UUID) -> Course:
    """Open a course today under a protocol in force.

    Raises AlreadyInCourse, and Conflict when the version is not, or no longer, in force.
    """
    if queries.active_course(patient_id) is not None:
        raise AlreadyInCourse
    if protocol_version_id not in {version.id for version in all_in_force()}:
        raise Conflict("That version of the protocol is not in force any more. Choose again.")
    course = Course(
        patient_id=patient_id,
        protocol_version_id=protocol_version_id,
        status=CourseStatus.ACTIVE,
        opened_on=clock.today(),
        opened_by_id=acting().actor_id,
    )
    db.session.add(course)
    try:
        db.session.flush()
    except IntegrityError as clash:
        raise AlreadyInCourse from clash
    return course


class ChangedMeanwhile(Conflict):
    """The record moved on after the form was opened."""

    def __init__(self) -> None:
        super().__init__("Somebody else saved this record after you opened it.")


def describe_course(course_id: uuid.UUID, particulars: Particulars, version: int | None) -> None:
    """Write diagnosis, onset and birth. Raises ChangedMeanwhile unless `version` is the present."""
    course = locked(course_id)
    if course.version != version:
        raise ChangedMeanwhile
    for name, value in asdict(particulars).items():
        setattr(course, name, value)
    db.session.flush()


def end_course(
    course_id: uuid.UUID, *, reason: EndReason, text: str | None, ended_on: date
) -> None:
    """End a course on a day, and say why.

    Raises Conflict when it has ended, Unprocessable for a day that cannot be, for a reason that
    needs words and has none, and while a room says that something is still going on.
    """
    course = locked(course_id)
    refuse_when_ended(course)
    if open_ends := queries.hindrances(course):
        raise Unprocessable({"reason": open_ends})
    if reason is not EndReason.COMPLETED and not text:
        raise Unprocessable({"text": ["Write how the course ended and why."]})
    if not course.opened_on <= ended_on <= clock.today():
        fault = f"Enter a day from {course.opened_on:%d %b %Y}, when it opened, to today."
        raise Unprocessable({"ended_on": [fault]})
    course.status, course.ended_on = reason.status, ended_on
    course.end_reason, course.end_text = reason, text
    course.ended_by_id = acting().actor_id
    db.session.flush()


def locked(course_id: uuid.UUID) -> Course:
    """The course, held so that what is signed and ended comes one after the other."""
    found = select(Course).where(Course.id == course_id).with_for_update()
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def refuse_when_ended(course: Course) -> None:
    """Nothing new begins in a course that has ended."""
    if course.ended_on is not None:
        raise Conflict(f"This course ended on {course.ended_on:%d %b %Y}.")

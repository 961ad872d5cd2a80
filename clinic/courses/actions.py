"""This file is about what may be done with a course: open it."""

import uuid

from sqlalchemy.exc import IntegrityError

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict
from clinic.courses import queries
from clinic.courses.models import Course
from clinic.courses.rules import CourseStatus
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

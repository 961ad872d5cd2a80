"""This file is about a course that has ended: its evaluation stays as it is."""

from clinic.core.errors import Conflict
from clinic.courses.models import Course
from clinic.courses.rules import CourseStatus


def refuse_when_ended(course: Course) -> None:
    """Raise Conflict when the course has ended."""
    if course.status is not CourseStatus.ACTIVE:
        raise Conflict("This course has ended; its evaluation stays as it is.")

"""This file is about who sits at the desk, and Maya's course with two doses on 12 March."""

import uuid

import pytest

from clinic.core.permissions import Role
from clinic.core.signatures import reauthenticate_with
from clinic.courses.queries import course_or_raise
from clinic.review import queries
from tests.desk import desk, somebody, stranger
from tests.review.house import ours, staff, theirs
from tests.review.room import empty_course, give_two_doses, score_her

__all__ = ["desk", "ours", "somebody", "staff", "stranger", "theirs"]


@pytest.fixture
def new_course(app, somebody, clock) -> uuid.UUID:
    """Nothing was given or asked yet."""
    return empty_course(app, somebody, clock)


@pytest.fixture
def course_id(work, somebody, new_course) -> uuid.UUID:
    """Two doses; MADRS 36 to 18 at day 7."""
    with work(somebody):
        give_two_doses(course_or_raise(new_course))
        score_her(new_course)
    return new_course


@pytest.fixture
def psychiatrist(app, desk):
    """The desk of a psychiatrist whose password is known."""
    reauthenticate_with(app, lambda password: password == "right")
    desk.role = Role.PSYCHIATRIST
    return desk


@pytest.fixture
def decisions(work, somebody):
    """The decisions of a course that were signed, newest first."""

    def read(course_id):
        with work(somebody):
            return queries.decided(course_id)

    return read

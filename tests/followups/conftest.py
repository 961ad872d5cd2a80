"""This file is about who makes the call, and whom: one dose yesterday at 09:30, now it is 09:00."""

import uuid

import pytest

from clinic.core.acting import Acting
from clinic.core.permissions import Role
from tests.desk import NURSE_ID, desk, somebody, stranger
from tests.factories import make_user
from tests.followups.room import T0, dosed_course

__all__ = ["desk", "somebody", "stranger"]


@pytest.fixture
def nurse(work, somebody) -> Acting:
    """The nurse, with a name."""
    with work(somebody):
        make_user(id=NURSE_ID, role=Role.NURSE)
    return somebody


@pytest.fixture
def course_id(app, nurse) -> uuid.UUID:
    """Maya's course with one dose."""
    return dosed_course(app, nurse, T0)

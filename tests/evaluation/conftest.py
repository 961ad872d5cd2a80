"""This file is about who sits at the desk when a course is evaluated."""

import uuid

import pytest

from clinic.core.acting import Acting
from tests.desk import desk, somebody, stranger
from tests.evaluation.room import course_to_evaluate
from tests.factories import CLINIC_ID

__all__ = ["desk", "somebody", "stranger"]


@pytest.fixture
def course_id(app, somebody) -> uuid.UUID:
    """A course that nobody has evaluated."""
    return course_to_evaluate(app, somebody)


@pytest.fixture
def colleague(somebody) -> Acting:
    """Another person of the same clinic."""
    other = uuid.UUID("01950000-0000-7000-8000-0000000000a2")
    return Acting(other, CLINIC_ID, somebody.timezone)

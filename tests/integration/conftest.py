"""This file is about who sits at the desk, and a course two days after its first dose."""

import uuid

import pytest

from tests.desk import desk, somebody, stranger
from tests.integration.room import course_with_a_dose

__all__ = ["desk", "somebody", "stranger"]


@pytest.fixture
def course_id(app, somebody) -> uuid.UUID:
    """Maya's course; it is 12 March, 09:00."""
    return course_with_a_dose(app, somebody)

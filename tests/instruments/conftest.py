"""This file is about who sits at the desk when scales are answered, and in which course."""

import uuid

import pytest

from clinic.courses.actions import open_course
from clinic.protocols.actions import publish_from_library
from tests.desk import NURSE_ID, desk, somebody, stranger
from tests.factories import make_patient, make_user

__all__ = ["desk", "somebody", "stranger"]


@pytest.fixture
def course_id(work, somebody) -> uuid.UUID:
    """Maya's course, in which no scale was answered."""
    with work(somebody):
        make_user(id=NURSE_ID)
        maya = make_patient()
        return open_course(maya.id, publish_from_library("esketamine-nasal-56-84").id).id

"""This file is about a woman who was sent a link: her course, her clinic, her phone."""

import uuid

import pytest

from clinic.core.permissions import Role
from clinic.courses.actions import open_course
from clinic.protocols.actions import publish_from_library
from tests.desk import NURSE_ID, desk, somebody, stranger
from tests.factories import make_patient, make_user
from tests.links.room import Phone, reachable, sent, set_up

__all__ = ["desk", "somebody", "stranger"]
DOCTOR_ID = uuid.UUID("01950000-0000-7000-8000-0000000000a2")


@pytest.fixture
def course_id(app, work, somebody) -> uuid.UUID:
    """Maya's course; she may be written to, and the clinic's numbers are there."""
    set_up(app)
    with work(somebody):
        make_user(id=NURSE_ID)
        make_user(id=DOCTOR_ID, role=Role.PSYCHIATRIST, full_name="Chidi Okafor", title="Dr")
        maya = make_patient()
        course = open_course(maya.id, publish_from_library("esketamine-nasal-56-84").id)
        reachable(course.id)
        return course.id


@pytest.fixture
def link_id(work, somebody, course_id) -> uuid.UUID:
    """A link with the PHQ-9 of day 14."""
    with work(somebody):
        return sent(course_id).id


@pytest.fixture
def phone(app, link_id) -> Phone:
    """Her phone, with that link."""
    return Phone(app, link_id)

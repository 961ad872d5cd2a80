"""This file is about who sits at the desk, and a course that opened ten days ago."""

import uuid
from datetime import UTC, date, datetime

import pytest

from clinic.core.permissions import Role
from clinic.core.signatures import reauthenticate_with
from clinic.courses.actions import open_course
from clinic.protocols.actions import publish_from_library
from tests.desk import NURSE_ID, desk, somebody, stranger
from tests.factories import make_infant, make_patient, make_user

__all__ = ["desk", "somebody", "stranger"]

DOCTOR_ID = uuid.UUID("01950000-0000-7000-8000-0000000000a2")
OPENED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def course_id(app, work, somebody, clock) -> uuid.UUID:
    """Maya's course with nasal esketamine, open since 2 March; it is 12 March, 09:00."""
    reauthenticate_with(app, lambda password: password == "right")
    now, clock.now = clock.now, OPENED
    with work(somebody):
        make_user(id=NURSE_ID)
        make_user(id=DOCTOR_ID, role=Role.PSYCHIATRIST, full_name="Chidi Okafor", title="Dr")
        maya = make_patient(gravida=1, para=1)
        make_infant(maya, feeding="mixed", born_on=date(2026, 1, 22))
        found = open_course(maya.id, publish_from_library("esketamine-nasal-56-84").id).id
    clock.now = now
    return found

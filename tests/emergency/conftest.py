"""This file is about who sits at the desk, and Maya in two clinics."""

import uuid
from dataclasses import replace

import pytest

from clinic.core.permissions import Role
from tests.desk import Desk, desk, somebody, stranger
from tests.factories import make_patient, make_user

__all__ = ["desk", "somebody", "stranger"]

ADMINISTRATOR_ID = uuid.UUID("01950000-0000-7000-8000-0000000000d1")
AUDITOR_ID = uuid.UUID("01950000-0000-7000-8000-0000000000d2")


@pytest.fixture
def maya(work, somebody) -> uuid.UUID:
    """Maya of this clinic; an administrator and an auditor work here too."""
    with work(somebody):
        people = (
            (ADMINISTRATOR_ID, Role.ADMINISTRATOR, "Marta"),
            (AUDITOR_ID, Role.AUDITOR, "Paul"),
        )
        for person_id, role, name in people:
            make_user(id=person_id, role=role, full_name=name)
        return make_patient().id


@pytest.fixture
def theirs(work, stranger) -> uuid.UUID:
    """A woman with the same number in the other clinic."""
    with work(stranger):
        return make_patient(number="P-2002", given_name="Zephyrine").id


@pytest.fixture
def administrator(app, somebody, maya) -> Desk:
    """The desk of Marta, who may not open charts."""
    return Desk(app, replace(somebody, actor_id=ADMINISTRATOR_ID), Role.ADMINISTRATOR)


@pytest.fixture
def auditor(app, somebody, maya) -> Desk:
    """The desk of Paul."""
    return Desk(app, replace(somebody, actor_id=AUDITOR_ID), Role.AUDITOR)

"""This file is about the history of a visit: each change stands in the trail, old beside new."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from clinic.core.audit import AuditEvent
from clinic.core.db import db
from clinic.integration.actions import ChangedMeanwhile, change_visit, record_visit
from clinic.integration.models import CareActivity
from clinic.integration.rules import Kind, Status, VisitFacts
from tests.databases import whole
from tests.integration.room import ONE, T0

HELD = VisitFacts(
    kind=Kind.INTEGRATION,
    status=Status.DONE,
    starts_at=T0.replace(day=11),
    session_id=ONE,
    therapist_name="L. Moreau",
)
CORRECTED = replace(HELD, status=Status.MISSED, reason="She was asleep")


@pytest.fixture
def visit_id(work, somebody, course_id):
    with work(somebody):
        return record_visit(course_id, HELD).id


def test_a_change_keeps_what_was_said_before_in_the_trail(app, work, somebody, visit_id):
    with work(somebody):
        change_visit(db.session.get_one(CareActivity, visit_id), CORRECTED, 1)

    with whole(app) as database:
        updates = select(AuditEvent.body).where(AuditEvent.action == "update")
        bodies = [body for body in database.scalars(updates) if str(visit_id) in body]
    assert len(bodies) == 1
    for words in ('"done"', '"missed"', "She was asleep"):
        assert words in bodies[0]


def test_a_version_that_moved_on_is_not_overwritten(work, somebody, visit_id):
    with pytest.raises(ChangedMeanwhile), work(somebody):
        change_visit(db.session.get_one(CareActivity, visit_id), CORRECTED, 7)


def test_the_database_refuses_two_ways_of_naming_who_held_it(work, somebody, visit_id):
    with pytest.raises(IntegrityError), work(somebody):
        db.session.get_one(CareActivity, visit_id).therapist_id = somebody.actor_id

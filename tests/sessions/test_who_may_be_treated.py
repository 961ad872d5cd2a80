"""No session before a signed evaluation and a valid consent; no dose once she took it back."""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask

from clinic.core.acting import Acting, act_as
from clinic.core.db import db, job
from clinic.core.errors import Conflict
from clinic.core.permissions import Role
from clinic.core.signatures import Proof
from clinic.courses.actions import open_course, withdraw_consent
from clinic.courses.models import Course
from clinic.evaluation.rules import Decision
from clinic.protocols.actions import publish_from_library
from clinic.sessions import actions
from clinic.sessions.models import TreatmentSession
from tests.courses.signed import sign_consent
from tests.desk import Desk
from tests.evaluation.signed import sign_eligible
from tests.factories import make_patient
from tests.sessions.room import NASAL, check_everything_before_the_dose, put, record

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

NINE = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
READING = {
    "kind": "observation",
    "systolic": 118,
    "diastolic": 76,
    "effective_at": "2026-03-12T09:08:00+00:00",
}
DEVICE = {
    "kind": "administration",
    "event": "device",
    "outcome": "complete",
    "lot": "25K118",
    "expires_on": "2027-12-31",
}


@pytest.fixture
def course_id(app: Flask, somebody: Acting) -> uuid.UUID:
    """A course that nobody has evaluated, and nobody consented to."""
    with app.app_context(), act_as(somebody), job():
        return open_course(make_patient().id, publish_from_library(NASAL).id).id


def planned(app: Flask, somebody: Acting, course_id: uuid.UUID) -> uuid.UUID:
    """A session of this course."""
    with app.app_context(), act_as(somebody), job():
        return actions.plan_session(
            db.session.get_one(Course, course_id),
            planned_at=NINE,
            room="2",
            ordered_dose=Decimal(56),
            ordered_by_id=somebody.actor_id,
        ).id


def test_a_course_without_an_evaluation_gets_no_session(app, work, somebody, course_id):
    with work(somebody):
        sign_consent(course_id)

    with pytest.raises(Conflict, match=r"No evaluation is signed.*page Evaluation"):
        planned(app, somebody, course_id)


@pytest.mark.parametrize(
    ("decision", "words"),
    [(Decision.NOT_ELIGIBLE, "says: not eligible"), (Decision.LATER, "says: later")],
)
def test_another_decision_than_eligible_gives_no_session(app, somebody, course_id, decision, words):
    with app.app_context(), act_as(somebody), job():
        sign_consent(course_id)
        sign_eligible(course_id)
        sign_eligible(course_id, decision=decision)

    with pytest.raises(Conflict, match=words):
        planned(app, somebody, course_id)


def test_a_course_without_a_consent_gets_no_session(app, work, somebody, course_id):
    with work(somebody):
        sign_eligible(course_id)

    with pytest.raises(Conflict, match=r"She has not signed a consent yet\. Consent is signed on"):
        planned(app, somebody, course_id)


def test_a_consent_taken_back_gives_no_session(app, work, somebody, course_id):
    with work(somebody):
        sign_eligible(course_id)
        sign_consent(course_id)
        take_back(course_id, somebody)

    with pytest.raises(Conflict, match="Consent was withdrawn on 12 Mar 2026"):
        planned(app, somebody, course_id)


def test_the_page_says_what_is_missing_and_where_to_go(desk: Desk, course_id: uuid.UUID):
    desk.role = Role.PSYCHIATRIST
    page = desk.get(f"/courses/{course_id}/sessions/new")

    assert page.status_code == 200
    assert "No evaluation is signed." in page.text
    assert "She has not signed a consent yet." in page.text
    assert f'href="/courses/{course_id}/evaluation"' in page.text
    assert f'href="/courses/{course_id}"' in page.text
    assert 'name="planned_at"' not in page.text


def test_a_plan_that_is_sent_all_the_same_is_refused_and_kept(app, desk, somebody, course_id):
    answer = desk.post(f"/courses/{course_id}/sessions/new", room="2A", dose="56")

    assert answer.status_code == 409
    assert "No evaluation is signed." in answer.text
    assert 'value="2A"' in answer.text
    with app.app_context(), act_as(somebody):
        assert db.session.query(TreatmentSession).count() == 0
        db.session.rollback()


def test_no_dose_once_the_consent_was_taken_back(desk, work, somebody, clock, arrived):
    ready_for_the_dose(desk, arrived)
    with work(somebody):
        take_back(course_of(desk, arrived), somebody)
    clock.now = datetime(2026, 3, 12, 9, 15, tzinfo=UTC)

    refused = put(desk, arrived, effective_at=clock.now.isoformat(), device_number="1", **DEVICE)

    assert refused.status_code == 422
    assert "Consent was withdrawn on 12 Mar 2026" in refused.text


def test_a_dose_given_before_she_took_the_consent_back_is_taken(
    desk, work, somebody, clock, arrived
):
    ready_for_the_dose(desk, arrived)
    given_at = "2026-03-12T09:11:00+00:00"
    clock.now = datetime(2026, 3, 12, 9, 14, tzinfo=UTC)
    with work(somebody):
        take_back(course_of(desk, arrived), somebody)

    late = put(desk, arrived, effective_at=given_at, device_number="1", **DEVICE)
    clock.now = datetime(2026, 3, 12, 9, 17, tzinfo=UTC)
    next_one = put(desk, arrived, effective_at=clock.now.isoformat(), device_number="2", **DEVICE)

    assert late.status_code == 201, late.text
    assert next_one.status_code == 422
    assert "Consent was withdrawn" in next_one.text


def test_a_new_decision_keeps_the_first_dose_from_her(desk, work, somebody, clock, arrived):
    ready_for_the_dose(desk, arrived)
    with work(somebody):
        sign_eligible(course_of(desk, arrived), decision=Decision.LATER)
    clock.now = datetime(2026, 3, 12, 9, 15, tzinfo=UTC)

    refused = put(desk, arrived, effective_at=clock.now.isoformat(), device_number="1", **DEVICE)

    assert refused.status_code == 422
    assert "The evaluation says: later." in refused.text


def ready_for_the_dose(desk: Desk, session_id: uuid.UUID) -> None:
    """Everything is asked, and there is a reading to compare with."""
    check_everything_before_the_dose(desk, session_id, "2026-03-12T09:05:00+00:00")
    answer = put(desk, session_id, **READING)
    assert answer.status_code == 201, answer.text


def course_of(desk: Desk, session_id: uuid.UUID) -> uuid.UUID:
    """The course of a session."""
    with record(desk.app, desk.somebody, session_id) as session:
        return session.course_id


def take_back(course_id: uuid.UUID, somebody: Acting) -> None:
    """She takes her consent back today."""
    withdraw_consent(
        course_id,
        withdrawn_on=date(2026, 3, 12),
        reason="She does not want it any more.",
        proof=Proof(somebody.actor_id, "Aiko Kimura"),
    )
    db.session.flush()

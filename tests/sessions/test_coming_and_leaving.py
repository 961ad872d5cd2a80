"""Check-in by a second identifier, override of a hold, discharge, signature and lock."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from clinic.core.acting import act_as
from clinic.core.db import db, job
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.signatures import DocumentVersion, Proof, latest
from clinic.courses.models import Course
from clinic.protocols.models import ProtocolVersion
from clinic.sessions import actions
from clinic.sessions.models import SessionStatus, TreatmentSession
from tests.clock import Clock
from tests.desk import Desk
from tests.sessions.leaving import BORN, NINE, NORMAL, moment, observed, tell
from tests.sessions.room import (
    check_everything_before_the_dose,
    put,
    record,
    state,
)

__all__ = ["observed", "tell"]


def test_d8_2_the_wrong_date_of_birth_is_said_beside_its_field_and_nobody_is_checked_in(
    desk: Desk, session_id: uuid.UUID
) -> None:
    page = desk.post(f"/sessions/{session_id}/check-in", born_on="1994-02-05")

    assert page.status_code == 422
    assert "This is not the date in her record." in page.text
    assert 'value="1994-02-05"' in page.text
    with record(desk.app, desk.somebody, session_id) as session:
        assert session.status is SessionStatus.PLANNED


def test_the_right_date_checks_her_in_once_and_answers_who_she_is(
    desk: Desk, session_id: uuid.UUID, clock: Clock
) -> None:
    first = desk.post(f"/sessions/{session_id}/check-in", born_on=BORN)
    second = desk.post(f"/sessions/{session_id}/check-in", born_on=BORN)

    assert (first.status_code, second.status_code) == (303, 303)
    now = state(desk.app, desk.somebody, session_id, clock.now)
    assert [item.code for item in now.pre_dose_items if item.met] == ["identity"]
    assert len(now.log) == 2


def test_d7_7_a_session_is_pinned_to_the_version_in_force_when_she_is_checked_in(
    desk: Desk, session_id: uuid.UUID, clock: Clock
) -> None:
    with desk.app.app_context(), act_as(desk.somebody), job():
        old = db.session.scalars(select(ProtocolVersion)).one()
        columns = {c.name: getattr(old, c.name) for c in ProtocolVersion.__table__.columns}
        newer = ProtocolVersion(**columns | {"id": uuid.uuid4(), "n": 2})
        db.session.add(newer)
        db.session.flush()
        newer_id = newer.id

    desk.post(f"/sessions/{session_id}/check-in", born_on=BORN)

    with record(desk.app, desk.somebody, session_id) as session:
        assert session.protocol_version_id == newer_id


def test_a_discharge_is_refused_while_a_criterion_is_not_met(
    desk: Desk, session_id: uuid.UUID, tell: Callable[..., None], observed: None, clock: Clock
) -> None:
    tell("11:32", **NORMAL | {"moaas": 4})

    with pytest.raises(Unprocessable) as refusal:
        sign(desk.app, desk, session_id, left_at=clock.now)

    assert refusal.value.fields["left_at"][0].startswith("Not yet: ")


def test_d1_4_she_leaves_no_earlier_than_the_minimum_stay(
    desk: Desk, session_id: uuid.UUID, observed: None, clock: Clock
) -> None:
    clock.now = moment("11:40")

    with pytest.raises(Unprocessable):
        sign(desk.app, desk, session_id, left_at=moment("11:29"))
    document = sign(desk.app, desk, session_id, left_at=moment("11:30"))

    assert document.content()["total_minutes"] == 120


def test_a_signed_session_is_locked_and_keeps_what_was_signed(
    desk: Desk, session_id: uuid.UUID, observed: None, clock: Clock
) -> None:
    clock.now = moment("11:36")

    sign(desk.app, desk, session_id, left_at=moment("11:35"), minutes=95)

    with record(desk.app, desk.somebody, session_id) as session:
        document = latest("discharge", session_id)
        assert session.status is SessionStatus.FINISHED
        assert session.locked_at == moment("11:36")
    assert document.is_unchanged()
    said = document.content()
    assert (said["total_minutes"], said["would_have_been_ready_minutes"]) == (125, 95)
    assert said["dose"].startswith("56")
    assert len(said["log"]) == len(state(desk.app, desk.somebody, session_id, clock.now).log)
    assert put(desk, session_id, **NORMAL, effective_at=clock.now.isoformat()).status_code == 409


def test_a_signature_copied_to_another_session_no_longer_fits(
    desk: Desk, session_id: uuid.UUID, observed: None, clock: Clock
) -> None:
    clock.now = moment("11:36")
    document = sign(desk.app, desk, session_id, left_at=moment("11:35"))

    columns = {c.name: getattr(document, c.name) for c in DocumentVersion.__table__.columns}
    copied = DocumentVersion(**columns | {"id": uuid.uuid4(), "subject_id": uuid.uuid4()})

    assert document.is_unchanged()
    assert not copied.is_unchanged()


def test_nobody_signs_with_another_persons_proof(
    desk: Desk, session_id: uuid.UUID, observed: None
) -> None:
    with (
        desk.app.app_context(),
        act_as(desk.somebody),
        pytest.raises(ValueError, match="another person"),
    ):
        actions.sign_discharge(
            session_id,
            left_at=moment("11:31"),
            would_have_been_ready_minutes=None,
            proof=Proof(uuid.uuid4(), "Somebody Else"),
        )


def test_leaving_against_advice_needs_no_criterion_and_can_be_signed(
    desk: Desk, session_id: uuid.UUID, tell: Callable[..., None], clock: Clock
) -> None:
    desk.post(f"/sessions/{session_id}/check-in", born_on=BORN)
    tell(
        "09:10", kind="transition", event="left-against-advice", text="Baby unwell; he has the baby"
    )

    document = sign(desk.app, desk, session_id)

    assert document.content()["left_how"] == "left-against-advice"


def test_a_held_dose_is_overridden_with_a_signature_and_a_reason(
    desk: Desk, session_id: uuid.UUID, tell: Callable[..., None], clock: Clock
) -> None:
    desk.post(f"/sessions/{session_id}/check-in", born_on=BORN)
    check_everything_before_the_dose(desk, session_id, clock.now.isoformat())
    tell("09:05", **NORMAL | {"systolic": 146})
    device = {"event": "device", "device_number": 1, "outcome": "complete", "lot": "25K118"}
    dose = {"kind": "administration", "expires_on": "2027-12-31", **device}
    clock.now = moment("09:10")

    held = put(desk, session_id, effective_at=clock.now.isoformat(), **dose)
    with desk.app.app_context(), act_as(desk.somebody), job():
        proof = Proof(desk.somebody.actor_id, "Dr Chidi Okafor")
        actions.override_hold(session_id, reason="Usual for her", proof=proof)
    given = put(desk, session_id, effective_at=clock.now.isoformat(), **dose)

    assert held.status_code == 422
    assert "on hold" in held.json["fields"]["event"][0]
    assert given.status_code == 201


def test_an_override_is_refused_when_nothing_is_held(desk: Desk, arrived: uuid.UUID) -> None:
    proof = Proof(desk.somebody.actor_id, "Dr Chidi Okafor")

    with (
        desk.app.app_context(),
        act_as(desk.somebody),
        pytest.raises(Conflict, match="not on hold"),
    ):
        actions.override_hold(arrived, reason="Usual for her", proof=proof)


def test_sessions_of_a_course_are_numbered(desk: Desk, session_id: uuid.UUID) -> None:
    with desk.app.app_context(), act_as(desk.somebody), job():
        first = db.session.get_one(TreatmentSession, session_id)
        second = actions.plan_session(
            db.session.get_one(Course, first.course_id),
            planned_at=NINE + timedelta(days=2),
            room="2",
            ordered_dose=Decimal(84),
            ordered_by_id=desk.somebody.actor_id,
        )

        assert (first.number, second.number) == (1, 2)


def sign(
    app: Flask,
    desk: Desk,
    session_id: uuid.UUID,
    left_at: datetime | None = None,
    minutes: int | None = None,
) -> DocumentVersion:
    """The nurse signs."""
    with app.app_context(), act_as(desk.somebody), job():
        document = actions.sign_discharge(
            session_id,
            left_at=left_at,
            would_have_been_ready_minutes=minutes,
            proof=Proof(desk.somebody.actor_id, "Aiko Kimura"),
        )
        db.session.flush()
        db.session.expunge(document)
        return document

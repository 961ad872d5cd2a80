"""D8.3: an order by phone is countersigned by a psychiatrist, also after the session is signed."""

import re
import uuid
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from clinic.core.acting import Acting, act_as
from clinic.core.db import db, job, new_id
from clinic.core.permissions import Role
from clinic.core.signatures import Proof
from clinic.sessions import actions
from clinic.sessions.models import Countersignature
from clinic.sessions.queries import orders_waiting_for
from tests.clock import Clock
from tests.databases import WRITTEN_ONCE
from tests.desk import Desk
from tests.factories import PASSWORD, make_user
from tests.sessions.room import put, record, state

DOCTOR_ID = uuid.UUID("01950000-0000-7000-8000-0000000000a2")


@pytest.fixture
def order_id(desk: Desk, arrived: uuid.UUID, clock: Clock) -> uuid.UUID:
    """Ondansetron, ordered by phone by Dr Okafor and taken down by the nurse at 09:10."""
    with desk.app.app_context(), act_as(desk.somebody), job():
        make_user(id=DOCTOR_ID, role=Role.PSYCHIATRIST, full_name="Chidi Okafor", title="Dr")
    entry_id = new_id()
    says = {"kind": "order", "event": "given", "text": "Ondansetron 4 mg", "read_back": True}
    at = {"ordered_by_id": str(DOCTOR_ID), "effective_at": "2026-03-12T09:10:00+00:00"}
    answer = put(desk, arrived, entry_id, **says, **at)
    assert answer.status_code == 201, answer.text
    return entry_id


@pytest.fixture
def signed(desk: Desk, arrived: uuid.UUID, order_id: uuid.UUID, clock: Clock) -> uuid.UUID:
    """The session, left and signed by the nurse: locked."""
    says = {"kind": "transition", "event": "left-against-advice", "text": "Baby unwell"}
    assert put(desk, arrived, effective_at=clock.now.isoformat(), **says).status_code == 201
    with desk.app.app_context(), act_as(desk.somebody), job():
        proof = Proof(desk.somebody.actor_id, "Aiko Kimura")
        actions.sign_discharge(
            arrived, left_at=None, would_have_been_ready_minutes=None, proof=proof
        )
    return arrived


def become_doctor(desk: Desk) -> None:
    """From now on Dr Okafor sits at this desk."""
    desk.somebody, desk.role = replace(desk.somebody, actor_id=DOCTOR_ID), Role.PSYCHIATRIST


def path(session_id: uuid.UUID, order_id: uuid.UUID) -> str:
    return f"/sessions/{session_id}/orders/{order_id}/countersignature"


def sign(desk: Desk, session_id: uuid.UUID, order_id: uuid.UUID):
    """Who sits there countersigns with the password."""
    return desk.post(path(session_id, order_id), password=PASSWORD)


def plain(desk: Desk, address: str) -> str:
    """A page without its marks."""
    page = desk.get(address)
    assert page.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def waiting(app: Flask, somebody: Acting, clock: Clock) -> list[str]:
    """What waits for Dr Okafor."""
    with app.app_context(), act_as(somebody):
        found = [one.order.text for one in orders_waiting_for(DOCTOR_ID, clock.now)]
        db.session.rollback()
    return found


def test_d8_3_it_is_countersigned_after_the_session_was_signed(desk, signed, order_id, clock):
    assert waiting(desk.app, desk.somebody, clock) == ["Ondansetron 4 mg"]
    become_doctor(desk)
    before = plain(desk, f"/sessions/{signed}")

    answer = sign(desk, signed, order_id)

    assert answer.status_code == 303, answer.text
    assert "Countersign: Ondansetron 4 mg" in before
    after = plain(desk, f"/sessions/{signed}")
    assert "Ondansetron 4 mg, countersigned" in after
    assert "Ondansetron 4 mg, read back, countersigned" in after
    assert "Countersign: Ondansetron" not in after
    assert waiting(desk.app, desk.somebody, clock) == []
    assert state(desk.app, desk.somebody, signed, clock.now).open_orders == ()


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_d8_3_twice_by_the_same_person_is_once(desk, arrived, order_id):
    become_doctor(desk)

    answers = [sign(desk, arrived, order_id).status_code for _ in range(2)]

    assert answers == [303, 303]
    with record(desk.app, desk.somebody, arrived):
        assert len(db.session.scalars(select(Countersignature)).all()) == 1


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_d8_3_a_nurse_cannot_and_a_psychiatrist_not_what_she_took_down(
    desk, arrived, order_id, somebody
):
    as_nurse = sign(desk, arrived, order_id)
    desk.role = Role.PSYCHIATRIST
    with desk.app.app_context(), act_as(somebody), job():
        make_user(id=somebody.actor_id, role=Role.PSYCHIATRIST, email="own@example.org")
    own = sign(desk, arrived, order_id)
    desk.somebody = replace(somebody, actor_id=DOCTOR_ID)
    unknown = sign(desk, arrived, new_id())

    assert as_nurse.status_code == 403
    assert own.status_code == 409
    assert "you cannot countersign yours" in own.text
    assert unknown.status_code == 409
    assert "There is no such order in this session" in unknown.text


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_d8_3_the_password_is_asked_for_and_a_wrong_one_signs_nothing(
    desk, arrived, order_id, clock
):
    become_doctor(desk)

    page = desk.get(path(arrived, order_id))
    wrong = desk.post(path(arrived, order_id), password="4817")

    assert "Ondansetron 4 mg" in page.text
    assert wrong.status_code == 422
    assert "Enter your own password to sign." in wrong.text
    assert waiting(desk.app, desk.somebody, clock) == ["Ondansetron 4 mg"]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_d8_3_an_order_that_was_corrected_meanwhile_is_read_again_first(desk, arrived, order_id):
    fixed = {"kind": "order", "event": "given", "text": "Ondansetron 8 mg", "read_back": True}
    at = {"ordered_by_id": str(DOCTOR_ID), "effective_at": "2026-03-12T09:10:00+00:00"}
    why = {"corrects_id": str(order_id), "reason": "misheard"}
    corrected_id = new_id()
    assert put(desk, arrived, corrected_id, **fixed, **at, **why).status_code == 201
    become_doctor(desk)

    assert sign(desk, arrived, order_id).status_code == 409
    assert sign(desk, arrived, corrected_id).status_code == 303


def test_a_countersignature_is_never_changed_or_deleted(desk, arrived, order_id):
    become_doctor(desk)
    sign(desk, arrived, order_id)

    for statement in ("UPDATE countersignature SET author_id = id", "DELETE FROM countersignature"):
        with desk.app.app_context(), db.engine.connect() as connection:
            with pytest.raises(DatabaseError, match=WRITTEN_ONCE):
                connection.execute(text(statement))
            connection.rollback()

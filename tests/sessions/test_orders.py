"""The order of a session by weight: the arithmetic is shown, what the prescriber writes is kept."""

import re
import uuid
from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from clinic.core import clock
from clinic.core.acting import Acting, act_as
from clinic.core.db import db, job
from clinic.core.permissions import Role
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import state_of
from tests.desk import Desk
from tests.factories import make_patient, make_user
from tests.sessions.room import ready_course

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

DOCTOR_ID = uuid.UUID("01950000-0000-7000-8000-0000000000a2")
ORDER = {
    "planned_at": "2026-03-12T11:00",
    "room": "2",
    "ordered_by": str(DOCTOR_ID),
    "weight_kg": "68.4",
    "weighed_on": "2026-03-10",
    "dose_mg": "34",
    "read_back": "y",
}


def plan_page(app: Flask, somebody: Acting, protocol: str) -> str:
    """The page on which a session of a new course is planned."""
    with app.app_context(), act_as(somebody), job():
        make_user(id=DOCTOR_ID, role=Role.PSYCHIATRIST, full_name="Chidi Okafor", title="Dr")
        return f"/courses/{ready_course(make_patient().id, protocol).id}/sessions/new"


def stored(app: Flask, somebody: Acting) -> list[TreatmentSession]:
    """The sessions that were planned."""
    with app.app_context(), act_as(somebody):
        found = list(db.session.scalars(select(TreatmentSession)))
        db.session.expunge_all()
        db.session.rollback()
    return found


def plain(text: str) -> str:
    """A page without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split()).replace("\u2009", " ")


def test_the_order_keeps_weight_day_and_the_dose_that_was_written(app, desk: Desk, somebody):
    page = plan_page(app, somebody, "ketamine-iv-0.5-mg-kg")

    answer = desk.post(page, **ORDER)

    assert answer.status_code == 303, plain(answer.text)
    session = stored(app, somebody)[0]
    assert (session.weight_kg, str(session.weighed_on)) == (Decimal("68.4"), "2026-03-10")
    assert session.ordered_dose == 34


def test_without_a_dose_the_arithmetic_stands_beside_the_field(app, desk: Desk, somebody):
    page = plan_page(app, somebody, "ketamine-iv-0.5-mg-kg")

    answer = desk.post(page, **ORDER | {"dose_mg": ""})

    assert answer.status_code == 422
    assert "0.5 mg/kg × 68.4 kg = 34.2 mg" in plain(answer.text)
    assert "Enter the dose in mg." in plain(answer.text)
    assert stored(app, somebody) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"weight_kg": ""}, "Enter her weight in kg."),
        ({"weight_kg": "684"}, "Enter weight in kg, between 25 and 350."),
        ({"weighed_on": ""}, "Enter the day on which she was weighed."),
        ({"weighed_on": "2026-03-13"}, "Enter a day that is not after today."),
    ],
)
def test_a_dose_by_weight_needs_the_weight_and_its_day(app, desk, somebody, change, sentence):
    page = plan_page(app, somebody, "ketamine-iv-0.5-mg-kg")

    answer = desk.post(page, **ORDER | change)

    assert answer.status_code == 422
    assert sentence in plain(answer.text)
    assert stored(app, somebody) == []


def test_a_protocol_without_a_dose_proposes_none_and_needs_no_weight(app, desk, somebody):
    page = plan_page(app, somebody, "ketamine-im")

    shown = plain(desk.get(page).text)
    answer = desk.post(page, **ORDER | {"weight_kg": "", "weighed_on": ""})

    assert "the prescriber writes the mg" in shown
    assert "Arithmetic only" not in shown
    assert answer.status_code == 303
    assert stored(app, somebody)[0].weight_kg is None


def test_d8_3_an_order_that_a_nurse_writes_down_is_read_back_and_waits_for_its_prescriber(
    app, desk: Desk, somebody
):
    page = plan_page(app, somebody, "ketamine-iv-0.5-mg-kg")

    unread = desk.post(page, **ORDER | {"read_back": ""})
    none_yet = stored(app, somebody)
    answer = desk.post(page, **ORDER)

    assert (unread.status_code, none_yet) == (422, [])
    assert "Read the order back to the prescriber, then tick this." in plain(unread.text)
    assert answer.status_code == 303
    with app.app_context(), act_as(somebody):
        [order] = state_of(db.session.scalars(select(TreatmentSession)).one(), clock.now()).orders
        db.session.rollback()
    assert (order.ordered_by_id, order.taken_by) == (DOCTOR_ID, somebody.actor_id)
    assert order.text == "34 mg racemic intravenous"
    assert order.countersigned_at is None


def test_d8_3_an_order_that_its_prescriber_writes_waits_for_nobody(app, desk: Desk, somebody):
    page = plan_page(app, somebody, "ketamine-iv-0.5-mg-kg")
    desk.somebody, desk.role = replace(somebody, actor_id=DOCTOR_ID), Role.PSYCHIATRIST

    shown = desk.get(page).text
    answer = desk.post(page, **ORDER | {"read_back": ""})

    assert re.search(rf'<input[^>]*value="{DOCTOR_ID}"[^>]*checked', shown)
    assert answer.status_code == 303
    with app.app_context(), act_as(somebody):
        session = db.session.scalars(select(TreatmentSession)).one()
        assert state_of(session, clock.now()).orders == ()
        db.session.rollback()

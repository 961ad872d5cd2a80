"""This file is about sessions on a shared tablet: entries say which one, a locked one no name."""

import json

import pytest
from flask import Flask

from clinic.accounts.actions.devices import enrol
from clinic.core.acting import act_as
from clinic.core.db import db, job, new_id
from clinic.sessions.models import LogEntry, TreatmentSession
from tests.accounts.browser import Browser
from tests.accounts.tablet import DOCTOR, PINS, TOM, enrolled, known_to, staff_with_pins, switch
from tests.desk import TOKEN
from tests.factories import PASSWORD, acting_as, make_other_clinic, make_user
from tests.sessions.story import NURSE, Morning, moment, morning

__all__ = ["morning"]

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

NOTE = {"kind": "note", "effective_at": moment("09:10").isoformat(), "text": "She is cold"}


@pytest.fixture
def tablet(app: Flask, morning: Morning) -> Browser:
    """An enrolled tablet that knows two nurses and a psychiatrist."""
    staff_with_pins(app)
    return known_to(enrolled(app), NURSE, TOM, DOCTOR)


def put(browser: Browser, address: str, **says: str) -> int:
    """Send an entry as a script does. Gives the status."""
    token = TOKEN.search(browser.get("/protocols").text)
    assert token
    headers = {"X-CSRFToken": token.group(1), "Content-Type": "application/json"}
    answer = browser.client.put(address, data=json.dumps(NOTE | says), headers=headers)
    return answer.status_code


def device_of(morning: Morning, entry_id: object) -> str | None:
    """What an entry says of the tablet that it came from."""
    with morning.app.app_context(), act_as(morning.acting):
        found: str | None = db.session.get_one(LogEntry, entry_id).device_id
        return found


def test_an_entry_says_which_enrolled_tablet_it_came_from_whatever_it_claims(
    tablet: Browser, morning: Morning
) -> None:
    morning.check_in()
    switch(tablet, TOM, PINS["tom"])
    sent, typed, elsewhere = new_id(), new_id(), new_id()

    assert put(tablet, f"{morning.address}/entries/{sent}", device_id="another tablet") == 201
    posted = tablet.post(f"{morning.address}/entries/{typed}", page="/account", **NOTE)
    assert posted.status_code == 303
    assert (
        put(morning.browser, f"{morning.address}/entries/{elsewhere}", device_id="a phone") == 201
    )

    assert device_of(morning, sent) == device_of(morning, typed)
    assert device_of(morning, sent) not in (None, "another tablet")
    assert device_of(morning, elsewhere) == "a phone"
    assert tablet.get(morning.address).text.count('<span class="t-2">Tablet 1, room 2</span>') == 2


def test_the_same_entry_from_another_machine_is_a_true_repeat(
    tablet: Browser, morning: Morning
) -> None:
    morning.check_in()
    switch(tablet, NURSE, PINS["nurse"])
    address = f"{morning.address}/entries/{new_id()}"

    assert put(morning.browser, address) == 201
    assert put(tablet, address, device_id="another tablet") == 200


def test_a_locked_tablet_shows_rooms_timers_and_alerts_and_no_name(
    tablet: Browser, morning: Morning
) -> None:
    morning.until("10:31")

    shown = tablet.get("/locked").text

    assert "Room 2" in shown
    assert 'data-since="2026-03-12T09:30:00+00:00"' in shown
    assert "164/102" in shown
    assert not any(name in shown for name in ("Maya", "Osei", "P-1001", "Aiko", "/sessions/"))


def test_nothing_of_it_is_shown_on_any_other_machine(tablet: Browser, morning: Morning) -> None:
    assert morning.page().status_code == 200

    assert morning.browser.get("/locked").status_code == 404
    assert Browser(tablet.app).get("/locked").status_code == 404


def test_a_tablet_of_another_clinic_shows_that_clinic_alone(app: Flask, morning: Morning) -> None:
    morning.until("10:11")
    with app.app_context(), job():
        hill = make_other_clinic()
        somebody = acting_as(make_user(clinic=hill, email="leo@hill.example"), hill)
    with app.app_context(), act_as(somebody), job():
        token = enrol("Tablet 9", None)[1]
    tablet = Browser(app)
    tablet.client.set_cookie("device", token)

    assert "No session runs now." in tablet.get("/locked").text


def test_d8_3_a_psychiatrist_signs_from_her_own_sitting_with_her_password(
    tablet: Browser, morning: Morning
) -> None:
    morning.until("11:30")
    address = f"{morning.address}/discharge"
    left = {"left_at": "2026-03-12T11:35", "escort": "Her mother"}
    with morning.app.app_context(), act_as(morning.acting):
        before = db.session.get_one(TreatmentSession, morning.session_id).version

    switch(tablet, DOCTOR, PINS["psychiatrist"])
    by_pin = tablet.post(address, page=address, password=PINS["psychiatrist"], **left)
    switch(tablet, NURSE, PINS["nurse"])
    on_the_nurses = tablet.post(address, page=address, password="another password", **left)

    assert (by_pin.status_code, on_the_nurses.status_code) == (422, 422)
    assert "your own password to sign" in by_pin.text
    with morning.app.app_context(), act_as(morning.acting):
        session = db.session.get_one(TreatmentSession, morning.session_id)
        assert (session.version, session.locked_at) == (before, None)
    assert PASSWORD not in by_pin.text

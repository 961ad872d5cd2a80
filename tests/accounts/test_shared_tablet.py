"""This file is about a tablet that several people share: a PIN, one person at a time, no more."""

import pytest
from flask import Flask

from clinic.accounts import actions
from clinic.accounts.models import Device, User
from clinic.core.db import db, job
from clinic.core.permissions import Role
from tests.accounts.browser import NURSE, Browser, bodies, rows, trail
from tests.accounts.tablet import (
    DOCTOR,
    PINS,
    TOM,
    enrolled,
    id_of,
    known_to,
    lock,
    names_on,
    staff_with_pins,
    switch,
    switch_by_script,
    who,
)
from tests.clock import Clock
from tests.factories import CLINIC_ID, PASSWORD

one_database = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def tablet(clinic_app: Flask) -> Browser:
    """An enrolled tablet that knows two nurses and a psychiatrist; nobody is at it."""
    staff_with_pins(clinic_app)
    return known_to(enrolled(clinic_app), NURSE, TOM, DOCTOR)


def test_a_pin_opens_the_tablet_for_its_owner(tablet: Browser) -> None:
    answer = switch(tablet, TOM, PINS["tom"], next="/duties")

    assert answer.status_code == 303
    assert answer.location == "/duties"
    assert who(tablet) == "Tom Becker"
    assert trail(tablet.app, "switch") == ["switch"]


def test_four_wrong_pins_need_the_password_and_the_right_one_is_refused_too(
    tablet: Browser,
) -> None:
    told = [switch(tablet, TOM, "7391").text for _ in range(4)]
    right = switch(tablet, TOM, PINS["tom"])

    assert [text.count("3 tries left") for text in told] == [1, 0, 0, 0]
    assert "1 try left" in told[2]
    assert "Sign in with the password now." in told[3]
    assert right.status_code == 422
    assert who(tablet) is None
    assert trail(tablet.app, "wrong-pin", "lock-pin") == ["wrong-pin"] * 4 + ["lock-pin"]
    assert names_on(tablet.get("/switch").text) == ["Aiko Kimura", "Dr Priya Nair"]


def test_a_right_pin_or_a_full_sign_in_begins_the_count_afresh(tablet: Browser) -> None:
    for _ in range(3):
        switch(tablet, TOM, "7391")
    switch(tablet, TOM, PINS["tom"])
    for _ in range(4):
        switch(tablet, TOM, "7391")
    lock(tablet)
    tablet.sign_in(TOM)
    lock(tablet)

    assert switch(tablet, TOM, PINS["tom"]).status_code == 303


@one_database
def test_the_lock_of_one_person_on_one_tablet_stops_nobody_else(tablet: Browser) -> None:
    other = known_to(enrolled(tablet.app, "Tablet 2"), TOM)
    for _ in range(4):
        switch(tablet, TOM, "7391")

    assert switch(tablet, NURSE, PINS["nurse"]).status_code == 303
    assert switch(other, TOM, PINS["tom"]).status_code == 303


@one_database
def test_the_sitting_of_the_one_before_ends_on_the_server(tablet: Browser) -> None:
    switch(tablet, NURSE, PINS["nurse"])
    hers = tablet.cookie

    switch(tablet, TOM, PINS["tom"])
    stolen = Browser(tablet.app)
    stolen.cookie = hers

    assert tablet.cookie != hers
    assert not stolen.is_signed_in()
    assert [row.data for row in rows(tablet.app) if row.ended_at][-1] == "{}"


@one_database
def test_the_script_is_told_who_is_there_and_with_which_token(tablet: Browser) -> None:
    wrong = switch_by_script(tablet, TOM, "7391")
    right = switch_by_script(tablet, TOM, PINS["tom"])

    assert wrong.status_code == 422
    assert wrong.json["fields"] == {"pin": ["PIN is not right, 3 tries left."]}
    assert right.json["name"] == "Tom Becker"
    assert right.json["initials"] == "TB"
    assert tablet.send("/sign-out", {"csrf_token": right.json["csrf"]}).status_code == 302
    assert who(tablet) is None


@one_database
def test_locking_ends_the_sitting_and_keeps_who_is_known(tablet: Browser) -> None:
    switch(tablet, NURSE, PINS["nurse"])

    answer = lock(tablet, next="/duties")

    assert answer.location == "/switch?next=/duties"
    assert not tablet.is_signed_in()
    assert names_on(tablet.get("/switch").text) == ["Aiko Kimura", "Dr Priya Nair", "Tom Becker"]
    assert trail(tablet.app, "lock")[-1] == "lock"


@one_database
def test_someone_else_is_led_to_the_full_sign_in(tablet: Browser) -> None:
    switch(tablet, NURSE, PINS["nurse"])

    answer = lock(tablet, to="sign-in", next="/duties")

    assert answer.location == "/sign-in?next=/duties"
    assert "Shared tablet: Tablet 1, room 2" in tablet.get("/sign-in").text


@one_database
@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_nobody_is_sent_elsewhere_after_a_switch(tablet: Browser, elsewhere: str) -> None:
    """A24: open redirect, also by control characters."""
    answer = switch(tablet, NURSE, PINS["nurse"], next=elsewhere)

    assert answer.location == "/"
    assert lock(tablet, next=elsewhere).location == "/switch?next=/"
    assert "evil" not in tablet.get(f"/switch?next={elsewhere}").text


@one_database
def test_after_a_shift_the_tablet_knows_nobody(tablet: Browser, clock: Clock) -> None:
    clock.advance(hours=11, minutes=59)
    assert switch(tablet, TOM, PINS["tom"]).status_code == 303
    assert who(tablet) == "Tom Becker"

    clock.advance(minutes=1)

    assert who(tablet) is None, "a sitting by PIN is no younger than the full sign-in"
    assert names_on(tablet.get("/switch").text) == []
    assert switch(tablet, TOM, PINS["tom"]).status_code == 422


@one_database
def test_a_pin_opens_nothing_on_any_other_machine(tablet: Browser) -> None:
    desk = Browser(tablet.app)
    desk.sign_in(TOM)

    assert "This is no shared tablet" in desk.get("/switch").text
    answer = desk.post("/switch", page="/account", user_id="x", pin=PINS["tom"])
    assert answer.status_code == 404


@one_database
def test_whoever_signs_out_is_not_known_any_more(tablet: Browser) -> None:
    switch(tablet, TOM, PINS["tom"])

    tablet.sign_out()

    assert names_on(tablet.get("/switch").text) == ["Aiko Kimura", "Dr Priya Nair"]


@one_database
@pytest.mark.parametrize("change", ["deactivate", "password", "role"])
def test_whoever_is_sent_home_or_changed_needs_the_password(tablet: Browser, change: str) -> None:
    with tablet.app.app_context(), job():
        if change == "deactivate":
            actions.deactivate(id_of(TOM))
        elif change == "password":
            actions.change_password(id_of(TOM), "seven purple lanterns drift")
        else:
            actions.set_role(id_of(TOM), CLINIC_ID, Role.THERAPIST)

    assert switch(tablet, TOM, PINS["tom"]).status_code == 422


@one_database
def test_a_pin_is_no_fresh_password(tablet: Browser) -> None:
    switch(tablet, DOCTOR, PINS["psychiatrist"])

    answer = tablet.get("/account/second-step")

    assert answer.status_code in (302, 303)
    assert "/account/password-again" in answer.location


@one_database
def test_a_pin_stands_nowhere_and_a_tablets_token_neither(tablet: Browser) -> None:
    switch(tablet, TOM, PINS["tom"])
    token = tablet.client.get_cookie("device")

    with tablet.app.app_context():
        person = db.session.get_one(User, id_of(TOM))
        kept = db.session.query(Device).one().token_hash
        assert str(person.pin_hash).startswith("$argon2id$")
    assert token is not None
    assert token.http_only
    assert kept != token.value
    said = bodies(tablet.app)
    assert PINS["tom"] not in said
    assert token.value not in said
    assert kept not in said


@one_database
def test_an_ended_tablet_is_a_machine_like_any_other(tablet: Browser) -> None:
    desk = Browser(tablet.app)
    desk.sign_in("administrator@clinic.example")
    page = desk.get("/tablets").text
    address = page.split('action="/tablets/')[1].split('"')[0]

    stale = desk.post(f"/tablets/{address}", page="/tablets", version="7")
    ended = desk.post(f"/tablets/{address}", page="/tablets", version="1")

    assert (stale.status_code, ended.status_code) == (409, 303)
    assert "This is no shared tablet" in tablet.get("/switch").text
    assert "Ended" in desk.get("/tablets").text


@one_database
def test_a_name_in_use_is_refused_beside_the_field(tablet: Browser) -> None:
    desk = Browser(tablet.app)
    desk.sign_in("administrator@clinic.example")

    answer = desk.post("/tablets", page="/tablets", name="Tablet 1")

    assert answer.status_code == 422
    assert "Another tablet has this name." in answer.text


@one_database
def test_whoever_has_no_pin_is_shown_and_led_to_the_password(clinic_app: Flask) -> None:
    staff_with_pins(clinic_app)
    tablet = known_to(enrolled(clinic_app), NURSE)
    tablet.sign_in("administrator@clinic.example")
    lock(tablet)

    page = tablet.get("/switch").text

    assert names_on(page) == ["Aiko Kimura"]
    assert "No PIN yet: password" in page


@one_database
def test_a_pin_wants_the_password_first_and_will_not_be_weak(visitor: Browser) -> None:
    visitor.sign_in()

    def choose(password: str, pin: str, again: str) -> str:
        fields = {"password": password, "pin": pin, "again": again}
        answer = visitor.post("/account/pin", page="/account/pin", **fields)
        return answer.location or answer.text

    assert "This is not your password." in choose("wrong", "4817", "4817")
    assert "easy to guess" in choose(PASSWORD, "1234", "1234")
    assert "The two PINs differ." in choose(PASSWORD, "4817", "4871")
    assert choose(PASSWORD, "4817", "4817") == "/account"
    assert "Change your PIN" in visitor.get("/account").text

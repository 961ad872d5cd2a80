"""This file is about the second step: a code that works once, and codes for a lost phone."""

import re
import threading

import pytest
from flask import Flask, Response, request
from passlib.totp import TOTP
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from clinic.accounts.models import Clinic
from clinic.core.db import db, job
from tests.accounts.browser import A_PAGE, Browser, bodies, refusal, rows
from tests.accounts.phone import CODE, enter, nurse, phone, shown
from tests.clock import Clock
from tests.factories import PASSWORD

SETUP = "/account/second-step"
KEY = re.compile(r'<code class="hash[^"]*">([A-Z0-9-]+)</code>')
__all__ = ["phone"]

WRONG_CODE = "This code is not right, or was used before."


@pytest.fixture
def required(clinic_app: Flask) -> None:
    """The clinic requires a second step."""
    with clinic_app.app_context(), job():
        db.session.scalars(select(Clinic)).one().second_factor_required = True


def test_after_the_password_the_code_is_asked(visitor: Browser, phone: TOTP, clock: Clock) -> None:
    asked = visitor.sign_in()
    assert asked.location.split("?")[0] == CODE
    assert not visitor.is_signed_in()

    response = enter(visitor, shown(phone, clock))

    assert (response.status_code, response.location) == (302, "/")
    assert visitor.is_signed_in()


def test_half_signed_in_opens_no_page(visitor: Browser, phone: TOTP) -> None:
    """A06: a detour round sign-in."""
    visitor.sign_in()

    for path in ("/", "/account", A_PAGE, "/account/recovery-codes", "/api/openapi.json"):
        assert visitor.get(path).status_code in (303, 401), path
    assert visitor.get(SETUP).location == "/sign-in"
    assert all(row.user_id is None for row in rows(visitor.app))


def test_the_way_back_survives_the_code(visitor: Browser, phone: TOTP, clock: Clock) -> None:
    asked = visitor.sign_in(path="/sign-in?next=/account/password")

    response = visitor.post(asked.location, page=asked.location, code=shown(phone, clock))

    assert response.location == "/account/password"


def test_a_code_opens_once(visitor: Browser, phone: TOTP, clock: Clock) -> None:
    code = shown(phone, clock)
    visitor.sign_in()
    enter(visitor, code)
    thief = Browser(visitor.app)
    thief.sign_in()

    assert refusal(enter(thief, code)).startswith(WRONG_CODE)
    assert not thief.is_signed_in()
    clock.advance(seconds=30)
    enter(thief, shown(phone, clock))
    assert thief.is_signed_in(), "the next code is another one"


def test_an_older_code_than_the_last_one_is_refused(
    visitor: Browser, phone: TOTP, clock: Clock
) -> None:
    older = shown(phone, clock)
    clock.advance(seconds=30)
    visitor.sign_in()
    enter(visitor, shown(phone, clock))
    thief = Browser(visitor.app)
    thief.sign_in()

    assert refusal(enter(thief, older)).startswith(WRONG_CODE)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("seconds", "signed_in"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_phone_may_be_half_a_minute_off(
    visitor: Browser, phone: TOTP, clock: Clock, seconds: int, *, signed_in: bool
) -> None:
    visitor.sign_in()
    code = phone.generate(time=int(clock.now.timestamp()) + seconds).token

    enter(visitor, code)

    assert visitor.is_signed_in() is signed_in


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize("code", ["000000", "abcdef", "١٢٣٤٥٦", "1", "9" * 10_000, "-1", "\0"])
def test_a_wrong_code_says_so_and_is_counted(visitor: Browser, phone: TOTP, code: str) -> None:
    visitor.sign_in()

    response = enter(visitor, code)

    assert refusal(response) == f"{WRONG_CODE} 4 tries left, then a 30 s pause."
    assert not visitor.is_signed_in()


def test_codes_are_not_guessed_by_signing_in_anew(
    visitor: Browser, phone: TOTP, clock: Clock
) -> None:
    for number in range(5):
        guesser = Browser(visitor.app, f"192.0.2.{number}")
        guesser.sign_in()
        enter(guesser, "000000")
    visitor.sign_in()

    response = enter(visitor, shown(phone, clock))

    assert response.status_code == 429
    assert not visitor.is_signed_in()


def test_the_code_page_alone_opens_nothing(visitor: Browser, phone: TOTP, clock: Clock) -> None:
    visitor.post(CODE, code=shown(phone, clock))

    assert not visitor.is_signed_in()


def test_the_code_must_come_soon_after_the_password(
    visitor: Browser, phone: TOTP, clock: Clock
) -> None:
    visitor.sign_in()
    page = visitor.get(CODE).text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    clock.advance(minutes=15)

    response = visitor.send(CODE, {"csrf_token": token, "code": shown(phone, clock)})

    assert response.status_code == 400
    assert not visitor.is_signed_in()


def test_where_it_is_required_it_is_set_up_before_anything_opens(
    visitor: Browser, required: None, clock: Clock
) -> None:
    asked = visitor.sign_in()
    assert asked.location == SETUP
    assert visitor.get("/account").status_code == 303
    page = visitor.post(SETUP, page=SETUP, setup="authenticator")
    key = KEY.search(page.text)
    assert key, "the key stands on the page"
    assert 'src="data:image/svg+xml;base64,' in page.text
    phone = TOTP(key=key.group(1), format="base32")
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]

    visitor.send(CODE, {"csrf_token": token, "code": shown(phone, clock)})

    assert visitor.is_signed_in()


def test_where_it_becomes_required_open_sittings_end(clinic_app: Flask, visitor: Browser) -> None:
    """A08: a switch that one door ignores."""
    visitor.sign_in()
    assert visitor.is_signed_in()

    with clinic_app.app_context(), job():
        db.session.scalars(select(Clinic)).one().second_factor_required = True

    assert not visitor.is_signed_in()
    assert visitor.sign_in().location == SETUP


def test_where_it_is_required_nobody_switches_it_off(
    visitor: Browser, phone: TOTP, required: None, clock: Clock
) -> None:
    visitor.sign_in()
    enter(visitor, shown(phone, clock))

    visitor.post(SETUP, page=SETUP, setup="disable")

    with nurse(visitor.app) as person:
        assert person.tf_primary_method == "authenticator"


def test_the_secret_is_stored_encrypted_and_kept_out_of_the_trail(
    visitor: Browser, phone: TOTP
) -> None:
    with nurse(visitor.app) as person:
        stored = str(person.tf_totp_secret)
        person.full_name = "Aiko K. Kimura"

    assert '"enckey"' in stored
    assert phone.base32_key not in stored
    assert stored not in bodies(visitor.app)


def test_one_code_sent_twice_at_the_same_moment_opens_once(
    clinic_app: Flask, phone: TOTP, clock: Clock
) -> None:
    code = shown(phone, clock)
    thieves = [Browser(clinic_app, f"192.0.2.{number}") for number in range(4)]
    for thief in thieves:
        thief.sign_in()
    barrier = threading.Barrier(len(thieves))

    def send(thief: Browser) -> None:
        barrier.wait()
        enter(thief, code)

    threads = [threading.Thread(target=send, args=(thief,)) for thief in thieves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(thief.is_signed_in() for thief in thieves) == 1


def test_a_sign_in_that_was_refused_at_its_end_leaves_nothing_to_go_on_with(
    clinic_app: Flask, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def finish(response: Response) -> None:
        if request.method == "POST":
            raise StaleDataError

    monkeypatch.setattr("clinic.core.db.transaction.finish", finish)
    assert visitor.sign_in().status_code == 409
    monkeypatch.undo()

    assert visitor.get(SETUP).location == "/sign-in"
    assert visitor.get("/sign-in").status_code == 200


def test_setting_it_up_later_asks_for_the_password_once_more(visitor: Browser) -> None:
    visitor.sign_in()
    with visitor.client.session_transaction() as session:
        session["fs_paa"] = 0.0

    asked = visitor.get(SETUP)
    again = visitor.post(asked.location, page=asked.location, password=PASSWORD)

    assert asked.location.startswith("/account/password-again")
    assert again.location == SETUP
    assert visitor.get(SETUP).status_code == 200

"""This file is about the second step: a code that works once, and codes for a lost phone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask, current_app
from passlib.totp import TOTP
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from clinic.accounts.models import Clinic, User
from clinic.core.db import db, job
from tests.accounts.browser import A_PAGE, NURSE, Browser, bodies, refusal, rows, trail
from tests.clock import Clock

SETUP, CODE, RECOVERY = "/account/second-step", "/sign-in/code", "/sign-in/recovery-code"
KEY = re.compile(r'<code class="hash[^"]*">([A-Z0-9-]+)</code>')
WRONG_CODE = "This code is not right, or was used before."


@contextmanager
def nurse(app: Flask) -> Iterator[User]:
    """The nurse's row; what is changed is kept."""
    with app.app_context(), job():
        yield db.session.scalars(select(User).where(User.email == NURSE)).one()


@pytest.fixture
def phone(clinic_app: Flask) -> TOTP:
    """The nurse's phone, already set up."""
    with nurse(clinic_app) as person:
        secret = current_app.extensions["security"].totp_factory.generate_totp_secret()
        person.tf_primary_method, person.tf_totp_secret = "authenticator", secret
        return current_app.extensions["security"].totp_factory._totp.from_source(secret)


@pytest.fixture
def required(clinic_app: Flask) -> None:
    """The clinic requires a second step."""
    with clinic_app.app_context(), job():
        db.session.scalars(select(Clinic)).one().second_factor_required = True


def shown(phone: TOTP, clock: Clock) -> str:
    """What the phone shows now."""
    return str(phone.generate(time=clock.now).token)


def enter(visitor: Browser, code: str) -> TestResponse:
    """Type a code on the page that asks for it."""
    return visitor.post(CODE, page=CODE, code=code)


def test_after_the_password_the_code_is_asked(visitor: Browser, phone: TOTP, clock: Clock) -> None:
    asked = visitor.sign_in()
    assert asked.location.split("?")[0] == CODE
    assert not visitor.is_signed_in()

    response = enter(visitor, shown(phone, clock))

    assert (response.status_code, response.location) == (302, "/")
    assert visitor.is_signed_in()


def test_half_signed_in_opens_no_page(visitor: Browser, phone: TOTP) -> None:
    visitor.sign_in()

    for path in ("/", "/account", A_PAGE, "/account/recovery-codes", "/api/openapi.json"):
        assert visitor.get(path).status_code in (303, 401), path
    assert SETUP not in (visitor.get(SETUP).location or "")
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


@pytest.fixture
def kept_codes(clinic_app: Flask, phone: TOTP) -> list[str]:
    """The recovery codes that the nurse wrote down."""
    with nurse(clinic_app) as person:
        util = current_app.extensions["security"].mf_recovery_codes_util
        codes: list[str] = util.create_recovery_codes(person)
        return codes


def use(visitor: Browser, code: str) -> bool:
    """Sign in with a recovery code."""
    visitor.sign_in()
    visitor.post(RECOVERY, page=RECOVERY, code=code)
    return visitor.is_signed_in()


def test_a_recovery_code_opens_once(visitor: Browser, kept_codes: list[str]) -> None:
    assert use(visitor, kept_codes[0])

    assert not use(Browser(visitor.app), kept_codes[0])
    assert use(Browser(visitor.app), kept_codes[1])


def test_recovery_codes_are_stored_encrypted(visitor: Browser, kept_codes: list[str]) -> None:
    with visitor.app.app_context(), db.engine.connect() as connection:
        stored = str(connection.scalar(text('SELECT mf_recovery_codes FROM "user" LIMIT 1')))
        whole = connection.scalars(text('SELECT mf_recovery_codes FROM "user"')).all()

    assert len(kept_codes) == 8
    assert "gAAAA" in "".join(map(str, whole)) + stored
    assert not any(code in f"{whole}" for code in kept_codes)
    assert not any(code in bodies(visitor.app) for code in kept_codes)


def test_wrong_recovery_codes_are_counted(visitor: Browser, kept_codes: list[str]) -> None:
    visitor.sign_in()
    for _ in range(5):
        response = visitor.post(RECOVERY, page=RECOVERY, code="not-a-code")
    assert refusal(response).endswith("Wait 30 s, then try again.")

    assert visitor.post(RECOVERY, page=RECOVERY, code=kept_codes[0]).status_code == 429
    assert trail(visitor.app, "wrong-proof") == ["wrong-proof"] * 5


def test_new_recovery_codes_are_shown_after_the_password(
    visitor: Browser, phone: TOTP, clock: Clock
) -> None:
    visitor.sign_in()
    enter(visitor, shown(phone, clock))

    page = visitor.post(
        "/account/recovery-codes", page="/account/recovery-codes", generate_new_codes="y"
    )

    assert page.text.count("<li>") == 8

"""This file is about recovery codes: for a lost phone, each for one use, kept encrypted."""

import pytest
from flask import Flask, current_app
from passlib.totp import TOTP
from sqlalchemy import text

from clinic.core.db import db
from tests.accounts.browser import Browser, bodies, refusal, trail
from tests.accounts.phone import enter, nurse, phone, shown
from tests.clock import Clock

__all__ = ["phone"]

RECOVERY = "/sign-in/recovery-code"


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
        stored = str(connection.scalars(text('SELECT mf_recovery_codes FROM "user"')).all())

    assert len(kept_codes) == 8
    assert stored.count("gAAAA") == 8  # how a Fernet token begins
    assert not any(code in stored for code in kept_codes)
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

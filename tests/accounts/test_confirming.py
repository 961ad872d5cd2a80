"""This file is about the password in front of a delicate change, and about limits of a sitting."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from clinic.accounts.models import Clinic
from clinic.core.db import apart, job
from clinic.core.permissions import Role
from tests.accounts.browser import Browser, trail
from tests.clock import Clock
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

LIMITS = "/staff/limits"
VERSION = re.compile(r'name="version" value="(\d+)"')


@pytest.fixture
def admin(clinic_app: Flask, clock: Clock) -> Browser:
    """An administrator who signed in 16 minutes ago, and has been at work since."""
    with clinic_app.app_context(), job():
        make_user(role=Role.ADMINISTRATOR, full_name="Marta Lind")
    browser = Browser(clinic_app)
    browser.sign_in("administrator@clinic.example")
    clock.advance(minutes=10)
    browser.get("/staff")
    clock.advance(minutes=6)
    return browser


def limits(app: Flask) -> tuple[int | None, int | None]:
    """(idle minutes, hours) of the clinic."""
    with app.app_context(), apart(write=False) as session:
        clinic = session.scalars(select(Clinic)).one()
        return clinic.idle_minutes, clinic.absolute_hours


def change(admin: Browser, **fields: str):
    """Fill in the page of limits, as it lies open."""
    found = VERSION.search(admin.get(LIMITS).text)
    assert found
    typed = {"idle_minutes": "10", "absolute_hours": "8", "version": found[1]}
    return admin.post(LIMITS, page=LIMITS, **typed | fields)


def test_a_change_of_settings_asks_for_the_password_and_keeps_what_was_typed(
    admin: Browser,
) -> None:
    asked = change(admin)

    assert asked.status_code == 403
    assert "Your password first" in asked.text
    assert '<input type="hidden" name="absolute_hours" value="8">' in asked.text
    assert limits(admin.app) == (None, None)
    before = admin.cookie
    answer = change(admin, password_now=PASSWORD)
    assert answer.location == "/staff"
    assert limits(admin.app) == (10, 8)
    assert admin.cookie != before, "a proof gives a new id"


def test_a_change_of_staff_asks_too_and_a_right_password_serves_for_a_while(
    admin: Browser, clock: Clock
) -> None:
    guest = {"full_name": "Nadia Brenner", "email": "nadia@clinic.example", "role": "nurse"}
    assert admin.post("/staff", page="/staff", **guest).status_code == 403

    unhurried = {"idle_minutes": "60"}
    assert change(admin, password_now=PASSWORD, **unhurried).status_code == 303

    assert admin.post("/staff", page="/staff", **guest).status_code == 200
    clock.advance(minutes=14, seconds=59)
    assert change(admin, **unhurried).status_code == 303
    clock.advance(seconds=2)
    assert change(admin, **unhurried).status_code == 403


def test_a_wrong_password_changes_nothing_and_is_counted(admin: Browser) -> None:
    for left in (4, 3, 2, 1):
        answer = change(admin, password_now="not this one")
        assert answer.status_code == 403
        assert f"This is not your password. {left} tr" in answer.text

    change(admin, password_now="not this one")
    paused = change(admin, password_now=PASSWORD)

    assert (paused.status_code, "Too many tries." in paused.text) == (429, True)
    assert limits(admin.app) == (None, None)
    assert len(trail(admin.app, "wrong-proof")) == 5


def test_a_script_is_told_in_words(admin: Browser) -> None:
    found = re.search(r'"X-CSRFToken": "([^"]+)"', admin.get(LIMITS).text)
    assert found
    headers = {"X-CSRFToken": found[1], "Accept": "application/json"}

    answer = admin.client.post(LIMITS, headers=headers, environ_overrides=admin.environ)

    assert answer.status_code == 403
    assert answer.json["error"].startswith("Enter your password")


def test_a_password_that_was_sent_along_stands_on_no_page(admin: Browser) -> None:
    asked = change(admin, password="a password of another form", again="x")

    assert "a password of another form" not in asked.text


@pytest.mark.parametrize("hours", ["0", "25", "eight"])
def test_a_limit_that_cannot_be_is_told_and_kept(
    admin: Browser, clinic_app: Flask, hours: str
) -> None:
    answer = change(admin, password_now=PASSWORD, absolute_hours=hours)

    assert answer.status_code == 422
    assert f'value="{hours}"' in answer.text
    assert limits(clinic_app) == (None, None)
    assert change(admin).status_code == 303, "the right password is remembered all the same"


def test_a_clinics_own_limits_hold(admin: Browser, visitor: Browser, clock: Clock) -> None:
    change(admin, password_now=PASSWORD, idle_minutes="5", absolute_hours="1")
    visitor.sign_in()

    clock.advance(minutes=4)
    assert visitor.is_signed_in()
    clock.advance(minutes=5)
    assert not visitor.is_signed_in(), "unused for 5 minutes"
    visitor.sign_in()
    for _ in range(14):
        clock.advance(minutes=4)
        assert visitor.is_signed_in()
    clock.advance(minutes=4)
    assert not visitor.is_signed_in(), "an hour is over, whatever was used"

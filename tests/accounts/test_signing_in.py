"""This file is about signing in and out: one message, one time, one door, and back again."""

import statistics
import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from clinic import create_app
from clinic.accounts import actions
from clinic.accounts.forms.signing_in import dummy_hash
from clinic.accounts.models import User
from clinic.core.db import db, job
from clinic.core.permissions import Role
from tests.accounts.browser import NURSE, Browser, bodies, refusal, rows, trail
from tests.clock import Clock
from tests.conftest import configuration
from tests.factories import CLINIC_ID, PASSWORD, hashed, make_clinic, make_user

LEFT = "4 tries left, then a 30 s pause."


def person(email: str = NURSE) -> User:
    return db.session.scalars(select(User).where(User.email == email)).one()


@pytest.fixture
def as_installed(database_uri: str, clock: Clock) -> Iterator[Flask]:
    """The application that hashes passwords as it does outside of tests; a nurse works there."""
    dummy_hash.cache_clear()
    in_tests = configuration(database_uri)
    del in_tests["SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"]
    app = create_app(in_tests, clock=clock)
    with app.app_context(), job():
        make_clinic()
        make_user(password="hashed at the full price")
    yield app
    dummy_hash.cache_clear()
    hashed.cache_clear()
    with app.app_context():
        db.engine.dispose()


def test_the_right_password_opens_the_first_page(visitor: Browser) -> None:
    response = visitor.sign_in()

    assert (response.status_code, response.location) == (302, "/")
    assert visitor.is_signed_in()


def test_a_page_asks_to_sign_in_first_and_comes_back_to_itself(visitor: Browser) -> None:
    asked = visitor.get("/account/password?from=here")
    assert asked.location == "/sign-in?next=/account/password?from%3Dhere"

    response = visitor.sign_in(path=asked.location)

    assert response.location == "/account/password?from=here"


@pytest.mark.parametrize(
    "email", ["NURSE@clinic.example", " nurse@CLINIC.example ", "ｎurse@clinic.example"]
)
def test_a_name_may_be_typed_in_any_case_and_width(visitor: Browser, email: str) -> None:
    assert visitor.sign_in(email=email).status_code == 302


def test_a_wrong_password_and_an_unknown_name_are_told_the_same(visitor: Browser) -> None:
    wrong = visitor.sign_in(password="not the password at all")
    unknown = visitor.sign_in(email="nobody@clinic.example", password="not the password at all")

    said = f"Work email or password is not right. {LEFT}"
    assert (refusal(wrong), refusal(unknown)) == (said, said)
    assert wrong.status_code == unknown.status_code
    assert not visitor.is_signed_in()


def test_what_was_typed_stays_but_the_password(visitor: Browser) -> None:
    response = visitor.sign_in(password="not the password at all")

    assert f'value="{NURSE}"' in response.text
    assert "not the password at all" not in response.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email": "", "password": PASSWORD}, "Enter your work email."),
        ({"email": NURSE, "password": ""}, "Enter your password."),
        ({}, "Enter your work email. Enter your password."),
    ],
)
def test_an_empty_field_is_named_and_costs_no_try(
    visitor: Browser, fields: dict[str, str], said: str
) -> None:
    response = visitor.post("/sign-in", **fields)

    assert refusal(response) == said
    assert LEFT in refusal(visitor.sign_in(password="wrong"))


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (NURSE, "x" * 100_000),
        (NURSE, PASSWORD + "\0"),
        (NURSE + "\0", PASSWORD),
        ("x" * 100_000 + "@clinic.example", PASSWORD),
        ("' OR 1=1 --", PASSWORD),
        ("🤱@clinic.example", PASSWORD),
    ],
)
def test_odd_input_is_a_wrong_try_and_never_an_error(
    visitor: Browser, email: str, password: str
) -> None:
    response = visitor.sign_in(email=email, password=password)

    assert (response.status_code, refusal(response)) == (
        200,
        f"Work email or password is not right. {LEFT}",
    )


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_name_that_nobody_has_costs_the_same_time(as_installed: Flask) -> None:
    """A21: names told by time."""

    def median(prefix: str) -> float:
        spent = []
        for number in range(7):
            sender = Browser(as_installed, f"192.0.2.{number}")
            email = prefix if prefix == NURSE else f"{number}{prefix}"
            as_installed.extensions["clinic.clock"].advance(hours=2)
            sender.get("/sign-in")
            begun = time.process_time()
            sender.sign_in(email=email, password="not the password at all")
            spent.append(time.process_time() - begun)
        return statistics.median(spent)

    unknown, known = median("nobody@clinic.example"), median(NURSE)

    assert max(unknown, known) / min(unknown, known) < 3


def test_somebody_who_was_sent_home_is_told_what_everybody_is_told(
    clinic_app: Flask, visitor: Browser
) -> None:
    with clinic_app.app_context(), job():
        actions.deactivate(person().id)

    assert refusal(visitor.sign_in()) == f"Work email or password is not right. {LEFT}"


def test_somebody_without_a_clinic_is_told_whom_to_ask(clinic_app: Flask, visitor: Browser) -> None:
    with clinic_app.app_context(), job():
        make_user(role=None)

    response = visitor.sign_in(email="nobody@clinic.example")

    assert refusal(response).startswith("You work in no clinic at the moment.")
    assert not visitor.is_signed_in()


def test_signing_out_ends_the_sitting_on_the_server(visitor: Browser) -> None:
    visitor.sign_in()
    stolen = visitor.cookie
    assert visitor.sign_out().location == "/sign-in"

    visitor.cookie = stolen

    assert not visitor.is_signed_in()
    assert rows(visitor.app)[-2].ended_at is not None


def test_signing_in_wrong_and_out_are_in_the_trail(visitor: Browser) -> None:
    visitor.sign_in(password="not the password at all")
    visitor.sign_in()
    visitor.sign_out()

    assert trail(visitor.app, "wrong-proof", "sign-in", "sign-out") == [
        "wrong-proof",
        "sign-in",
        "sign-out",
    ]


def test_the_trail_keeps_no_password_no_hash_and_no_typed_name(visitor: Browser) -> None:
    visitor.sign_in(email="hunter2 typed into the wrong field", password="not the password at all")
    visitor.sign_in()
    said = bodies(visitor.app)

    assert "hunter2" not in said
    assert "not the password" not in said
    assert PASSWORD not in said
    assert "argon2" not in said


def test_a_password_is_stored_as_argon2id_of_at_least_19_mib_and_two_passes(
    as_installed: Flask,
) -> None:
    with as_installed.app_context():
        stored = person().password

    parts: dict[str, Any] = dict(part.split("=") for part in stored.split("$")[3].split(","))
    assert stored.startswith("$argon2id$")
    assert int(parts["m"]) >= 19 * 1024
    assert int(parts["t"]) >= 2


def test_somebody_of_two_clinics_comes_back_to_the_one_of_last_time(
    clinic_app: Flask, visitor: Browser
) -> None:
    with clinic_app.app_context(), job():
        abbey = actions.create_clinic(
            code="abbey", name="Abbey", timezone="Europe/London", second_factor_required=False
        ).id
        actions.add_membership(person().id, abbey, Role.THERAPIST)
    visitor.sign_in()
    first = rows(clinic_app)[-1].clinic_id
    with clinic_app.app_context(), job():
        actions.deactivate(person().id, abbey)
    visitor.sign_in()
    with clinic_app.app_context(), job():
        actions.set_role(person().id, abbey, Role.THERAPIST)
    visitor.sign_out()
    visitor.sign_in()

    assert (first, rows(clinic_app)[-1].clinic_id) == (abbey, CLINIC_ID)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_long_password_counts_to_its_last_letter(clinic_app: Flask, visitor: Browser) -> None:
    """6.2.8, 6.2.9: none is cut, as bcrypt would at 72 bytes."""
    long = "seven purple lanterns drift over a wide and silent harbour, " * 2 + "tonight"
    with clinic_app.app_context(), job():
        actions.change_password(person().id, long)

    for part in (long[:64], long[:72], long[:-1], long.upper()):
        visitor.sign_in(password=part)
        assert not visitor.is_signed_in(), len(part)
    visitor.sign_in(password=long)
    assert visitor.is_signed_in()

"""This file is about the operator's door: the first person of an empty database is made there."""

import re

import pytest
from click.testing import Result
from flask import Flask

from tests.accounts.browser import NURSE, Browser, bodies, refusal
from tests.clock import Clock
from tests.factories import PASSWORD

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

CODE = re.compile(r"One-time code for \S+: (\S+)")
NEW = "seven purple lanterns drift"
FIRST = ("--email", "a@clinic.example", "--name", "Ada Quinn", "--role", "administrator")
HILL = ("--clinic", "hill", "--clinic-name", "Hill Clinic", "--timezone", "Europe/London")


def run(app: Flask, *arguments: str, password: str | None = NEW, typed: str = "") -> Result:
    """`flask user ...` as an operator types it."""
    environment = {"CLINIC_PASSWORD": password} if password else {}
    return app.test_cli_runner().invoke(
        args=["user", *arguments], env=environment, input=typed, catch_exceptions=False
    )


def test_the_first_person_comes_with_their_clinic(app: Flask) -> None:
    result = run(app, "create", *FIRST, *HILL)

    assert result.exit_code == 0
    assert result.output == "a@clinic.example can sign in as administrator of Hill Clinic.\n"
    assert Browser(app).sign_in("a@clinic.example", NEW).status_code == 302


def test_nobody_is_there_before(app: Flask) -> None:
    assert run(app, "list").output == ""
    assert "tries left" in refusal(Browser(app).sign_in("admin@clinic.example", "admin"))


def test_the_password_may_come_from_standard_input(app: Flask) -> None:
    result = run(app, "create", *FIRST, *HILL, "--password-stdin", password=None, typed=NEW + "\n")

    assert result.exit_code == 0
    assert Browser(app).sign_in("a@clinic.example", NEW).status_code == 302


def test_the_password_is_asked_for_twice_and_not_shown(app: Flask) -> None:
    result = run(app, "create", *FIRST, *HILL, password=None, typed=f"{NEW}\n{NEW}\n")

    assert result.exit_code == 0
    assert NEW not in result.output
    assert Browser(app).sign_in("a@clinic.example", NEW).status_code == 302


def test_a_password_among_the_arguments_is_refused(app: Flask) -> None:
    result = run(app, "create", *FIRST, *HILL, "--password", NEW, password=None)

    assert result.exit_code == 2
    assert "Set CLINIC_PASSWORD" in result.output
    assert run(app, "list").output == ""


def test_a_weak_password_makes_neither_person_nor_clinic(app: Flask) -> None:
    result = run(app, "create", *FIRST, *HILL, password="password1234567")

    assert result.exit_code == 1
    assert result.output == "Error: This is easy to guess. A few unrelated words work well.\n"
    assert '"Clinic"' not in bodies(app)


def test_a_new_clinic_needs_its_name_and_time_zone(app: Flask) -> None:
    result = run(app, "create", *FIRST, "--clinic", "hill")

    assert result.exit_code == 2
    assert "add --clinic-name and --timezone" in result.output


def test_an_unknown_role_is_refused(app: Flask) -> None:
    assert run(app, "create", *FIRST, *HILL, "--role", "root").exit_code == 2


def test_another_person_joins_a_clinic_that_is_there(clinic_app: Flask) -> None:
    result = run(clinic_app, "create", *FIRST, "--clinic", "harbour")

    assert result.exit_code == 0
    assert run(clinic_app, "list").output.splitlines() == [
        "a@clinic.example\tAda Quinn\tharbour\tadministrator\tactive",
        "nurse@clinic.example\tAiko Kimura\tharbour\tnurse\tactive",
        "psychiatrist@clinic.example\tPriya Nair\tharbour\tpsychiatrist\tactive",
    ]


def test_the_first_administrator_comes_by_a_code_that_is_over_after_a_day(
    app: Flask, clock: Clock
) -> None:
    """A fresh installation: 6.3.2 the code works once; nobody else learns the password."""
    result = run(app, "invite", *FIRST, *HILL, password=None)
    late = run(app, "invite", *FIRST, "--email", "b@clinic.example", "--clinic", "hill")

    assert "It works once, until 13 March 09:00 GMT." in result.output
    code = CODE.search(result.output)
    assert code
    assert chosen(app, code[1]) == "/sign-in"
    assert chosen(app, code[1]) is None, "used"
    asked = Browser(app).sign_in("a@clinic.example", NEW)
    assert asked.location == "/account/second-step", "a second step before anything opens"
    clock.advance(hours=24)
    code = CODE.search(late.output)
    assert code
    assert chosen(app, code[1]) is None, "over"


def chosen(app: Flask, code: str) -> str | None:
    """Type a code and choose a password. Where one is led then; None: the code opens nothing."""
    browser = Browser(app)
    page = browser.post("/one-time", page="/one-time", code=code).location
    if page is None:
        return None
    return browser.post(page, page=page, password=NEW, again=NEW).location


def test_a_code_for_a_forgotten_password_signs_the_person_out(clinic_app: Flask) -> None:
    visitor = Browser(clinic_app)
    visitor.sign_in()
    code = CODE.search(run(clinic_app, "link", "--email", NURSE).output)
    assert code
    assert visitor.is_signed_in(), "until it is used"

    chosen(clinic_app, code[1])

    assert not visitor.is_signed_in()
    assert visitor.sign_in(password=PASSWORD).status_code == 200
    assert visitor.sign_in(password=NEW).status_code == 302


def test_somebody_who_left_no_longer_signs_in(clinic_app: Flask) -> None:
    assert run(clinic_app, "deactivate", "--email", NURSE).exit_code == 0

    assert Browser(clinic_app).sign_in().status_code == 200


@pytest.mark.parametrize("command", ["link", "deactivate", "forget-second-step"])
def test_a_name_that_nobody_has_is_said(clinic_app: Flask, command: str) -> None:
    result = run(clinic_app, command, "--email", "nobody@clinic.example")

    assert (result.exit_code, result.output) == (
        1,
        "Error: Nobody has the email nobody@clinic.example.\n",
    )


def test_another_role_works_at_once(clinic_app: Flask) -> None:
    nurse = Browser(clinic_app)
    nurse.sign_in()

    result = run(clinic_app, "role", "--email", NURSE, "--clinic", "harbour", "--role", "auditor")

    assert result.output == "They are auditor now.\n"
    assert not nurse.is_signed_in()
    assert "auditor" in run(clinic_app, "list").output


def test_a_role_in_a_clinic_that_is_not_theirs_is_said(clinic_app: Flask) -> None:
    result = run(clinic_app, "role", "--email", NURSE, "--clinic", "hull", "--role", "auditor")

    assert result.exit_code == 1
    assert "There is no clinic 'hull'." in result.output


@pytest.mark.parametrize(
    ("demo", "switch", "asked"),
    [
        (False, "--required", True),
        (False, "--not-required", True),
        (True, "--not-required", False),
    ],
)
def test_only_the_demo_goes_without_a_second_step(
    clinic_app: Flask, switch: str, *, demo: bool, asked: bool
) -> None:
    run(clinic_app, "second-step", "--clinic", "harbour", "--required")
    clinic_app.config["DEMO"] = demo

    result = run(clinic_app, "second-step", "--clinic", "harbour", switch)

    assert (result.exit_code == 0) is (demo or switch == "--required")
    assert ("second-step" in Browser(clinic_app).sign_in().headers["Location"]) == asked

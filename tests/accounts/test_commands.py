"""This file is about the operator's door: the first person of an empty database is made there."""

import pytest
from click.testing import Result
from flask import Flask

from tests.accounts.browser import NURSE, Browser, bodies, refusal
from tests.factories import PASSWORD

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

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


def test_a_new_password_signs_the_person_out(clinic_app: Flask) -> None:
    visitor = Browser(clinic_app)
    visitor.sign_in()

    assert run(clinic_app, "password", "--email", NURSE).exit_code == 0

    assert not visitor.is_signed_in()
    assert visitor.sign_in(password=PASSWORD).status_code == 200
    assert visitor.sign_in(password=NEW).status_code == 302


def test_somebody_who_left_no_longer_signs_in(clinic_app: Flask) -> None:
    assert run(clinic_app, "deactivate", "--email", NURSE).exit_code == 0

    assert Browser(clinic_app).sign_in().status_code == 200


@pytest.mark.parametrize("command", ["password", "deactivate", "forget-second-step"])
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


@pytest.mark.parametrize(("switch", "asked"), [("--required", True), ("--not-required", False)])
def test_a_clinic_switches_the_second_step(clinic_app: Flask, switch: str, *, asked: bool) -> None:
    result = run(clinic_app, "second-step", "--clinic", "harbour", switch)

    answer = Browser(clinic_app).sign_in()

    assert result.exit_code == 0
    assert ("second-step" in answer.headers["Location"]) == asked

"""This file is about publishing from the terminal: by whom, for which clinic."""

import pytest

from clinic.core.db import job
from clinic.core.permissions import Role
from clinic.protocols import queries
from tests.factories import make_user

CODE = "esketamine-nasal-56-84"


@pytest.fixture
def marta(app, somebody):
    with app.app_context(), job():
        return make_user(role=Role.ADMINISTRATOR, email="marta@clinic.example")


@pytest.fixture
def run(app):
    def command(*words: str):
        return app.test_cli_runner().invoke(args=["protocols", *words])

    return command


def test_a_shipped_protocol_is_put_in_force(run, work, somebody, marta):
    result = run("publish", CODE, "--clinic", "harbour", "--by", "Marta@Clinic.example")

    assert result.exit_code == 0, result.output
    assert f"{CODE} version 1 is in force" in result.output
    with work(somebody):
        assert queries.in_force(CODE).published_by_id == marta.id


def test_the_same_again_is_refused_in_a_sentence(run, marta):
    order = ("publish", CODE, "--clinic", "harbour", "--by", "marta@clinic.example")
    run(*order)

    result = run(*order)

    assert result.exit_code == 1
    assert "says the same already" in result.output


@pytest.mark.parametrize(
    ("clinic", "email", "sentence"),
    [
        ("nowhere", "marta@clinic.example", "There is no clinic 'nowhere'."),
        ("hill", "marta@clinic.example", "works in Hill Clinic."),
        ("harbour", "nobody@clinic.example", "works in Harbour Clinic."),
    ],
)
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_only_somebody_who_works_in_the_clinic_publishes(run, marta, clinic, email, sentence):
    result = run("publish", CODE, "--clinic", clinic, "--by", email)

    assert result.exit_code == 1
    assert sentence in result.output


def test_the_library_is_listed_with_what_each_is(run):
    result = run("library")

    assert CODE in result.output
    assert "Demonstration, not approved by a clinician" in result.output

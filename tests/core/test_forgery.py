"""This file is about requests that our own pages did not send."""

import time

import pytest
from sqlalchemy import select

from clinic.core.db import db
from tests.conftest import Work
from tests.core.conftest import sqlite_only
from tests.core.trial import HERE, Ward

pytestmark = sqlite_only
METHODS = ["POST", "PUT", "PATCH", "DELETE"]
BODIES = [{"data": {"a": "1"}}, {"json": {"a": 1}}, {"data": b"raw", "content_type": "text/plain"}]


def wards(work: Work) -> set[str]:
    with work(HERE):
        return set(db.session.scalars(select(Ward.name)))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("body", BODIES)
def test_without_the_token_nothing_is_written(method, body, nurse, work: Work) -> None:
    response = nurse.ask(method, "/trial/write/well", **body)

    assert response.status_code == 400
    assert wards(work) == {"mine"}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("body", BODIES)
def test_with_the_token_in_the_header_it_is(method, body, nurse, work: Work) -> None:
    response = nurse.send(method, "/trial/write/well", **body)

    assert response.status_code == 201
    assert wards(work) == {"mine", "well"}


def test_with_the_token_in_the_form_it_is(nurse) -> None:
    token = nurse.token()

    response = nurse.ask("POST", "/trial/write/well", data={"csrf_token": token})

    assert response.status_code == 201


@pytest.mark.parametrize("token", ["", "x", "a" * 5000, "ä", "IjE2YzM1.aaaa.bbbb"])
def test_a_wrong_token_is_none(token: str, nurse) -> None:
    response = nurse.ask("POST", "/trial/write/well", data={"csrf_token": token})

    assert response.status_code == 400


def test_a_token_of_another_session_is_none(app, nurse, anybody) -> None:
    response = nurse.send("POST", "/trial/write/well", headers={"X-CSRFToken": anybody.token()})

    assert response.status_code == 400


def test_a_token_in_the_body_of_a_script_does_not_count(nurse) -> None:
    token = nurse.token()

    response = nurse.ask("POST", "/trial/write/well", json={"csrf_token": token})

    assert response.status_code == 400


def test_the_outbox_is_told_to_fetch_a_new_token(nurse) -> None:
    response = nurse.ask("PUT", "/trial/write/well", json={"a": 1})

    assert response.get_json() == {"error": "csrf", "fields": {}}


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil"])
def test_a_page_of_another_site_is_refused_even_with_a_token(origin, nurse) -> None:
    """A12: an action by link or without token."""
    response = nurse.send("POST", "/trial/write/well", headers={"Origin": origin})

    assert response.status_code == 400


def test_our_own_page_says_where_it_is_from(nurse) -> None:
    response = nurse.send("POST", "/trial/write/well", headers={"Origin": "http://localhost"})

    assert response.status_code == 201


def test_a_token_lives_as_long_as_its_session(nurse, monkeypatch) -> None:
    token = nurse.token()
    tomorrow = time.time() + 24 * 3600
    monkeypatch.setattr("time.time", lambda: tomorrow)

    response = nurse.ask("POST", "/trial/write/well", data={"csrf_token": token})

    assert response.status_code == 201

"""This file is about what every answer carries and what no answer tells."""

import re

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from clinic import create_app
from clinic.core.db import db
from tests.conftest import configuration
from tests.core.conftest import sqlite_only
from tests.core.trial import HERE

pytestmark = sqlite_only

PATHS = {
    "a page": "/trial/token",
    "a page that is not there": "/nowhere",
    "a page for others": "/trial/configure",
    "a file": "/static/css/base.css",
    "a file that is not there": "/static/nothing.css",
    "a health check": "/healthz",
    "a redirection": "/",
}


@pytest.mark.parametrize("path", PATHS)
def test_these_headers_stand_on(path: str, anybody) -> None:
    response = anybody.get(PATHS[path])

    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "'unsafe" not in policy
    assert {"object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= {
        part.strip() for part in policy.split(";")
    }
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]


@pytest.mark.parametrize("path", [path for name, path in PATHS.items() if name != "a file"])
def test_only_our_own_files_may_be_kept(path: str, anybody) -> None:
    """A27: one person's page for another."""
    assert anybody.get(path).headers["Cache-Control"] == "no-store"
    assert "no-store" not in anybody.get(PATHS["a file"]).headers["Cache-Control"]


def test_an_error_carries_the_headers_too(nurse) -> None:
    response = nurse.post("/trial/write/failing")

    assert response.status_code == 500
    assert "default-src" in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "no-store"


def test_every_answer_has_a_nonce_of_its_own(anybody) -> None:
    policies = {anybody.get("/healthz").headers["Content-Security-Policy"] for _ in range(3)}

    assert len(policies) == 3
    assert all(re.search(r"'nonce-[\w-]{22}'", policy) for policy in policies)


def test_browsers_are_told_to_come_by_tls_unless_the_operator_says_otherwise(
    anybody, database_uri
) -> None:
    application = create_app(configuration(database_uri, CLINIC_INSECURE_COOKIES=""))
    secure = application.test_client()

    assert "Strict-Transport-Security" not in anybody.get("/healthz").headers
    told = secure.get("/healthz").headers["Strict-Transport-Security"]
    assert told == "max-age=31536000; includeSubDomains"
    with application.app_context():
        db.engine.dispose()


def test_a_bug_is_told_by_its_id_alone(nurse, caplog) -> None:
    page = nurse.post("/trial/write/failing")
    script = nurse.send("PUT", "/trial/write/failing", json={})

    assert "secret detail" not in page.text + script.text
    assert "Something failed. Nothing was saved." in page.text
    assert set(script.get_json()) == {"error", "fields", "id"}
    assert f"error {script.get_json()['id']}" in caplog.text


def test_a_refusal_of_the_domain_is_told_in_its_own_words(nurse) -> None:
    page = nurse.post("/trial/write/clashing")
    script = nurse.send("PUT", "/trial/write/misfitting", json={})

    assert "This was signed meanwhile." in page.text
    assert script.get_json() == {
        "error": "Nothing was saved.",
        "fields": {"name": ["Enter a name."]},
    }


def test_a_taken_id_is_a_clash_and_says_nothing_of_the_database(nurse) -> None:
    """A25: database errors on a page."""
    response = nurse.send("PUT", "/trial/write/double", json={})

    assert response.status_code == 409
    assert response.get_json()["error"] == (
        "This was changed or signed by somebody else meanwhile."
    )


def test_a_missing_value_is_our_bug_and_not_a_clash(nurse) -> None:
    response = nurse.send("PUT", "/trial/write/null", json={})

    assert (response.status_code, "trial_ward" in response.text) == (500, False)


def test_the_log_of_a_fault_holds_no_value_of_a_record(nurse, caplog) -> None:
    nurse.send("PUT", "/trial/write/null", json={})

    assert "INSERT INTO trial_ward" in caplog.text
    assert str(HERE.clinic_id) not in caplog.text
    assert HERE.clinic_id.hex not in caplog.text


def test_a_method_that_is_not_possible_names_those_that_are(nurse) -> None:
    response = nurse.send("POST", "/trial/token")

    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("kind", ["form", "json"])
def test_a_body_that_is_too_large_is_refused(kind: str, nurse) -> None:
    """A28: a body without end."""
    body = b"name=" + b"a" * 1_000_001
    mime = {"form": "application/x-www-form-urlencoded", "json": "application/json"}[kind]

    response = nurse.send("POST", "/trial/wards/" + "0" * 8, data=body, content_type=mime)
    assert response.status_code == 404

    response = nurse.ask("POST", "/trial/write/well", data=body, content_type=mime)
    assert response.status_code in (400, 413)


def test_too_many_fields_are_refused(nurse) -> None:
    """A28: a body without end."""
    part = b'--x\r\nContent-Disposition: form-data; name="f"\r\n\r\n1\r\n'

    response = nurse.send(
        "POST",
        "/trial/write/well",
        data=part * 1001 + b"--x--\r\n",
        content_type="multipart/form-data; boundary=x",
    )
    assert response.status_code == 201  # the view reads no field of it

    response = nurse.ask(
        "POST",
        "/trial/write/well",
        data=part * 1001 + b"--x--\r\n",
        content_type="multipart/form-data; boundary=x",
    )
    assert response.status_code == 413


def test_the_health_check_says_nothing_private(anybody) -> None:
    response = anybody.get("/healthz")

    assert response.get_json() == {"status": "ok"}
    assert "Set-Cookie" not in response.headers


def test_the_health_check_touches_the_database(app, anybody) -> None:
    with app.app_context():
        engine = db.engine

    @event.listens_for(engine, "before_cursor_execute")
    def away(_connection, _cursor, statement: str, *_: object) -> None:
        if "clinic_head" in statement:
            raise OperationalError(statement, {}, Exception("/var/lib/clinic is gone"))

    response = anybody.get("/healthz")

    assert response.status_code == 503
    assert "/var/lib" not in response.text


@pytest.mark.parametrize("path", ["/sign-in", "/", "/nowhere", "/healthz"])
def test_a_database_that_is_away_is_said_on_every_page(path: str, database_uri) -> None:
    application = create_app(configuration(database_uri) | {"TESTING": False})
    with application.app_context():
        engine = db.engine

    @event.listens_for(engine, "before_cursor_execute")
    def away(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("/var/lib/clinic is gone"))

    client = application.test_client()
    client.set_cookie("session", "anything")
    response = client.get(path)
    engine.dispose()

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert "default-src" in response.headers["Content-Security-Policy"]
    assert "The server cannot save now" in response.text
    assert "/var/lib" not in response.text


@pytest.fixture
def known_by_name(app):
    """The application, told which names it has."""
    app.config["TRUSTED_HOSTS"] = ["clinic.example"]
    return app


@pytest.mark.parametrize("host", ["evil.example", "clinic.example.evil", "", "a b", "[::1"])
@pytest.mark.parametrize("path", ["/", "/healthz", "/static/css/base.css", "/nowhere"])
def test_a_foreign_host_is_refused(host: str, path: str, known_by_name, anybody) -> None:
    """A23: a foreign Host."""
    response = anybody.get(path, headers={"Host": host})

    assert response.status_code == 400
    assert "does not answer to that name" in response.text
    assert "evil" not in response.text + str(response.headers)


def test_its_own_host_is_served(known_by_name, anybody) -> None:
    assert anybody.get("/healthz", headers={"Host": "clinic.example"}).status_code == 200


def test_a_forwarded_host_counts_only_behind_a_proxy_that_was_named(app, anybody) -> None:
    forwarded = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}

    response = anybody.get("/", headers=forwarded)

    assert "evil" not in response.headers["Location"]

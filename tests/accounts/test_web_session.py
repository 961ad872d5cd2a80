"""This file is about the session on the server: one random id, one row, and when it ends."""

import hashlib
from typing import Any

from flask import Flask
from sqlalchemy import event, select

from clinic import create_app
from clinic.accounts.models import User
from clinic.core.db import db, job
from clinic.core.permissions import Permission, requires
from tests.accounts.browser import A_PAGE, NURSE, Browser, rows
from tests.clock import Clock
from tests.conftest import configuration
from tests.factories import CLINIC_ID, PASSWORD, make_clinic, make_user


def test_a_page_that_keeps_nothing_leaves_no_cookie_and_no_row(visitor: Browser) -> None:
    response = visitor.get("/account")

    assert response.headers.getlist("Set-Cookie") == []
    assert rows(visitor.app) == []


def test_a_form_needs_a_row_without_a_person(visitor: Browser) -> None:
    visitor.get("/sign-in")

    (row,) = rows(visitor.app)
    assert (row.user_id, row.clinic_id, row.ended_at) == (None, None, None)


def test_only_the_hash_of_the_id_is_kept(visitor: Browser) -> None:
    visitor.sign_in()

    row = rows(visitor.app)[-1]
    assert row.token_hash == hashlib.sha256(visitor.cookie.encode()).hexdigest()
    assert visitor.cookie not in row.data
    assert row.clinic_id == CLINIC_ID


def test_an_id_has_256_random_bits_and_no_two_are_alike(clinic_app: Flask) -> None:
    ids = set()
    for number in range(20):
        visitor = Browser(clinic_app, f"192.0.2.{number}")
        visitor.get("/sign-in")
        ids.add(visitor.cookie)

    assert len(ids) == 20
    assert {len(token) for token in ids} == {43}


def test_an_id_planted_before_sign_in_opens_nothing_after(visitor: Browser) -> None:
    visitor.get("/sign-in")
    planted = visitor.cookie
    visitor.sign_in()
    chosen_by_server = visitor.cookie

    attacker = Browser(visitor.app)
    attacker.cookie = planted

    assert planted != chosen_by_server
    assert not attacker.is_signed_in()


def test_an_id_that_the_browser_made_up_is_not_taken(visitor: Browser) -> None:
    visitor.cookie = "a" * 43
    visitor.sign_in()

    assert visitor.cookie != "a" * 43
    assert visitor.is_signed_in()


def test_the_token_of_the_form_changes_at_sign_in(visitor: Browser) -> None:
    visitor.get("/sign-in")
    with visitor.client.session_transaction() as before:
        old = before["csrf_token"]
    visitor.sign_in()
    visitor.get(A_PAGE)

    with visitor.client.session_transaction() as after:
        assert after["csrf_token"] != old


def test_the_cookie_is_for_this_host_over_tls_and_for_no_script(
    database_uri: str, clock: Clock
) -> None:
    settings = configuration(database_uri, CLINIC_INSECURE_COOKIES="0")
    secure = create_app(settings, clock=clock)
    with secure.app_context(), job():
        make_clinic()
        make_user()
    client = secure.test_client()
    client.get("/sign-in", base_url="https://localhost")
    token = client.get("/sign-in", base_url="https://localhost").text
    token = token.split('name="csrf_token" value="')[1].split('"')[0]
    signed_in = client.post(
        "/sign-in",
        data={"csrf_token": token, "email": NURSE, "password": PASSWORD},
        base_url="https://localhost",
        headers={"Referer": "https://localhost/sign-in"},
    )
    (cookie,) = signed_in.headers.getlist("Set-Cookie")
    with secure.app_context():
        db.engine.dispose()

    name, *flags = [part.split("=")[0] for part in cookie.split("; ")]
    assert name == "__Host-session"
    assert set(flags) == {"Secure", "HttpOnly", "Path", "SameSite"}
    assert "Path=/;" in cookie
    assert "SameSite=Lax" in cookie


def test_without_tls_the_cookie_has_its_plain_name(visitor: Browser) -> None:
    (cookie,) = visitor.get("/sign-in").headers.getlist("Set-Cookie")

    assert cookie.startswith("session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_a_file_of_ours_asks_for_no_session(visitor: Browser) -> None:
    visitor.sign_in()
    seen = rows(visitor.app)[-1].seen_at
    visitor.app.extensions["clinic.clock"].advance(minutes=5)
    visitor.get("/static/img/mark.svg").close()

    assert rows(visitor.app)[-1].seen_at == seen


def test_a_signed_in_page_asks_the_database_once_who_is_there(visitor: Browser) -> None:
    bare = requires(Permission.OWN_ACCOUNT)(lambda: "a page that asks nothing itself")
    visitor.app.add_url_rule("/bare", "bare", bare)
    visitor.sign_in()
    visitor.get("/bare")
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    with visitor.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    visitor.get("/bare")
    event.remove(engine, "before_cursor_execute", note)

    assert len([statement for statement in asked if not statement.startswith("BEGIN")]) == 1


def test_a_token_in_a_header_says_nothing_about_who_is_there(visitor: Browser) -> None:
    visitor.sign_in()
    with visitor.app.test_request_context("/"):
        person = db.session.scalars(select(User).where(User.email == NURSE)).one()
        token = str(person.get_auth_token())

    stranger = Browser(visitor.app, **{"Authentication-Token": token})

    assert not stranger.is_signed_in()
    assert stranger.get("/account/second-step").location == "/sign-in"
    assert stranger.get(f"/account/second-step?auth_token={token}").location == "/sign-in"

"""This file is about the session on the server: one random id, one row, and when it ends."""

import hashlib

import pytest
from flask import Flask, session
from sqlalchemy import select, update

from clinic import create_app
from clinic.accounts import actions
from clinic.accounts.models import Clinic, Membership, User
from clinic.core.db import db, job
from clinic.core.permissions import Permission, Role, requires
from tests.accounts.browser import A_PAGE, NURSE, Browser, rows
from tests.clock import Clock
from tests.conftest import configuration
from tests.factories import CLINIC_ID, PASSWORD, make_clinic, make_user


def nurse() -> User:
    return db.session.scalars(select(User).where(User.email == NURSE)).one()


def by_sql(app: Flask, statement: object) -> None:
    """Change a row as somebody with the database in hand would."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(statement)  # type: ignore[call-overload]


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


def test_a_sitting_ends_after_15_minutes_without_use(visitor: Browser, clock: Clock) -> None:
    visitor.sign_in()
    clock.advance(minutes=14, seconds=59)
    assert visitor.is_signed_in()

    clock.advance(minutes=15)

    assert not visitor.is_signed_in()
    clock.advance(minutes=-15)
    assert not visitor.is_signed_in(), "what is over stays over"


def test_a_clinic_may_have_its_own_idle_limit(
    clinic_app: Flask, visitor: Browser, clock: Clock
) -> None:
    by_sql(clinic_app, update(Clinic.__table__).values(idle_minutes=5))  # type: ignore[arg-type]
    visitor.sign_in()
    clock.advance(minutes=4, seconds=59)
    assert visitor.is_signed_in()

    clock.advance(minutes=5)

    assert not visitor.is_signed_in()


def test_a_sitting_in_use_ends_after_12_hours(visitor: Browser, clock: Clock) -> None:
    visitor.sign_in()
    for _ in range(71):
        clock.advance(minutes=10)
        assert visitor.is_signed_in()

    clock.advance(minutes=10)

    assert not visitor.is_signed_in()


def test_the_last_use_is_written_at_most_once_a_minute(visitor: Browser, clock: Clock) -> None:
    visitor.sign_in()
    visitor.get(A_PAGE)
    begun = rows(visitor.app)[-1].seen_at
    clock.advance(seconds=59)
    visitor.get(A_PAGE)
    assert rows(visitor.app)[-1].seen_at == begun

    moment = clock.advance(seconds=1)
    visitor.get(A_PAGE)

    assert rows(visitor.app)[-1].seen_at == moment


@pytest.fixture
def polling(clinic_app: Flask) -> Browser:
    """A browser whose page calls `/polled` by itself."""
    view = requires(Permission.OWN_ACCOUNT, polled=True)(lambda: "still here")
    clinic_app.add_url_rule("/polled", "polled", view)
    return Browser(clinic_app)


def test_what_the_browser_calls_by_itself_keeps_nobody_signed_in(
    polling: Browser, clock: Clock
) -> None:
    polling.sign_in()
    answers = []
    for _ in range(16):
        answers.append(polling.get("/polled?skip_timeout_reset=0&polled=false").status_code)
        clock.advance(minutes=1)

    assert answers == [200] * 15 + [303]


def test_a_parameter_or_header_does_not_switch_the_idle_limit_off(
    visitor: Browser, clock: Clock
) -> None:
    visitor.sign_in()
    visitor.headers = {"X-Skip-Timeout-Reset": "1", "HX-Request": "true"}
    clock.advance(minutes=15)

    response = visitor.get(f"{A_PAGE}?skip_timeout_reset=1&polled=1")

    assert response.status_code == 401


def test_a_sign_in_page_left_open_for_hours_still_takes_the_password(
    visitor: Browser, clock: Clock
) -> None:
    page = visitor.get("/sign-in").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    clock.advance(hours=8)

    response = visitor.send("/sign-in", {"csrf_token": token, "email": NURSE, "password": PASSWORD})

    assert response.status_code == 302
    assert visitor.is_signed_in()


def test_rows_that_nobody_signed_in_with_are_cleared_away(clinic_app: Flask, clock: Clock) -> None:
    for number in range(3):
        Browser(clinic_app, f"192.0.2.{number}").get("/sign-in")
    clock.advance(hours=13)

    Browser(clinic_app).get("/sign-in")

    assert len(rows(clinic_app)) == 1


def test_somebody_who_is_sent_home_is_out_at_once_everywhere(
    clinic_app: Flask, visitor: Browser
) -> None:
    other = Browser(clinic_app)
    visitor.sign_in()
    other.sign_in()

    with clinic_app.app_context(), job():
        actions.deactivate(nurse().id)

    assert not visitor.is_signed_in()
    assert not other.is_signed_in()
    assert all(row.ended_at for row in rows(clinic_app) if row.user_id)


def test_a_place_taken_away_in_the_database_works_at_the_next_request(
    clinic_app: Flask, visitor: Browser
) -> None:
    visitor.sign_in()

    by_sql(clinic_app, update(Membership.__table__).values(is_active=False))  # type: ignore[arg-type]

    assert not visitor.is_signed_in()
    assert visitor.get("/sign-in").status_code == 200


def test_a_role_changed_in_the_database_works_at_the_next_request(
    clinic_app: Flask, visitor: Browser
) -> None:
    clinic_app.add_url_rule(
        "/board-only", "board_only", requires(Permission.BOARD_READ)(lambda: "the board")
    )
    visitor.sign_in()
    assert visitor.get("/board-only").status_code == 200

    by_sql(clinic_app, update(Membership.__table__).values(role=Role.AUDITOR))  # type: ignore[arg-type]

    assert visitor.get("/board-only").status_code == 403


def test_a_new_role_given_by_the_program_asks_to_sign_in_again(
    clinic_app: Flask, visitor: Browser
) -> None:
    visitor.sign_in()

    with clinic_app.app_context(), job():
        actions.set_role(nurse().id, CLINIC_ID, Role.THERAPIST)

    assert not visitor.is_signed_in()


def test_a_sitting_that_was_ended_is_not_brought_back_by_a_request_under_way(
    clinic_app: Flask, visitor: Browser
) -> None:
    def slow() -> str:
        session["typed"] = "while somebody pressed sign out"
        end_from_elsewhere()
        return "done"

    def end_from_elsewhere() -> None:
        with clinic_app.test_request_context("/sign-in"), job():
            actions.deactivate(nurse().id)

    clinic_app.add_url_rule("/slow", "slow", requires(Permission.OWN_ACCOUNT)(slow))
    visitor.sign_in()
    visitor.get("/slow")

    row = rows(clinic_app)[-1]
    assert row.ended_at is not None
    assert row.data == "{}"

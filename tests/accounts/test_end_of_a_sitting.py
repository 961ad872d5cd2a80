"""This file is about how a sitting ends by itself: unused, old, or because the person may not."""

import pytest
from flask import Flask, g, session
from sqlalchemy import select, update

from clinic.accounts import actions
from clinic.accounts.models import Clinic, Membership, User
from clinic.core.db import db, job
from clinic.core.permissions import Permission, Role, requires
from tests.accounts.browser import A_PAGE, NURSE, Browser, rows
from tests.clock import Clock
from tests.factories import CLINIC_ID, PASSWORD


def nurse() -> User:
    return db.session.scalars(select(User).where(User.email == NURSE)).one()


def by_sql(app: Flask, statement: object) -> None:
    """Change a row as somebody with the database in hand would."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(statement)  # type: ignore[call-overload]


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
    """A20: a parameter or a poll that keeps somebody signed in."""
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
    """A11: from a script to a role."""
    visitor.sign_in()

    with clinic_app.app_context(), job():
        actions.set_role(nurse().id, CLINIC_ID, Role.THERAPIST)

    assert not visitor.is_signed_in()


def test_a_sitting_that_was_ended_is_not_brought_back_by_a_request_under_way(
    clinic_app: Flask, visitor: Browser
) -> None:
    """A19: a session that survives."""

    def slow() -> str:
        session["typed"] = "while somebody pressed sign out"
        end_from_elsewhere()
        return "done"

    def end_from_elsewhere() -> None:
        with clinic_app.test_request_context("/sign-in", method="POST"), job():
            g.writing = True
            actions.deactivate(nurse().id)

    clinic_app.add_url_rule("/slow", "slow", requires(Permission.OWN_ACCOUNT)(slow))
    visitor.sign_in()
    visitor.get("/slow")

    row = rows(clinic_app)[-1]
    assert row.ended_at is not None
    assert row.data == "{}"

"""The board: a silent tablet (D4.3), hand-over (D8.1), what needs action, filters, the wall."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from clinic.accounts.models import Duty
from clinic.accounts.rules.duties import DutyKind
from clinic.core.acting import act_as
from clinic.core.audit import AuditEvent
from clinic.core.db import apart, db, job
from clinic.core.permissions import Role
from clinic.patients.models import Patient
from clinic.sessions.models import TabletHeard
from tests.accounts.browser import Browser
from tests.factories import make_user
from tests.sessions.story import Morning, moment, morning

__all__ = ["morning"]

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
SILENT = "Room 2 silent, check in person"


@pytest.fixture
def observing(morning: Morning) -> Morning:
    """All devices given, watched since; it is 09:46."""
    morning.until("09:46")
    return morning


def words(browser: Browser, address: str = "/board") -> str:
    """A page without its markup."""
    page = browser.get(address)
    assert page.status_code == 200, page.text
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def rows(morning: Morning, **headers: str) -> Any:
    """What the board asks for by itself."""
    return morning.browser.client.get("/board/rows", headers=headers)


def at(morning: Morning, time: str, seconds: int = 0) -> None:
    morning.clock.now = moment(time) + timedelta(seconds=seconds)


def heard(morning: Morning) -> list[Any]:
    """When tablets were heard of, as it is stored."""
    with (
        morning.app.app_context(),
        act_as(morning.acting),
        apart(write=False) as session,
    ):
        return [row.heard_at for row in session.scalars(select(TabletHeard))]


@pytest.mark.parametrize(("time", "seconds", "silent"), [("09:48", 59, False), ("09:49", 0, True)])
def test_d4_3_a_tablet_silent_for_three_minutes_is_on_the_board(
    observing: Morning, time: str, seconds: int, silent: bool
) -> None:
    at(observing, time, seconds)

    assert (SILENT in words(observing.browser)) is silent


def test_d4_3_a_page_that_asks_by_itself_is_a_sign_of_life(observing: Morning) -> None:
    at(observing, "09:48")
    observing.page("/live")
    at(observing, "09:50", 59)
    before = words(observing.browser)
    at(observing, "09:51")

    assert heard(observing) == [moment("09:48")]
    assert SILENT not in before
    assert SILENT in words(observing.browser)
    assert "Last heard of 09:48" in words(observing.browser)


def test_d4_3_a_page_that_hears_304_is_a_sign_of_life_too(observing: Morning) -> None:
    tag = observing.page("/live").headers["ETag"]
    observing.clock.now += timedelta(seconds=31)
    same = observing.browser.client.get(f"{observing.address}/live", headers={"If-None-Match": tag})

    assert same.status_code == 304
    assert heard(observing) == [moment("09:46") + timedelta(seconds=31)]


def test_d4_3_it_is_written_seldom_and_not_into_the_trail(observing: Morning) -> None:
    observing.page("/live")
    first = heard(observing)
    observing.clock.now += timedelta(seconds=29)
    observing.page("/live")

    assert heard(observing) == first
    with observing.app.app_context(), apart(write=False) as session:
        trail = list(session.scalars(select(AuditEvent.body)))
    assert trail
    assert not [event for event in trail if "tablet_heard" in event]


def test_d4_3_whoever_only_looks_on_is_at_nobodys_side(observing: Morning, app: Flask) -> None:
    looking = Browser(app)
    looking.sign_in("therapist@clinic.example")
    at(observing, "09:48")

    assert looking.get(f"{observing.address}/live").status_code == 200
    assert heard(observing) == [moment("09:46")]  # the last entry, by somebody who was there


def test_d4_3_nobody_waits_for_a_tablet_once_she_has_left(observing: Morning) -> None:
    observing.sent("09:47", "transition", event="left-against-advice", text="Her son is ill.")
    at(observing, "10:30")

    assert SILENT not in words(observing.browser)


def test_d4_3_silence_changes_the_answer_to_a_board_that_asks(observing: Morning) -> None:
    at(observing, "09:48")
    tag = rows(observing).headers["ETag"]
    same = rows(observing, **{"If-None-Match": tag})
    at(observing, "09:49")
    other = rows(observing, **{"If-None-Match": tag})

    assert (same.status_code, other.status_code) == (304, 200)


def test_d8_1_the_board_shows_to_whom_a_session_is_offered(observing: Morning, app: Flask) -> None:
    with app.app_context(), job():
        tom = make_user(full_name="Tom Becker", email="tom@example.org").id
    observing.sent("09:47", "handover", event="offered", to_id=str(tom))
    his = Browser(app)
    his.sign_in("tom@example.org")

    assert "offered to Tom Becker" in words(observing.browser)
    assert "hands this session over to you" not in words(observing.browser)
    assert "Aiko Kimura hands this session over to you" in words(his)


def test_d8_1_after_acceptance_the_alert_has_another_owner_on_the_board(
    observing: Morning, app: Flask
) -> None:
    observing.read("10:31")
    assert "Owner Aiko Kimura · Open since 10:31" in words(observing.browser)
    with app.app_context(), job():
        tom = make_user(full_name="Tom Becker", email="tom@example.org").id
    observing.sent("10:32", "handover", event="offered", to_id=str(tom))
    his = Browser(app)
    his.sign_in("tom@example.org")
    his.post(
        f"{observing.address}/entries/{uuid.uuid4()}", page="/account/password",
        kind="handover", event="accepted", effective_at="now",
    )  # fmt: skip

    assert "Owner Tom Becker · Open since 10:31" in words(observing.browser)


def test_an_emergency_stands_first_and_nothing_is_overdue(observing: Morning) -> None:
    observing.read("10:11")
    at(observing, "10:37")
    assert "60 min 7 min overdue" in words(observing.browser)
    observing.sent("10:37", "transition", event="emergency")
    said = words(observing.browser)

    assert "EMERGENCY since 10:37" in said
    assert "Emergency since 10:37" in said
    assert "min overdue" not in said


def test_out_of_the_room_stands_in_her_row(observing: Morning) -> None:
    observing.sent("09:47", "absence", event="left-room", text="toilet, with her partner")

    assert "Out of the room since 09:47" in words(observing.browser)


def test_the_filter_stands_in_the_address_and_is_remembered(observing: Morning, app: Flask) -> None:
    said = words(observing.browser)
    alerts = observing.browser.get("/board?show=alerts")
    again = observing.browser.get("/board")

    assert "All 1 Mine 1 With alerts 0" in said
    assert "No running session has an open alert." in alerts.text
    assert (again.status_code, again.location) == (302, "/board?show=alerts")
    assert "No running session" not in words(observing.browser, "/board?show=all")
    assert observing.browser.get("/board").status_code == 200


def test_alerts_of_others_stay_on_top_of_ones_own_sessions(observing: Morning, app: Flask) -> None:
    observing.read("10:31")
    with app.app_context(), job():
        make_user(full_name="Tom Becker", email="tom@example.org")
    his = Browser(app)
    his.sign_in("tom@example.org")
    said = words(his, "/board?show=mine")

    assert "You are responsible for none of the running sessions." in said
    assert "BP 164/102, above limit" in said


def test_a_filter_that_does_not_exist_shows_all(observing: Morning) -> None:
    assert "Maya Osei" in words(observing.browser, "/board?show=%27nonsense")


def test_on_the_wall_stand_initials_and_rooms_and_nothing_to_press(observing: Morning) -> None:
    observing.read("10:31")
    for address in ("/board?wall=1", "/board/rows?wall=1"):
        page = observing.browser.get(address).text
        main = page.partition("<main")[2].partition("</main>")[0] or page
        assert "MO" in main
        assert "Maya" not in main
        assert "Aiko" not in main
        assert "<a " not in main
        assert "<form" not in main


def test_the_wall_and_the_desk_have_tags_of_their_own(observing: Morning) -> None:
    tag = rows(observing).headers["ETag"]
    wall = observing.browser.client.get("/board/rows?wall=1", headers={"If-None-Match": tag})
    narrow = observing.browser.client.get("/board/rows?show=mine", headers={"If-None-Match": tag})

    assert (wall.status_code, narrow.status_code) == (200, 200)


def test_what_is_written_in_the_same_minute_is_on_the_board_at_once(observing: Morning) -> None:
    before = words(observing.browser)
    observing.sent("09:46", "adverse-event", event="onset", term="nausea", severity="mild")

    assert "Nausea, mild" not in before
    assert "Nausea, mild" in words(observing.browser)


def test_a_day_of_birth_that_is_put_right_is_on_the_board_in_the_same_minute(
    observing: Morning,
) -> None:
    before = words(observing.browser)
    with observing.app.app_context(), act_as(observing.acting), job():
        patient = db.session.scalars(select(Patient)).one()
        patient.gave_birth_on = moment("09:00").date() - timedelta(weeks=9)

    assert "7 wk postpartum" in before
    assert "9 wk postpartum" in words(observing.browser)


def test_administrators_see_how_many_and_no_names(observing: Morning, app: Flask) -> None:
    with app.app_context(), job():
        make_user(role=Role.ADMINISTRATOR, full_name="Marta Lindqvist", email="marta@example.org")
    marta = Browser(app)
    marta.sign_in("marta@example.org")
    at(observing, "09:50")

    page = words(marta)

    assert "Sessions that run now 1" in page
    assert "with a silent tablet 1" in page
    assert "Osei" not in page
    assert marta.get("/board/rows").status_code == 403
    polled = marta.client.get("/board/counts")
    again = marta.client.get("/board/counts", headers={"If-None-Match": polled.headers["ETag"]})
    observing.sent("09:51", "transition", event="emergency")
    after = marta.client.get("/board/counts", headers={"If-None-Match": polled.headers["ETag"]})
    assert (polled.status_code, again.status_code, after.status_code) == (200, 304, 200)
    assert 'with an emergency</dt><dd class="num b">1<' in after.text


def test_d8_4_an_emergency_says_whom_to_ring_where_the_duties_know_it(
    observing: Morning, app: Flask
) -> None:
    observing.sent("09:46", "transition", event="emergency")
    assert "Psychiatrist on call" not in words(observing.browser)
    with app.app_context(), act_as(observing.acting), job():
        doctor = make_user(role=Role.PSYCHIATRIST, full_name="Sun Mi", email="sun@example.org")
        db.session.add(
            Duty(
                kind=DutyKind.ON_CALL,
                user_id=doctor.id,
                starts_at=moment("08:00"),
                ends_at=moment("18:00"),
                note="ext. 4471",
                named_by_id=doctor.id,
                named_at=moment("08:00"),
                accepted_at=moment("08:00"),
            )
        )

    assert "Psychiatrist on call Sun Mi: ext. 4471" in words(observing.browser)
    on_the_wall = words(observing.browser, "/board?wall=1")
    assert "Psychiatrist on call: ext. 4471" in on_the_wall
    assert "Sun Mi" not in on_the_wall

"""A board on the wall stays up on an enrolled tablet, and opens nothing else."""

import pytest
from flask import Flask

from tests.accounts.browser import NURSE, Browser
from tests.accounts.tablet import enrolled, known_to, staff_with_pins, who
from tests.clock import Clock

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
BOARD, ROWS = "/board?wall=1", "/board/rows?wall=1"


def polled(browser: Browser, clock: Clock, minutes: int, address: str = ROWS) -> int:
    """The board asks every five minutes for so long: the last answer."""
    status = 0
    for _ in range(minutes // 5):
        clock.advance(minutes=5)
        status = browser.get(address).status_code
    return status


@pytest.fixture
def tablet(clinic_app: Flask) -> Browser:
    """An enrolled tablet that a nurse signed in on."""
    staff_with_pins(clinic_app)
    browser = known_to(enrolled(clinic_app), NURSE)
    browser.sign_in(NURSE)
    return browser


def test_it_stays_up_beyond_the_idle_limit_and_no_longer_than_a_sitting(
    tablet: Browser, clock: Clock
) -> None:
    page = tablet.get(BOARD)

    assert "This screen shows the board until" in page.text
    assert "data-lock" not in page.text
    assert polled(tablet, clock, 11 * 60) == 200
    assert polled(tablet, clock, 60) != 200


def test_a_board_that_is_no_wall_keeps_nobody_signed_in(tablet: Browser, clock: Clock) -> None:
    tablet.get("/board")

    assert polled(tablet, clock, 20, "/board/rows") != 200


def test_another_page_ends_it_and_shows_nothing(tablet: Browser) -> None:
    tablet.get(BOARD)

    other = tablet.get("/patients")
    back = tablet.get(BOARD)

    assert other.status_code == 303
    assert back.status_code == 303
    assert who(tablet) is None


def test_the_board_with_names_is_another_page(tablet: Browser) -> None:
    tablet.get(BOARD)

    assert tablet.get("/board").status_code == 303


def test_what_asks_by_itself_or_sends_gets_nothing_and_leaves_the_wall_up(tablet: Browser) -> None:
    tablet.get(BOARD)

    rows = tablet.get("/board/rows").status_code
    tablet.headers = {"Accept": "application/json"}
    key = tablet.get("/outbox-key").status_code
    tablet.headers = {}

    assert 200 not in (rows, key)
    assert tablet.get(ROWS).status_code == 200


def test_on_a_machine_that_is_not_enrolled_it_ends_as_it_says(
    clinic_app: Flask, clock: Clock
) -> None:
    staff_with_pins(clinic_app)
    desk = Browser(clinic_app)
    desk.sign_in(NURSE)

    page = desk.get(BOARD)

    assert "It stays up only on a tablet that is enrolled." in page.text
    assert desk.get("/patients").status_code == 200
    desk.get(BOARD)
    assert polled(desk, clock, 15) != 200

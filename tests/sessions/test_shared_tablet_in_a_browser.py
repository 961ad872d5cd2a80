"""This file is about a shared tablet in Chromium: what was half typed outlives lock and switch."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from clinic.accounts.actions.devices import enrol, know_on
from clinic.core.acting import act_as
from clinic.core.db import db, job
from clinic.sessions.models import LogEntry
from tests.accounts.tablet import PINS, TOM, id_of, staff_with_pins
from tests.axe import faults
from tests.conftest import LiveServer
from tests.sessions.story import NURSE, Morning, morning
from tests.sign_in import sign_in_on

__all__ = ["morning"]

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

HALF = "She feels light and says"
SMALL = """() => [...document.querySelectorAll("button, a")]
  .filter((one) => one.closest("dialog[open], .c-who-page") && one.checkVisibility())
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => !("send" in one.dataset) && (box.width < 44 || box.height < 44))
  .map(([one, box]) => `${box.width} x ${box.height}: ${one.outerHTML.slice(0, 120)}`)"""


@pytest.fixture
def tablet(page: Page, live_server: LiveServer, app: Flask, morning: Morning) -> Iterator[Page]:
    """An enrolled tablet that knows two nurses; a word on its console fails the test."""
    staff_with_pins(app)
    with app.app_context(), act_as(morning.acting), job():
        device, token = enrol("Tablet 1", "2")
        for email in (NURSE, TOM):
            know_on(device, id_of(email))
    said: list[str] = []
    page.set_default_timeout(10_000)
    page.on("console", lambda words: said.append(words.text) if words.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    host = urlsplit(live_server.url).hostname
    page.context.add_cookies([{"name": "device", "value": token, "domain": host, "path": "/"}])
    yield page
    told = ("401", "422", "net::ERR_INTERNET_DISCONNECTED")  # what the tests want
    assert [words for words in said if not any(code in words for code in told)] == []


def press(page: Page, digits: str) -> None:
    """Each digit on the keypad, as a gloved finger does."""
    for digit in digits:
        page.get_by_role("button", name=digit, exact=True).click()


def choose(page: Page, name: str, pin: str) -> None:
    """A face and its PIN."""
    page.get_by_role("radio", name=name).check()
    press(page, pin)


def begin_a_note(page: Page, morning: Morning) -> Locator:
    """Aiko comes by PIN, opens the session and writes half a note."""
    page.clock.install()
    page.goto(f"/switch?next={morning.address}")
    assert (faults(page), page.evaluate(SMALL)) == ([], [])
    choose(page, "Aiko Kimura", PINS["nurse"])
    page.wait_for_url(f"**{morning.address}")
    page.set_viewport_size({"width": 1180, "height": 820})
    note = page.locator("form:has(input[name=kind][value=note]) textarea[name=text]").first
    note.evaluate("(field, words) => { field.value = words; }", HALF)
    return note


def leave_alone(page: Page, morning: Morning) -> Locator:
    """Nobody touches the tablet for five minutes: it locks itself. Gives the panel."""
    morning.clock.advance(minutes=5, seconds=10)
    page.clock.fast_forward("05:10")
    panel = page.get_by_role("dialog", name="Locked")
    expect(panel.get_by_role("heading", name="Who is using the tablet?")).to_be_visible()
    return panel


def test_a_half_typed_entry_outlives_the_lock_and_is_saved_by_who_came_next(
    tablet: Page, morning: Morning, app: Flask
) -> None:
    morning.until("10:11")
    note = begin_a_note(tablet, morning)

    panel = leave_alone(tablet, morning)
    expect(panel.get_by_text("Room 2", exact=True)).to_be_visible()
    assert tablet.title() == "Locked · Clinic"
    assert "Maya" not in panel.inner_text()
    assert not tablet.get_by_text("Maya Osei").first.is_visible()
    assert (faults(tablet), tablet.evaluate(SMALL)) == ([], [])

    choose(tablet, "Tom Becker", "000000")
    expect(panel.get_by_text("PIN is not right, 3 tries left.")).to_be_visible()
    tablet.keyboard.type(PINS["tom"])
    expect(panel).to_be_hidden()
    expect(tablet.get_by_role("link", name="Switch user: Tom Becker")).to_be_visible()
    assert note.input_value() == HALF
    assert tablet.get_by_label("Systolic, mmHg").first.input_value() == "", "digits went astray"

    note.evaluate("(field) => field.form.requestSubmit()")
    row = tablet.locator(".c-log li").filter(has_text=HALF).filter(has_text="Tablet 1, room 2")
    row.first.wait_for(state="attached")
    with app.app_context(), act_as(morning.acting):
        saved = db.session.query(LogEntry).filter_by(kind="note").one()
        assert saved.author_id == id_of(TOM)


def test_without_a_connection_the_page_is_covered_and_locks_once_the_server_is_heard(
    tablet: Page, morning: Morning
) -> None:
    morning.until("10:11")
    note = begin_a_note(tablet, morning)
    panel = tablet.get_by_role("dialog", name="Locked")

    tablet.context.set_offline(True)
    tablet.get_by_role("link", name="Switch user: Aiko Kimura").click()
    expect(panel.get_by_role("heading", name="No connection")).to_be_visible()
    assert not tablet.get_by_text("Maya Osei").first.is_visible()
    panel.get_by_role("button", name="Go on as Aiko Kimura").click()
    expect(panel).to_be_hidden()

    tablet.context.set_offline(False)
    expect(panel.get_by_role("heading", name="Who is using the tablet?")).to_be_visible()
    choose(tablet, "Aiko Kimura", PINS["nurse"])
    expect(panel).to_be_hidden()
    assert note.input_value() == HALF


def test_the_sign_in_page_shuts_nobody_out(tablet: Page) -> None:
    tablet.goto("/sign-in")
    link = tablet.get_by_role("link", name="Someone already signed in on this tablet")
    expect(link).to_be_visible()
    assert faults(tablet) == []

    tablet.get_by_role("button", name="Sign in").click()
    expect(tablet.get_by_text("Enter your password.")).to_be_visible()
    assert faults(tablet) == []

    sign_in_on(tablet, NURSE)
    tablet.goto("/account/pin")
    assert faults(tablet) == []

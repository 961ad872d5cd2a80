"""What lies on a tablet: closed, each person's own, corrected or discarded, gone once saved."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from clinic.core.db import job
from tests.conftest import LiveServer
from tests.factories import make_user
from tests.outbox.alone import judged_otherwise
from tests.outbox.tablet import Tablet
from tests.outbox.test_two_tablets_browser import browser_context_args, notes
from tests.sessions.story import NURSE, Morning, morning

__all__ = ["browser_context_args", "morning"]

pytestmark = [
    pytest.mark.journey,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]
SECOND = "tom@clinic.example"
ON_DISK = """async () => {
  const db = await new Promise((resolve) => {
    indexedDB.open('clinic-outbox').onsuccess = (event) => resolve(event.target.result);
  });
  const rows = await new Promise((resolve) => {
    const asked = db.transaction('entries').objectStore('entries').getAll();
    asked.onsuccess = () => resolve(asked.result);
  });
  const letters = (buffer) => String.fromCharCode(...new Uint8Array(buffer));
  const text = rows.map((row) => JSON.stringify(row) + letters(row.sealed.data)).join();
  return [rows.length, text, (await caches.keys()).filter((name) => name.includes('pages')).length];
}"""
READ = """([systolic, diastolic]) => {
  const form = document.querySelector('form[data-entry="observation"]');
  form.elements.systolic.value = systolic;
  form.elements.diastolic.value = diastolic;
  form.requestSubmit();
}"""


@pytest.fixture
def tablet(
    morning: Morning, live_server: LiveServer, new_context: Callable[..., BrowserContext]
) -> Tablet:
    """Aiko's, with the page of the session; she is checked in."""
    morning.check_in()
    with morning.app.app_context(), job():
        make_user(full_name="Tom Reilly", email=SECOND)
    tablet = Tablet(new_context(), NURSE, morning.address)
    tablet.opens()
    return tablet


def on_disk(tablet: Tablet) -> tuple[int, str, int]:
    """(entries kept, all that can be read of them, kept pages)."""
    found: list[Any] = tablet.page.evaluate(ON_DISK)
    return found[0], found[1], found[2]


def sign_out(tablet: Tablet) -> None:
    """By the button of the menu."""
    tablet.page.locator("form[action$='/sign-out']").evaluate("form => form.requestSubmit()")


def test_what_is_kept_is_closed_alarms_on_this_tablet_alone_and_hinders_signing_out(
    tablet: Tablet, morning: Morning
) -> None:
    assert judged_otherwise(tablet) == []
    tablet.context.set_offline(True)
    tablet.writes("Milk expressed at nine")
    tablet.page.evaluate(READ, ["164", "102"])
    tablet.says("2 entries kept on this tablet")

    banner = tablet.page.locator("[data-outbox-banner]")
    expect(banner).to_contain_text("164, above limit, limit 160 or more")
    expect(banner).to_contain_text("Nobody else sees this alert. Call the psychiatrist.")
    kept, readable, _ = on_disk(tablet)
    assert kept == 2
    assert "Milk" not in readable
    assert "systolic" not in readable
    assert "note" not in readable
    sign_out(tablet)
    dialog = tablet.page.get_by_role("dialog")
    expect(dialog).to_contain_text("You can sign out when all are saved")
    expect(dialog).to_contain_text("Milk expressed at nine")

    tablet.context.set_offline(False)
    dialog.get_by_role("button", name="Send now").click()
    tablet.says("All saved")
    kept, _, pages = on_disk(tablet)
    assert (kept, pages) == (0, 1)
    sign_out(tablet)
    tablet.page.wait_for_url("**/sign-in*")
    assert on_disk(tablet)[2] == 0
    tablet.context.set_offline(True)
    tablet.page.goto(morning.address)
    expect(tablet.page.get_by_role("heading", level=1)).to_have_text("Without a connection")
    expect(tablet.page.get_by_text("Maya")).to_have_count(0)


def test_an_entry_that_needs_somebody_is_corrected_or_discarded_with_a_reason(
    tablet: Tablet, morning: Morning
) -> None:
    tablet.page.evaluate(READ, ["118", "176"])
    tablet.says("1 entry needs you")
    tablet.page.reload()
    tablet.says("1 entry needs you")
    tablet.page.get_by_role("button", name="1 entry needs you").click()
    dialog = tablet.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Diastolic must be below systolic, 118/176.")

    dialog.get_by_role("button", name="Correct").click()
    dialog.get_by_label(re.compile("^Diastolic")).fill("76")
    dialog.get_by_role("button", name="Send again").click()
    tablet.says("All saved")

    tablet.page.reload()
    tablet.page.evaluate(READ, ["118", "178"])
    tablet.says("1 entry needs you")
    tablet.page.get_by_role("button", name="1 entry needs you").click()
    dialog.get_by_role("button", name="Discard").click()
    dialog.get_by_role("button", name="Discard this entry").click()
    expect(dialog).to_contain_text("Enter why it is discarded.")
    dialog.get_by_label("Why it is discarded").fill("Typed twice")
    dialog.get_by_role("button", name="Discard this entry").click()
    expect(dialog.get_by_role("heading")).to_have_text("All saved")
    assert on_disk(tablet)[0] == 0


def test_entries_wait_for_their_author_and_are_never_somebody_elses(
    tablet: Tablet, morning: Morning
) -> None:
    """A34: entries of one person sent under another."""
    tablet.context.set_offline(True)
    tablet.writes("Written by Aiko")
    tablet.context.clear_cookies()
    tablet.context.set_offline(False)
    tablet.page.goto("/sign-in")
    tablet.signs_in(SECOND)
    tablet.page.goto(morning.address)

    tablet.says("1 entry kept on this tablet")
    tablet.page.get_by_role("button", name="1 entry kept on this tablet").click()
    expect(tablet.page.get_by_role("dialog")).to_contain_text("An entry of somebody else")
    expect(tablet.page.get_by_text("Written by Aiko")).to_have_count(0)
    assert notes(morning) == []

    tablet.context.clear_cookies()
    tablet.page.goto("/sign-in")
    tablet.signs_in(NURSE)
    tablet.page.goto(morning.address)
    tablet.says("All saved")
    assert notes(morning) == [(str(morning.acting.actor_id), "Written by Aiko")]

"""This file is about what was typed in the tablet room: refused, carried along, reached."""

import pytest
from playwright.sync_api import Page, expect

from tests.sessions.story import Morning, moment, morning
from tests.sessions.test_pages_in_a_browser import desk
from tests.sessions.test_room_in_a_browser import Hand, room, second_woman

__all__ = ["desk", "morning", "room"]

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

SOON = 12_000  # ms: two polls and a half
CUT = """(part) => part.scrollWidth > part.clientWidth || part.getBoundingClientRect().left < 0
  || part.getBoundingClientRect().right > innerWidth"""


def test_what_the_server_refuses_stands_in_its_form_again_with_the_reason(
    room: Page, morning: Morning
) -> None:
    Hand(room).keys("14892")
    room.get_by_role("button", name="Taken").click()
    room.get_by_label("Taken at").first.fill("2026-03-12T23:30")

    room.get_by_role("button", name="Save 40 min").click()

    form = room.locator("#observation-form")
    expect(form.locator(".c-err")).to_contain_text("future", timeout=SOON)
    expect(room.get_by_label("Systolic, mmHg")).to_have_value("148")
    expect(room.get_by_label("Diastolic, mmHg")).to_have_value("92")


def test_a_note_that_is_being_typed_goes_along_when_she_leaves_and_the_tone_stays_off(
    room: Page, morning: Morning
) -> None:
    room.locator(".c-bar a[href='#sheet-more']").click()
    tone = room.get_by_role("button", name="Tone for alerts on this tablet")
    expect(tone).to_have_attribute("aria-pressed", "true")
    tone.click()
    room.keyboard.press("Escape")
    room.locator(".c-bar a[href='#note']").click()
    room.get_by_role("textbox", name="Note", exact=True).fill("Her sister is on the way")

    morning.sent("10:11", "transition", event="transferred", text="To hospital")

    expect(room.get_by_role("heading", name="Transferred")).to_be_visible(timeout=SOON)
    expect(room.get_by_role("textbox", name="Note", exact=True)).to_have_value(
        "Her sister is on the way"
    )
    expect(room.locator("[data-save-state]")).to_have_text("All saved")
    assert room.evaluate("localStorage.getItem('clinic-tone')") == "off"


def test_an_alert_of_another_woman_is_one_line_with_its_value_whole_at_every_width(
    room: Page, morning: Morning
) -> None:
    other = second_woman(morning)
    morning.sent("10:10", "observation", systolic="164", diastolic="102")
    morning.clock.now = moment("10:11")
    room.goto(other)

    bar = room.locator(".c-alert-bar")
    for width in (1180, 1024, 820, 390):
        room.set_viewport_size({"width": width, "height": 820})
        expect(bar.locator(".value")).to_have_text("BP 164/102")
        assert not bar.locator(".value").evaluate(CUT), width
        assert bar.evaluate("(e) => e.getBoundingClientRect().height") <= 50, width
        for part in room.locator(".c-tabs > .btn, .c-tab").all():
            assert not part.evaluate(CUT), width


def test_two_alerts_can_both_be_acknowledged_the_emergency_first(
    room: Page, morning: Morning
) -> None:
    morning.sent("10:10", "observation", systolic="164", diastolic="102", spo2="84")
    room.goto(morning.address)

    panels = room.locator("[data-alert]")
    expect(panels).to_have_count(2)
    for panel in panels.all():
        button = panel.get_by_role("button", name="Acknowledge")
        button.scroll_into_view_if_needed()
        expect(panel.get_by_role("button", name="Save action")).to_be_visible()
        assert panel.evaluate("(e) => e.scrollHeight <= e.clientHeight + 1")

    room.get_by_role("link", name="Call for help").click()
    room.get_by_role("button", name="Emergency now").first.click()
    log = room.locator("[data-quick-log]")
    log.locator("summary", has_text="Oxygen").click()
    log.get_by_label("L/min").fill("6")
    log.get_by_role("button", name="Save: Oxygen").click()
    expect(log.locator("li")).to_contain_text("oxygen 6", timeout=SOON)


def test_the_cuff_is_answered_in_two_taps_and_folds_away(room: Page, morning: Morning) -> None:
    room.goto(second_woman(morning))
    room.get_by_label("Her date of birth").fill("1994-05-02")
    room.get_by_role("button", name="Check in").click()
    cuff = room.locator("#item-cuff")
    cuff.locator("summary").click()
    cuff.get_by_role("button", name="Right arm, adult cuff").click()

    expect(room.locator("#checks-done")).to_contain_text("1 answered", timeout=SOON)
    room.locator("#checks-done > summary").click()
    expect(cuff).to_contain_text("Yes, Right arm, adult cuff · AK")

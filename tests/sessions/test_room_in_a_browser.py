"""This file is about the tablet room in a real browser: taps, size, marking, undo, tabs."""

import time
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from clinic.core.acting import act_as
from clinic.core.db import job
from clinic.protocols.rules import SessionPlan
from clinic.sessions.actions import plan_session
from clinic.sessions.rules.judging import judge
from clinic.sessions.rules.log import BloodPressure, Measured
from tests.axe import Theme, faults
from tests.factories import make_infant, make_patient
from tests.sessions.room import ready_course
from tests.sessions.story import Morning, moment, morning
from tests.sessions.test_pages_in_a_browser import desk

__all__ = ["desk", "morning"]

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

MOST_TAPS, MOST_SECONDS, TARGET = 20, 25, 44
TABLET = {"width": 1180, "height": 820}
SMALL = f"""() => [...document.querySelectorAll("a, button, select, summary, input")]
  .filter((e) => e.checkVisibility({{visibilityProperty: true}}) && !e.closest(".skip, .sr"))
  .filter((e) => !["radio", "hidden"].includes(e.type))
  .map((e) => [e.closest(".c-check") ?? e, e])
  .map(([box, e]) => [box.getBoundingClientRect(), e.outerHTML.slice(0, 110)])
  .filter(([box]) => box.width > 1 && (box.height < {TARGET} || box.width < {TARGET}))
  .map(([box, html]) => `${{Math.round(box.width)}} x ${{Math.round(box.height)}} ${{html}}`)"""


class Hand:
    """A thumb that counts its taps."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, place: Locator) -> None:
        place.click()
        self.taps += 1

    def keys(self, digits: str) -> None:
        for digit in digits:
            self.tap(self.page.locator(f"[data-pad] [data-digit='{digit}']"))

    def scores(self, scale: str, word: str) -> None:
        self.tap(self.page.get_by_role("group", name=scale).get_by_text(word))


@pytest.fixture
def room(desk: Page, morning: Morning) -> Page:
    """It is 10:10, the 40 minute observation is due; a second woman is planned and checked in."""
    morning.until("10:01")
    morning.clock.now = moment("10:10")
    desk.set_viewport_size(TABLET)  # type: ignore[arg-type]
    desk.goto(morning.address)
    expect(desk.locator("[data-pad]")).to_be_visible()
    return desk


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled."""
    size: list[int] = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    return size[0] <= TABLET["width"] and size[1] <= TABLET["height"]


def second_woman(morning: Morning) -> str:
    """Chloe in room 5, planned by the same nurse."""
    with morning.app.app_context(), act_as(morning.acting), job():
        chloe = make_patient(given_name="Chloe", family_name="Martin", number="P-2")
        make_infant(chloe, feeding="formula")
        session = plan_session(
            ready_course(chloe.id),
            planned_at=moment("10:30"),
            room="5",
            ordered_dose=Decimal(56),
            ordered_by_id=morning.acting.actor_id,
            agreed_pause_hours=None,
        )
        return f"/sessions/{session.id}"


def test_a_full_slot_is_entered_with_few_taps_and_marked_as_it_is_typed(
    room: Page, morning: Morning
) -> None:
    hand, began = Hand(room), time.monotonic()
    assert fits(room)
    assert room.evaluate(SMALL) == []

    hand.keys("14892")
    bp = room.locator("[data-sign=blood_pressure]")
    expect(bp).to_contain_text("Raised")
    expect(bp).to_contain_text("+30 / +16")
    hand.keys("881697")
    hand.scores("Sedation, MOAA/S", "Drowsy")
    hand.scores("Dissociation", "Moderate")
    expect(room.locator("[data-left-to-enter]")).to_have_text("All entered")
    hand.tap(room.get_by_role("button", name="Save 40 min · Maya Osei"))
    expect(room.locator("[data-toast]")).to_contain_text("Readings saved")
    seconds = time.monotonic() - began

    expect(room.locator("#readings-table tr[id]").nth(3)).to_contain_text("148/92")
    expect(room.get_by_label("Systolic, mmHg")).to_have_value("")
    assert hand.taps <= MOST_TAPS, hand.taps
    assert seconds <= MOST_SECONDS, seconds


def test_what_cannot_be_is_not_sent_what_is_unlikely_is_asked_once(
    room: Page, morning: Morning
) -> None:
    hand = Hand(room)
    hand.keys("14829")
    expect(room.get_by_label("Diastolic, mmHg")).to_have_value("29")
    room.get_by_role("textbox", name="Heart rate").fill("880")
    save = room.get_by_role("button", name="Save 40 min")
    save.click()
    expect(room.locator("[data-sign=heart_rate]")).to_contain_text("Check: 20 to 250")
    ask = room.get_by_role("group", name="Question")
    expect(ask).to_contain_text("Enter heart rate in /min, a whole number between 20 and 250")
    ask.get_by_role("button", name="Change").click()
    hand.keys("88")

    hand.tap(room.locator("label[for=obs-respiratory_rate]"))
    room.get_by_role("button", name="Not measured").click()
    ask.get_by_role("button", name="Refused").click()
    expect(room.locator("[data-sign=respiratory_rate]")).to_contain_text("Not measured: refused")
    save.click()
    expect(ask).to_contain_text("Check: diastolic blood pressure 29? It was 86 before.")
    ask.get_by_role("button", name="Keep").click()

    row = room.locator("#readings-table tr[id]").nth(3)
    expect(row).to_contain_text("148/29")
    expect(row).to_contain_text("Not: refused")


def test_a_side_effect_is_one_tap_its_end_another_and_both_can_be_undone(
    room: Page, morning: Morning
) -> None:
    effects = room.get_by_role("region", name="Side effects")
    effects.get_by_role("link", name="Add Nausea").click()
    effects.get_by_role("link", name="Cancel").locator("visible=true").click()
    expect(effects.get_by_role("link", name="Add Nausea")).to_be_visible()

    effects.get_by_role("link", name="Add Nausea").click()
    expect(effects).to_contain_text("Nausea, mild", timeout=12_000)
    effects.get_by_role("button", name="Resolved: Nausea").click()
    expect(effects.get_by_role("link", name="Add Nausea")).to_be_visible()
    room.locator("[data-toast]").get_by_role("button", name="Undo").click()

    expect(effects).to_contain_text("Nausea, mild")
    room.get_by_role("link", name="Log", exact=True).click()
    log = room.locator("#live-log")
    expect(log).to_contain_text("Entered in error by Aiko Kimura, 10:10: Undone at once")
    room.keyboard.press("Escape")
    expect(log).not_to_be_visible()


def test_an_alert_takes_the_place_of_the_readings_and_rests_half_a_second(
    room: Page, morning: Morning
) -> None:
    morning.sent("10:10", "observation", systolic="164", diastolic="102")

    panel = room.locator("[data-alert]")
    expect(panel).to_be_visible(timeout=12_000)
    assert fits(room)
    expect(room.locator("#observation-form")).not_to_be_visible()
    panel.get_by_role("button", name="Cuff and position checked").click()
    panel.get_by_role("button", name="Save action").click()

    expect(room.locator("#observation-form")).to_be_visible()
    room.locator("a.c-watching").click()
    expect(panel).to_contain_text("Cuff and position checked")


def test_what_is_typed_for_one_woman_is_there_after_a_look_at_another(
    room: Page, morning: Morning
) -> None:
    other = second_woman(morning)
    room.goto(other)
    room.get_by_label("Her date of birth").fill("1994-05-02")
    room.get_by_role("button", name="Check in").click()
    expect(room.get_by_role("heading", name="Before the dose")).to_be_visible()
    item = room.locator("#item-consent")
    item.get_by_role("button", name="Yes").click()
    expect(item).to_contain_text("Yes · AK")
    room.goto(morning.address)
    Hand(room).keys("148")

    room.get_by_role("link", name="Chloe Martin").click()
    expect(room.get_by_role("heading", name="Chloe Martin")).to_be_visible()
    room.keyboard.press("[")

    expect(room.get_by_role("heading", name="Maya Osei")).to_be_visible()
    expect(room.get_by_label("Systolic, mmHg")).to_have_value("148")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_room_and_its_sheets_shut_nobody_out(room: Page, theme: Theme) -> None:
    room.emulate_media(color_scheme=theme)
    found = {"entry": faults(room)}
    for sheet in ("#note", "#help-title", "#sheet-more", "#log-title"):
        room.locator(f".c-bar a[href='{sheet}']").click()
        found[sheet] = faults(room)
        found[sheet + " targets"] = room.evaluate(SMALL)
        room.keyboard.press("Escape")

    assert {place: words for place, words in found.items() if words} == {}


def test_the_page_marks_a_value_as_the_rules_do(room: Page, morning: Morning) -> None:
    plan = morning.plan
    singles = [
        (sign, value)
        for sign in ("heart_rate", "respiratory_rate", "spo2")
        for value in range(0, 200, 3)
    ]
    pairs = [(high, low) for high in range(80, 200, 7) for low in range(40, 120, 9) if low < high]
    script = """async ([singles, pairs]) => {
      const { judge, judgePair } = await import("/static/js/marking.js");
      const plan = JSON.parse(document.querySelector("[data-keypad]").textContent);
      const one = singles.map(([sign, value]) => judge(plan.fields[sign], value));
      return [...one, ...pairs.map(([high, low]) => judgePair(plan, high, low))];
    }"""

    found = room.evaluate(script, [singles, pairs])

    assert found == expected(plan, singles, pairs)


def expected(
    plan: SessionPlan, singles: list[tuple[str, int]], pairs: list[tuple[int, int]]
) -> list[dict[str, str]]:
    """Level and word by the rules; her pre-dose pressure is 118/76."""
    base = BloodPressure(118, 76)
    judged = [judge(plan, sign, Measured(value), None) for sign, value in singles]
    judged += [
        judge(plan, "blood_pressure", Measured(BloodPressure(*pair)), base) for pair in pairs
    ]
    return [{"level": str(level), "word": word} for level, word, _ in judged]

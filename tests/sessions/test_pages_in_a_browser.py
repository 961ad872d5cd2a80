"""This file is about the pages of a session in a real browser: access, charts, what moves."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.axe import Theme, faults_on
from tests.conftest import LiveServer
from tests.sessions.story import Morning, moment, morning

__all__ = ["morning"]

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

THEMES: tuple[Theme, ...] = ("light", "dark")


@pytest.fixture
def desk(page: Page, live_server: LiveServer, morning: Morning) -> Iterator[Page]:
    """The nurse's browser, in which she has signed in; a word on its console fails the test."""
    said: list[str] = []
    page.set_default_timeout(10_000)
    page.on("console", lambda words: said.append(words.text) if words.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    known = {"name": "session", "value": morning.another_browser(), "url": live_server.url}
    page.context.add_cookies([known])
    yield page
    meant = ("net::ERR_FAILED", "status of 422")  # a network cut off, an entry refused
    assert [words for words in said if not any(one in words for one in meant)] == []


def test_no_page_of_a_session_shuts_anybody_out(desk: Page, morning: Morning) -> None:
    desk.set_viewport_size({"width": 1180, "height": 6000})  # the whole page on one screen
    morning.check_in()
    before = {theme: faults_on(desk, morning.address, theme=theme) for theme in THEMES}

    morning.answer("09:12", morning.plan.pre_dose)
    morning.read("09:18")
    for number, at in enumerate(("09:30", "09:35", "09:40"), start=1):
        morning.device(at, number)
    morning.sent("09:44", "adverse-event", event="onset", term="nausea", severity="moderate")
    morning.read("10:31")
    places = (morning.address, "/board", f"{morning.address}/discharge")
    in_alert = {theme: faults_on(desk, *places, theme=theme) for theme in THEMES}

    assert before == {"light": {}, "dark": {}}
    assert in_alert == {"light": {}, "dark": {}}


def test_the_chart_is_drawn_and_says_what_it_shows(desk: Page, morning: Morning) -> None:
    morning.until("10:11")
    desk.goto(morning.address)

    chart = desk.get_by_role("img", name="4 readings; latest blood pressure")
    expect(chart.locator("svg").first).to_be_visible()
    desk.get_by_text("Show as table").click()

    rows = desk.locator("[id='live-chart'] tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.nth(3)).to_contain_text("148")


def test_what_a_colleague_writes_arrives_and_what_is_typed_stays(
    desk: Page, morning: Morning
) -> None:
    morning.until("10:01")
    desk.goto(morning.address)
    desk.get_by_label("Systolic, mmHg").fill("148")

    morning.sent("10:02", "note", text="Calm, looks at the window")
    morning.sent("10:02", "adverse-event", event="onset", term="nausea", severity="mild")

    expect(desk.locator("#live-log")).to_contain_text("looks at the window", timeout=12000)
    expect(desk.locator("#live-effects")).to_contain_text("Nausea, mild")
    expect(desk.get_by_label("Systolic, mmHg")).to_have_value("148")


def test_a_reading_is_typed_and_saved_for_the_slot_and_the_woman(
    desk: Page, morning: Morning
) -> None:
    morning.until("10:01")
    morning.clock.now = moment("10:10")
    desk.goto(morning.address)

    desk.get_by_label("Systolic, mmHg").fill("148")
    desk.get_by_label("Diastolic, mmHg").fill("92")
    desk.get_by_label("Heart rate /min").fill("88")
    desk.get_by_role("group", name="Sedation, MOAA/S").get_by_text("Drowsy").click()
    desk.get_by_role("button", name="Save 40 min · Maya Osei").click()

    expect(desk.locator("#readings-table")).to_contain_text("148/92")
    expect(desk.locator("#readings-table tr[id]").nth(3)).to_contain_text("40 min")


def test_the_board_changes_by_itself_and_keeps_the_focus(desk: Page, morning: Morning) -> None:
    morning.until("10:11")
    desk.goto("/board")
    link = desk.locator(".c-row a.name")
    link.focus()

    morning.read("10:31")

    expect(desk.locator("#board")).to_contain_text("BP 164/102, above limit", timeout=12000)
    expect(desk.locator(".c-row a.name")).to_be_focused()


def test_the_board_gets_304_while_nothing_changes(desk: Page, morning: Morning) -> None:
    morning.until("10:11")
    desk.clock.install(time=moment("10:11"))
    desk.goto("/board")
    answers = []

    for _ in range(2):
        with desk.expect_response("**/board/rows*") as answer:
            desk.clock.run_for(6000)
        answers.append(answer.value.status)

    assert answers == [200, 304]


def test_a_board_that_hears_nothing_says_so(desk: Page, morning: Morning) -> None:
    morning.until("10:11")
    desk.clock.install(time=moment("10:11"))
    desk.goto("/board")
    desk.route("**/board/rows*", lambda route: route.abort())

    desk.clock.run_for(70_000)
    expect(desk.locator("[data-stale]")).to_contain_text("Last update 1 min ago.")
    desk.clock.run_for(240_000)

    expect(desk.locator("[data-stale]")).to_contain_text(
        "Check patients in person until the board is back."
    )
    expect(desk.locator(".c-row .c-timer")).to_have_text("0:46")


def test_the_board_is_gone_through_with_keys_and_the_wall_has_none_where_what_moves_fades(
    desk: Page, morning: Morning
) -> None:
    morning.until("10:31")
    desk.goto("/board")
    desk.keyboard.press("j")
    expect(desk.locator(".c-row a.name")).to_be_focused()
    desk.keyboard.press("a")
    expect(desk.locator(".c-actions a").first).to_be_focused()
    desk.keyboard.press("2")
    desk.wait_for_url("**/board?show=mine")
    expect(desk.locator("#show-mine")).to_have_attribute("aria-current", "true")
    desk.keyboard.press("k")
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**{morning.address}")

    who = {"given_name": "Chloe", "family_name": "Martin", "number": "P-2"}
    morning.session_id = morning.planned(morning.acting, **who)
    morning.sent("10:31", "transition", event="checked-in", text="Date of birth agrees")
    desk.goto("/board?wall=1")
    expect(desk.locator("#board")).to_contain_text("MO")
    assert desk.locator("main a, main button, main summary").count() == 0
    assert desk.locator(".is-wall").evaluate("wall => getComputedStyle(wall).zoom") == "1.25"
    before = desk.locator("#board .c-row").all_inner_texts()
    morning.sent("10:32", "transition", event="emergency")

    moved = desk.locator("#board .c-row.has-moved").first
    expect(moved).to_be_attached(timeout=12000)
    now = desk.locator("#board .c-row").all_inner_texts()
    assert ["CM" in row for row in before] == [False, True]
    assert ["CM" in row for row in now] == [True, False]
    assert moved.evaluate("row => getComputedStyle(row).animationDuration") == "0.15s"


SCROLLS = """() => [document.documentElement, ...document.querySelectorAll("main *")]
  .filter((e) => e === document.documentElement || getComputedStyle(e).overflowY === "auto")
  .filter((e) => e.checkVisibility() && e.scrollHeight > e.clientHeight + 1)
  .map((e) => `${e.tagName}.${e.className}`)"""


def test_no_page_is_wider_than_the_screen_and_the_room_scrolls_nowhere(
    desk: Page, morning: Morning
) -> None:
    morning.until("10:31")

    for address in ("/board", morning.address, f"{morning.address}/discharge"):
        desk.goto(address)
        for width in (1180, 1024, 390, 320):
            desk.set_viewport_size({"width": width, "height": 820})
            wide = desk.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (address, width)
    for address, width, height in (
        (morning.address, 1180, 820),
        (morning.address, 1024, 768),
        (f"{morning.address}/discharge", 1180, 820),
    ):
        desk.set_viewport_size({"width": width, "height": height})
        desk.goto(address)
        assert desk.evaluate(SCROLLS) == [], (address, width)


def test_controls_are_large_enough_for_a_thumb(desk: Page, morning: Morning) -> None:
    morning.until("10:31")
    desk.goto(morning.address)

    small = desk.evaluate(
        """[...document.querySelectorAll('main button, main select, main input:not([type=hidden]),'
           + ' main summary, footer a, footer button')]
           .filter((e) => e.offsetParent && !e.closest('.c-as-table, .c-pick'))
           .map((e) => [e.closest('label, .c-check') ?? e, e])
           .map(([box, e]) => [box.getBoundingClientRect().height, e.outerHTML.slice(0, 120)])
           .filter(([height]) => height < 32)"""
    )

    assert small == []

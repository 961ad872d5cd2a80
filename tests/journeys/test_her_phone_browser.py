"""This journey is a mother's: she answers on a phone, says a hard thing, is told whom to call.

390 x 844 in Chromium: every target is at least 44 px, axe finds nothing, a lost connection shows
the numbers instead of an error, and what she said stands on the clinic's list until a nurse has
written what was done.
"""

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from clinic.accounts.rules.duties import DutyKind
from clinic.core.acting import Acting, act_as
from clinic.core.db import db, job
from clinic.courses.actions import open_course
from clinic.links.actions import token_of
from clinic.patients.models import Patient
from clinic.protocols.queries import in_force
from tests.axe import faults
from tests.conftest import LiveServer
from tests.factories import make_patient
from tests.journeys.conftest import NASAL, PATIENCE
from tests.links.room import on_duty, reachable, sent, set_up
from tests.sign_in import sign_in_on

pytestmark = [
    pytest.mark.journey,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]
SMALL = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), textarea')]
  .map((one) => one.closest('label') ?? one)
  .filter((one) => one.offsetParent !== null)
  .map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 120)])
  .filter(([box]) => box.width < 44 || box.height < 44)
  .map(([box, html]) => `${box.width} x ${box.height}: ${html}`)"""
WIDER = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def links(app: Flask, staff: Acting) -> tuple[str, str]:
    """The page of her links, and a link with the PHQ-9; who acts is in charge of the shift."""
    set_up(app)
    with app.app_context(), act_as(staff), job():
        version = in_force(NASAL)
        assert version is not None
        maya: Patient = make_patient()
        course_id = open_course(maya.id, version.id).id
        reachable(course_id)
        on_duty(DutyKind.IN_CHARGE, staff.actor_id)
        token = token_of(sent(course_id).id)
        db.session.flush()
    return f"/courses/{course_id}/links", f"/a/{token}"


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Page:
    """Her phone."""
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        locale="en-GB",
    )
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def looked_at(phone: Page) -> None:
    """Everything can be touched, read and is not cut."""
    assert phone.title() == "A message for you"
    assert faults(phone) == []
    assert phone.evaluate(SMALL) == []
    assert phone.evaluate(WIDER) is False


def begins(phone: Page, link: str) -> None:
    """She opens the link and gives her date of birth."""
    phone.goto(link)
    expect(phone.get_by_role("heading", level=1)).to_be_focused()
    looked_at(phone)
    phone.get_by_role("button", name="Start").click()
    for part, typed in (("Day", "2"), ("Month", "5"), ("Year", "1994")):
        phone.get_by_label(part).fill(typed)
    looked_at(phone)
    phone.get_by_role("button", name="Go on").click()


def answers_eight(phone: Page) -> None:
    """Not at all, eight times."""
    row = phone.get_by_text("Not at all").locator("xpath=ancestor::label").bounding_box()
    assert row is not None
    assert row["height"] >= 66
    looked_at(phone)
    for number in range(1, 9):
        expect(phone.get_by_text(f"{number} of 10", exact=True).first).to_be_visible()
        phone.get_by_text("Not at all").click()
        phone.get_by_role("button", name="Next").click()


def tells_without_a_connection(phone: Page) -> None:
    """Her answer to item 9 does not go out: the numbers appear, then it is sent."""
    expect(phone.get_by_role("heading", level=1)).to_contain_text("better off dead")
    phone.get_by_text("Several days").click()
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_role("heading", name="We could not reach your clinic")).to_be_focused()
    assert phone.get_by_role("link", name="Emergency: 112").get_attribute("href") == "tel:112"
    phone.context.set_offline(False)
    looked_at(phone)
    phone.get_by_role("button", name="Next").click()


def is_told_whom_to_call(phone: Page) -> None:
    """The support page, and the end."""
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you for telling us")
    expect(phone.get_by_text("Your clinic has been notified")).to_be_visible()
    expect(phone.get_by_text("calls you before 10:00 on the number ending in 41")).to_be_visible()
    looked_at(phone)
    phone.get_by_role("button", name="Finish").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Thank you, Maya.")
    looked_at(phone)


def the_nurse_closes_the_card(page: Page) -> None:
    """She takes it on, writes whom she reached, what came of it and when; then nothing waits."""
    page.goto("/follow-ups")
    card = page.locator("[data-answer-card]")
    expect(card).to_contain_text("Maya Osei")
    expect(card).to_contain_text("PHQ-9 item 9")
    card.get_by_role("button", name="Take it on").click()
    expect(page.get_by_role("heading", name="Review in this visit")).to_be_visible()
    page.get_by_label("What was done").select_option("safety-plan")
    page.get_by_label("In your words").fill("Reached Maya by telephone; her sister stays tonight.")
    page.get_by_label("When it was done").fill("2026-03-12T09:00")
    page.get_by_role("button", name="Save the review for Maya Osei").click()
    expect(page.get_by_text("Done Thu 12 Mar 2026, 09:00, written by Aiko Kimura")).to_be_visible()
    page.goto("/follow-ups")
    expect(page.get_by_text("Nobody waits for a response.")).to_be_visible()
    expect(page.locator("[data-answer-card]")).to_have_count(0)


def the_tablet_is_handed_to_her(page: Page, links_page: str) -> None:
    """The nurse gives her the tablet: back, a typed address and another tab show nothing else."""
    other = page.context.new_page()
    other.goto("/patients")
    expect(other.get_by_text("Maya Osei").first).to_be_visible()
    page.goto(links_page)
    assert faults(page) == []
    page.get_by_label("GAD-7").check(force=True)
    page.get_by_text("Hand her this tablet").click()
    page.get_by_role("button", name="Send, or hand over").click()
    hello = page.get_by_role("heading", name="Hello Maya, how have you been lately?")
    expect(hello).to_be_visible()

    expect(other.locator("body")).to_have_class(re.compile("is-locked"))
    page.go_back()
    expect(hello).to_be_visible()
    for tab in (page, other):
        tab.goto("/patients")
        expect(tab.get_by_role("heading", name="Hello Maya")).to_be_visible()
        assert "Osei" not in tab.content()


def test_she_tells_a_hard_thing_is_told_whom_to_call_and_the_nurse_answers_it(
    phone: Page, page: Page, links: tuple[str, str]
) -> None:
    said: list[str] = []
    phone.on("console", lambda words: said.append(words.text) if words.type == "error" else None)

    links_page, link = links
    begins(phone, link)
    answers_eight(phone)
    tells_without_a_connection(phone)
    is_told_whom_to_call(phone)

    assert [words for words in said if "ERR_INTERNET_DISCONNECTED" not in words] == []
    sign_in_on(page, "nurse@clinic.example")
    the_nurse_closes_the_card(page)
    the_tablet_is_handed_to_her(page, links_page)

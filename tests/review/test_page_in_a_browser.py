"""This file is about the review in a real browser: every row is drawn, and it shuts nobody out."""

import os
import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from clinic.core.acting import act_as
from clinic.core.db import job
from clinic.core.permissions import Role
from clinic.courses.queries import course_or_raise
from tests.axe import faults
from tests.clock import Clock
from tests.conftest import LiveServer
from tests.factories import PASSWORD, acting_as, make_clinic, make_user
from tests.review.room import empty_course, give_two_doses, score_her
from tests.sign_in import sign_in_on

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def course_id(live_server: LiveServer, clock: Clock) -> uuid.UUID:
    """Maya's course with two doses; a psychiatrist may sign in."""
    app = live_server.app
    with app.app_context(), job():
        clinic = make_clinic()
        doctor = acting_as(
            make_user(role=Role.PSYCHIATRIST, full_name="Chidi Okafor", title="Dr"), clinic
        )
    made = empty_course(app, doctor, clock)
    with app.app_context(), act_as(doctor), job():
        give_two_doses(course_or_raise(made))
        score_her(made)
    return made


@pytest.fixture
def doctor(page: Page, course_id: uuid.UUID) -> Iterator[Page]:
    """The psychiatrist's browser, signed in; a word on its console fails the test."""
    said: list[str] = []
    page.set_default_timeout(30_000)
    page.on("console", lambda words: said.append(words.text) if words.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in_on(page, "psychiatrist@clinic.example")
    yield page
    assert [words for words in said if "422" not in words] == []


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def walk_through_the_days(page: Page) -> None:
    """By keys from session to session, then by a click that opens the drawer of one."""
    page.locator("[data-chart='course-chart']").focus()
    page.keyboard.press("s")
    page.keyboard.press("s")
    card = page.get_by_role("status").filter(has_text="Session 2")
    expect(card).to_contain_text("BP 118/76 to 164/102 mmHg, rise +46/+26")
    page.keyboard.press("ArrowLeft")
    expect(card).to_be_hidden()
    page.keyboard.press("Escape")
    page.locator(".c-chart svg").get_by_text("56", exact=True).last.click()
    drawer = page.get_by_role("dialog", name="Session 2, Wed 11 Mar")
    expect(drawer.get_by_role("link", name="Open the record of session 2")).to_be_visible()
    expect(drawer).to_contain_text("118/76")
    expect(drawer).to_contain_text("+46/+26, at or above the limit")
    expect(drawer.get_by_role("heading")).to_be_focused()


def change_is_refused_without_a_reason(doctor: Page) -> list[str]:
    """The page says so beside the field. Returns what axe finds then."""
    doctor.get_by_text("Change the dose or the schedule").click()
    doctor.get_by_label("Your password").fill(PASSWORD)
    doctor.get_by_role("button", name="Sign as Dr Chidi Okafor, Maya Osei").click()
    expect(doctor.get_by_role("alert")).to_contain_text("Enter the reason for this.")
    return faults(doctor)


def sign_the_change(doctor: Page) -> None:
    """With the schedule, the reason and what has to be read."""
    doctor.get_by_label("New schedule").fill("weekly")
    doctor.get_by_label("Reason").fill("Rise of 46/26 at 56 mg.")
    doctor.get_by_label("I have read").check()
    doctor.get_by_label("Your password").fill(PASSWORD)
    doctor.get_by_role("button", name="Sign as Dr Chidi Okafor, Maya Osei").click()
    expect(doctor.get_by_text("Signed by Dr Chidi Okafor")).to_be_visible()


def test_the_course_is_drawn_and_the_decision_is_signed(doctor: Page, course_id: uuid.UUID) -> None:
    review = f"/courses/{course_id}/review"
    doctor.goto(review)
    drawn = doctor.locator(".c-chart svg")
    for words in ("EPDS", "Highest BP rise", "Also treated with", "No PHQ-9 yet", "+46/+26"):
        expect(drawn.get_by_text(words, exact=True).first).to_be_visible()
    picture(doctor, "review")
    found = {"light": faults(doctor)}

    walk_through_the_days(doctor)
    found["drawer"] = faults(doctor)
    doctor.keyboard.press("Escape")
    expect(doctor.get_by_role("dialog")).to_have_count(0)
    doctor.keyboard.press("ArrowRight")
    expect(doctor.locator(".c-day")).to_be_visible()
    found["card"] = faults(doctor)

    doctor.get_by_role("button", name="Show as table").click()
    expect(doctor.get_by_role("table", name="Highest BP rise")).to_contain_text("+46/+26")
    expect(drawn.first).to_be_hidden()
    found["tables"] = faults(doctor)

    found["refused"] = change_is_refused_without_a_reason(doctor)
    sign_the_change(doctor)

    doctor.emulate_media(color_scheme="dark")
    doctor.goto(review)
    expect(drawn.first).to_be_visible()
    picture(doctor, "review-dark")
    found["dark"] = faults(doctor)
    assert {place: words for place, words in found.items() if words} == {}
    assert doctor.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

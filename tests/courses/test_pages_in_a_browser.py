"""This file is about the pages of a course in a real browser: they shut nobody out."""

import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from clinic.core.acting import act_as
from clinic.core.db import job
from clinic.courses.actions import add_medication, open_course, publish_shipped_wording
from clinic.courses.rules import DrugClass, MedicationFacts
from clinic.protocols.actions import publish_from_library
from tests.axe import faults
from tests.conftest import LiveServer
from tests.factories import (
    PASSWORD,
    acting_as,
    make_clinic,
    make_infant,
    make_patient,
    make_user,
)
from tests.sign_in import sign_in_on

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def course_id(live_server: LiveServer) -> uuid.UUID:
    """Maya's course with a medicine and a wording in force; the nurse may sign in."""
    with live_server.app.app_context(), job():
        clinic = make_clinic()
        somebody = acting_as(make_user(), clinic)
    with live_server.app.app_context(), act_as(somebody), job():
        maya = make_patient(gravida=1, para=1)
        make_infant(maya, feeding="mixed")
        course = open_course(maya.id, publish_from_library("esketamine-nasal-56-84").id)
        publish_shipped_wording("esketamine")
        add_medication(course.id, MedicationFacts("Lorazepam", DrugClass.BENZODIAZEPINE))
        return course.id


@pytest.fixture
def nurse(page: Page, course_id: uuid.UUID) -> Iterator[Page]:
    """The nurse's browser, signed in; a word on its console fails the test."""
    said: list[str] = []
    page.set_default_timeout(20_000)
    page.on("console", lambda words: said.append(words.text) if words.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in_on(page, "nurse@clinic.example")
    yield page
    assert [words for words in said if "422" not in words] == []


def test_she_signs_on_the_screen_and_no_page_shuts_anybody_out(
    nurse: Page, course_id: uuid.UUID
) -> None:
    found = {}
    course = f"/courses/{course_id}"
    for place in ("", "/edit", "/medications/new", "/consent/sign"):
        nurse.goto(course + place)
        found[place or "front page"] = faults(nurse)

    for day in nurse.get_by_label("Day of the talk").all():
        day.fill("2026-03-10")
    for with_whom in nurse.get_by_label("Talk with").all():
        with_whom.select_option(label="Aiko Kimura")
    nurse.get_by_label("Her name, typed by her").fill("Maya")
    nurse.get_by_label("Your password, as witness").fill(PASSWORD)
    nurse.get_by_role("button", name="Sign as witness for Maya Osei").click()
    expect(nurse.get_by_role("alert")).to_contain_text("Her name here is Maya Osei.")
    found["refused"] = faults(nurse)

    nurse.get_by_label("Her name, typed by her").fill("Maya Osei")
    nurse.get_by_label("Your password, as witness").fill(PASSWORD)
    nurse.get_by_role("button", name="Sign as witness for Maya Osei").click()
    expect(nurse.get_by_text("Her consent holds.")).to_be_visible()
    found["signed"] = faults(nurse)
    nurse.emulate_media(color_scheme="dark")
    nurse.goto(course)
    found["front page, dark"] = faults(nurse)

    assert {place: words for place, words in found.items() if words} == {}
    assert nurse.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

"""The pages of scales in a real browser: access, and items that open by skip logic."""

import uuid
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from clinic.core.acting import Acting, act_as
from clinic.core.db import job
from clinic.courses.actions import open_course
from clinic.protocols.actions import publish_from_library
from tests.axe import faults
from tests.conftest import LiveServer
from tests.factories import CLINIC_ID, make_clinic, make_patient, make_user
from tests.instruments.room import items, used
from tests.sign_in import sign_in_on

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def course_id(live_server: LiveServer) -> uuid.UUID:
    """A course in which the EPDS has a positive safety answer."""
    app = live_server.app
    with app.app_context(), job():
        make_clinic()
        person: uuid.UUID = make_user().id
    with app.app_context(), act_as(Acting(person, CLINIC_ID, ZoneInfo("Europe/Dublin"))), job():
        version = publish_from_library("esketamine-nasal-56-84")
        found: uuid.UUID = open_course(make_patient().id, version.id).id
        used(found, "EPDS", items(10, 2, _10=1))
    return found


def test_nobody_is_shut_out_and_items_open_with_their_question(page: Page, course_id) -> None:
    said: list[str] = []
    page.on("console", lambda words: said.append(words.text) if words.type == "error" else None)
    sign_in_on(page, "nurse@clinic.example")
    found = []
    scales = f"/courses/{course_id}/scales"
    for address in (
        "/settings/scales",
        "/settings/scales/PHQ9",
        "/settings/scales/EPDS/en",
        "/safety",
        scales,
        f"{scales}/PHQ9/new",
    ):
        page.goto(address)
        found += faults(page)
    page.goto("/safety")
    page.get_by_role("link", name="Review EPDS item 10").click()
    found += faults(page)

    page.goto(f"{scales}/CSSRS_SCREEN_SLC/new")
    expect(page.locator("#item_3")).to_be_hidden()
    page.locator("#item_2").get_by_label("Yes").check(force=True)
    page.locator("#item_3").get_by_label("Yes").check(force=True)
    page.locator("#item_2").get_by_label("No").check(force=True)
    expect(page.locator("#item_3")).to_be_hidden()
    for item in ("#item_1", "#item_6"):
        page.locator(item).get_by_label("No").check(force=True)
    page.get_by_label("Moment").select_option("before-each-session")
    page.get_by_label("In a visit").check(force=True)
    found += faults(page)
    page.get_by_role("button", name="Save for Maya Osei").click()

    expect(page.get_by_text("no item yes")).to_be_visible()
    found += faults(page)
    assert not found, "\n".join(found)
    assert said == []

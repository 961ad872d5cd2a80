"""This file is about stage 4 in a real browser: a therapist logs a talk, and nobody is shut out."""

import uuid
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from clinic.core.acting import Acting
from clinic.core.db import job
from clinic.core.permissions import Role
from tests.axe import faults
from tests.conftest import LiveServer
from tests.factories import CLINIC_ID, make_clinic, make_user
from tests.integration.room import course_with_a_dose
from tests.sign_in import sign_in_on

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def address(live_server: LiveServer) -> str:
    """Stage 4 of Maya's course, and a therapist who may sign in."""
    with live_server.app.app_context(), job():
        make_clinic()
        therapist: uuid.UUID = make_user(role=Role.THERAPIST, full_name="Lea Moreau").id
    somebody = Acting(therapist, CLINIC_ID, ZoneInfo("Europe/Dublin"))
    return f"/courses/{course_with_a_dose(live_server.app, somebody)}/integration"


def test_a_therapist_logs_the_talk_that_is_offered(page: Page, address: str) -> None:
    said: list[str] = []
    page.on("console", lambda words: said.append(words.text) if words.type == "error" else None)
    page.set_default_timeout(20_000)
    sign_in_on(page, "therapist@clinic.example")
    page.goto(address)
    page.get_by_role("link", name="Log a talk after dose 1").click()
    expect(page.get_by_label("Line shared with the team")).to_be_visible()
    on_the_form = faults(page)

    page.get_by_label("Date and time").fill("2026-03-11T16:00")
    page.get_by_role("group", name="Held by").get_by_text("Lea Moreau").click()
    page.get_by_label("Line shared with the team").fill("Fear at the start of the dose")
    page.get_by_role("button", name="Save for Maya Osei").click()

    page.wait_for_url(f"**{address}")
    expect(page.get_by_text("after dose 1, 30 h")).to_be_visible()
    expect(page.get_by_text("Fear at the start of the dose")).to_be_visible()
    page.get_by_text("Show as table").click()
    assert (on_the_form, faults(page), said) == ([], [], [])

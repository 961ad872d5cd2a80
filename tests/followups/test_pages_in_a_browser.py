"""This file is about the pages of follow-ups in a real browser: access, and drafts by script."""

import re
import uuid
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from clinic.core.acting import Acting
from clinic.core.db import job
from clinic.core.permissions import Role
from tests.axe import faults
from tests.conftest import LiveServer
from tests.factories import CLINIC_ID, make_clinic, make_user
from tests.followups.room import T0, dosed_course
from tests.sign_in import sign_in_on

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def course_id(live_server: LiveServer) -> uuid.UUID:
    """Maya's course with one dose yesterday; an earlier one of Ada's, whose call nobody made."""
    with live_server.app.app_context(), job():
        make_clinic()
        nurse = Acting(make_user(role=Role.NURSE).id, CLINIC_ID, ZoneInfo("Europe/Dublin"))
    ada = {"number": "P-2", "given_name": "Ada", "family_name": "Byrne"}
    dosed_course(live_server.app, nurse, T0 - timedelta(days=2), **ada)
    return dosed_course(live_server.app, nurse, T0)


def test_nobody_is_shut_out_and_a_call_is_kept_as_it_is_typed(
    page: Page, course_id: uuid.UUID
) -> None:
    said: list[str] = []
    page.on("console", lambda words: said.append(words.text) if words.type == "error" else None)
    sign_in_on(page, "nurse@clinic.example")
    plan = f"/courses/{course_id}/follow-ups"
    found = {}
    for place in ("/follow-ups", plan, f"{plan}/24-hours/1/move", f"{plan}/24-hours/1/contact"):
        page.goto(place)
        found[place] = faults(page)

    page.get_by_label("Note for the team").fill("Rested well")
    page.get_by_label("Note for the team").press("Tab")
    expect(page.locator("#draft-state")).to_have_text(re.compile("Draft saved 09:00"))
    page.reload()
    expect(page.get_by_label("Note for the team")).to_have_value("Rested well")
    page.get_by_label("She answers").check()
    page.get_by_role("button", name="Save contact · Maya Osei").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose an answer for nausea.")
    found["refused"] = faults(page)
    page.emulate_media(color_scheme="dark")
    for place in ("/follow-ups", plan, "/board"):
        page.goto(place)
        found[f"{place}, dark"] = faults(page)
    page.set_viewport_size({"width": 390, "height": 844})
    for place in ("/follow-ups", plan, f"{plan}/24-hours/1/contact"):
        page.goto(place)
        found[f"{place} is too wide"] = (
            []
            if page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            else ["scrolls sideways"]
        )

    assert {place: words for place, words in found.items() if words} == {}
    assert [words for words in said if "422" not in words] == []

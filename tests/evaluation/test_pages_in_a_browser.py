"""This file is about the page of an evaluation in a real browser: access, and drafts by script."""

import re
import uuid
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from clinic.core.acting import Acting
from clinic.core.db import job
from clinic.core.permissions import Role
from tests.axe import faults
from tests.conftest import LiveServer
from tests.evaluation.room import course_to_evaluate, hand_in_all
from tests.factories import CLINIC_ID, make_clinic, make_user
from tests.sign_in import sign_in_on

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def address(live_server: LiveServer) -> str:
    """The evaluation of a course with one contraindication, and a psychiatrist who may sign in."""
    with live_server.app.app_context(), job():
        make_clinic()
        person: uuid.UUID = make_user(role=Role.PSYCHIATRIST).id
    somebody = Acting(person, CLINIC_ID, ZoneInfo("Europe/Dublin"))
    course_id = course_to_evaluate(live_server.app, somebody)
    hand_in_all(live_server.app, somebody, course_id, contraindications={"aneurysm": "yes"})
    return f"/courses/{course_id}/evaluation"


def test_nobody_is_shut_out_and_what_is_typed_is_kept_without_a_press(
    page: Page, address: str
) -> None:
    said: list[str] = []
    page.on("console", lambda words: said.append(words.text) if words.type == "error" else None)
    sign_in_on(page, "psychiatrist@clinic.example")
    found = {}
    for section in ("decision", "trials", "contraindications", "infant"):
        page.goto(f"{address}?section={section}")
        found[section] = faults(page)

    page.get_by_label("Stored milk before session 1").fill("4")
    page.get_by_label("Stored milk before session 1").press("Tab")

    expect(page.locator("#draft-state")).to_have_text(re.compile("Draft saved 09:00"))
    page.reload()
    expect(page.get_by_label("Stored milk before session 1")).to_have_value("4")
    assert not any(found.values()), found
    assert said == []

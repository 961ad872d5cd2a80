"""This file is about the pages of duties and of the trail in Chromium: nobody is shut out."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page

from clinic.accounts.actions import add_membership, name_for_duty
from clinic.accounts.rules.duties import DutyKind
from clinic.core.db import job
from clinic.core.permissions import Role
from tests.axe import faults
from tests.conftest import LiveServer, Work
from tests.factories import acting_as, make_clinic, make_other_clinic, make_patient, make_user
from tests.sign_in import sign_in_on

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

NOW = datetime(2026, 3, 12, 9, tzinfo=UTC)
TRAIL = ("/trail", "/trail?from=x", "/trail/events/2", "/trail/who-viewed", "/trail/chain")


@pytest.fixture
def made(app: Flask, work: Work) -> str:
    """Duties in every state, a patient; the address of who viewed her."""
    with app.app_context(), job():
        harbour, hill = make_clinic(), make_other_clinic()
        aiko = make_user()
        leo = make_user(full_name="Leo Marsh", email="leo@clinic.example")
        make_user(role=Role.AUDITOR, full_name="Paul Adeyemi")
        add_membership(aiko.id, hill.id, Role.NURSE)
        acting = acting_as(aiko, harbour)
        people = (aiko.id, leo.id)
    with work(acting):
        patient = make_patient()
        name_for_duty(
            DutyKind.IN_CHARGE, people[0], starts_at=NOW, ends_at=NOW + timedelta(hours=4)
        )
        name_for_duty(
            DutyKind.IN_CHARGE,
            people[1],
            starts_at=NOW + timedelta(hours=4),
            ends_at=NOW + timedelta(hours=9),
        )
        return f"/trail/patients/{patient.id}"


@pytest.fixture
def quiet(page: Page, live_server: LiveServer, made: str) -> Iterator[Page]:
    """A page; a word on its console fails the test."""
    said: list[str] = []
    page.on("console", lambda words: said.append(words.text) if words.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert [words for words in said if "422" not in words] == []


def test_the_page_of_duties_shuts_nobody_out(quiet: Page) -> None:
    sign_in_on(quiet, "nurse@clinic.example")
    quiet.goto("/duties")

    assert quiet.get_by_role("cell", name="On duty", exact=True).is_visible()
    assert quiet.get_by_text("Has not accepted yet").is_visible()
    quiet.locator("summary.c-user").click()
    assert quiet.get_by_role("button", name="Go to Hill Clinic").is_visible()
    assert faults(quiet) == []


def test_no_page_of_the_trail_shuts_anybody_out(quiet: Page, made: str) -> None:
    sign_in_on(quiet, "auditor@clinic.example")
    found = {}
    for address in (*TRAIL, made):
        quiet.goto(address)
        found[address] = faults(quiet)

    assert found == {address: [] for address in (*TRAIL, made)}

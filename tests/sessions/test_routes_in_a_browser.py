"""This file is about an infusion in a real browser, from its order to the slots after its stop."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from clinic.core.acting import Acting, act_as
from clinic.core.db import job
from clinic.protocols.library import library_protocols
from tests.axe import faults
from tests.clock import Clock
from tests.factories import make_infant, make_patient
from tests.journeys.conftest import nurse, staff
from tests.journeys.pages import Nurse, starting_with, wall
from tests.sessions.room import ready_course

__all__ = ["nurse", "staff"]

pytestmark = [
    pytest.mark.journey,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]

INFUSION = "ketamine-iv-0.5-mg-kg"
ORDER = "Dose, racemic intravenous"


def at(time: str) -> datetime:
    """A time of the tests' day in UTC."""
    return datetime.fromisoformat(f"2026-03-12T{time}").replace(tzinfo=UTC)


@pytest.fixture
def planning(app: Flask, staff: Acting, nurse: Nurse) -> Nurse:
    """The nurse has the page before her on which an infusion is planned."""
    with app.app_context(), act_as(staff), job():
        woman = make_patient()
        make_infant(woman, feeding="mixed")
        course = ready_course(woman.id, INFUSION)
        address = f"/courses/{course.id}/sessions/new"
    return nurse.opens(address)


def orders(nurse: Nurse) -> None:
    """34 mg for 68 kg, as the arithmetic beside the field says."""
    page = nurse.page
    page.get_by_label("Planned for").fill(wall(at("09:00")))
    page.get_by_label("Room or chair").fill("2A")
    page.get_by_label("Weight").fill("68")
    expect(page.locator("#arithmetic")).to_contain_text("0.5 mg/kg × 68 kg = 34 mg")
    expect(page.get_by_label(ORDER)).to_have_value("")
    page.get_by_label("Weighed on").fill("2026-03-10")
    page.get_by_label(ORDER).fill("34")
    page.get_by_label("Dr Chidi Okafor").check()
    page.get_by_label("read back to the prescriber").check()
    page.get_by_label("Agreed pause").fill("12")
    nurse.saves("Plan this session")
    nurse.session = page.url


def prepares(nurse: Nurse, clock: Clock) -> None:
    """She is checked in, everything is asked and measured; it is 09:15."""
    nurse.checks_her_in("1994-05-02")
    moment = at("09:05").isoformat()
    clock.now = at("09:06")
    for item in library_protocols()[INFUSION].pre_dose:
        nurse.sends(kind="check", effective_at=moment, item=item.code, answer=item.expected.value)
    nurse.sends(kind="observation", effective_at=moment, systolic="118", diastolic="76")
    clock.now = at("09:15")
    nurse.looks()


def shows(page: Page, *words: str) -> None:
    """The page says all of it."""
    for one in words:
        pattern = re.compile(re.escape(one).replace(r"\ ", r"\s"))
        expect(page.locator("body")).to_contain_text(pattern)


def test_an_infusion_is_ordered_started_paused_changed_and_stopped(planning: Nurse, clock: Clock):
    nurse, page = planning, planning.page
    orders(nurse)
    prepares(nurse, clock)
    shows(page, "34 mg over 40 min = 51 mg/h", "weight 68 kg on 10 Mar 2026")

    dose = page.get_by_role("region", name="Dose", exact=True)
    dose.get_by_label("Rate").fill("51")
    dose.get_by_label("Lot").fill("K77")
    dose.get_by_label("Expiry").fill("2027-12-31")
    nurse.saves(starting_with("Start infusion"))
    shows(page, "Dosing, 0/40 min")

    clock.now = at("09:35")
    nurse.looks()
    shows(page, "Dosing, 20/40 min", "17 mg so far")
    assert faults(page) == []
    nurse.saves(starting_with("Pause infusion"))
    shows(page, "Dosing paused, 20/40 min")

    clock.now = at("09:40")
    nurse.looks().saves(starting_with("Go on with infusion"))
    dose = page.locator("[aria-labelledby=dose-title]")
    nurse.goes_into(starting_with("Dose"), dose)
    nurse.unfolds("Change the rate")
    page.get_by_label("New rate").fill("60")
    nurse.saves(starting_with("Change rate"))

    clock.now = at("10:00")
    nurse.looks().goes_into(starting_with("Dose"), dose)
    nurse.saves(starting_with("Stop infusion"))
    shows(page, "Given: 37 mg", "stop + 15 min", "stop + 60 min")

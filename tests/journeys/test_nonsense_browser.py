"""This journey types nonsense into the page of a session: each time a sentence stands beside the
field, everything that was typed is kept, and nothing is saved before it is right. Scripts are off:
this is what the server says, and the page works as plain HTML.

It is the night in which the clocks go forward: 01:00 to 02:00 does not exist.
"""

import re
import uuid
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, expect

from clinic.core.acting import act_as
from clinic.core.db import db, job
from clinic.sessions.actions import plan_session
from clinic.sessions.queries.log import entries_of
from clinic.sessions.rules.log import Measured, Observation
from tests.factories import make_infant, make_patient
from tests.journeys.pages import SAVE_READINGS
from tests.sessions.room import ready_course

pytestmark = [
    pytest.mark.journey,
    # What a page says to nonsense is the same on every database.
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]

NIGHT = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # 02:30 on the wall
NUMBERS = {
    "Systolic": "126",
    "Diastolic": "80",
    "Heart rate": "78",
    "Resp. rate": "14",
    "SpO₂": "98",
    "O₂": "0",
    "Temperature": "36.6",
}
MOMENT = "2026-03-29T02:30"
# What is typed instead of one of these, and the sentence beside the field.
NONSENSE = (
    ("Systolic", "1200", "Enter systolic blood pressure in mmHg, a whole number between 20 and"),
    ("Systolic", "79", "Diastolic must be below systolic, 79/80"),
    ("Diastolic", "-5", "Enter diastolic blood pressure in mmHg"),
    ("Heart rate", "NaN", "Enter heart rate in /min, a whole number"),
    ("Heart rate", "１２０", "Enter heart rate in /min, a whole number"),
    ("Resp. rate", "🙂", "Enter respiratory rate in /min, a whole number"),
    ("Resp. rate", "14.5", "Enter respiratory rate in /min, a whole number"),
    ("SpO₂", "101", "Enter SpO₂ in %, a whole number between 0 and 100"),
    ("SpO₂", "1_0_0", "Enter SpO₂ in %, a whole number"),
    ("O₂", "-5", "Enter oxygen flow in L/min"),
    ("Temperature", "366", "Enter temperature in °C"),
)
NO_TIME = (
    ("2026-03-30T02:30", "That time is in the future"),
    ("2026-03-29T01:10", "That time was skipped when the clocks went forward"),
)


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "java_script_enabled": False}


@pytest.fixture
def entered(app, staff, clock, nurse):
    """She is checked in; the nurse has the page before her."""
    clock.now = NIGHT
    with app.app_context(), act_as(staff), job():
        woman = make_patient()
        make_infant(woman, feeding="mixed")
        session = plan_session(
            ready_course(woman.id),
            planned_at=NIGHT,
            room="2",
            ordered_dose=Decimal(56),
            ordered_by_id=staff.actor_id,
            agreed_pause_hours=Decimal(12),
        )
        nurse.session = f"/sessions/{session.id}"
    nurse.opens(nurse.session)
    nurse.session = nurse.page.url
    return nurse.checks_her_in("1994-05-02")


def boxes(page) -> dict[str, Locator]:
    """The boxes of the numbers, by the beginning of their names."""
    box = page.get_by_role
    return {name: box("textbox", name=re.compile("^" + re.escape(name))) for name in NUMBERS}


def types(nurse, numbers: dict[str, str]) -> None:
    for name, box in boxes(nurse.page).items():
        box.fill(numbers[name])


def kept(nurse, numbers: dict[str, str], moment: str) -> None:
    """Everything that was typed still stands there."""
    for name, box in boxes(nurse.page).items():
        expect(box).to_have_value(numbers[name])
    expect(nurse.readings_form().get_by_label("Taken at")).to_have_value(moment)
    scale = nurse.page.get_by_role("group", name=re.compile("^Sedation"))
    expect(scale.get_by_role("radio", name=re.compile("^5"))).to_be_checked()
    scale = nurse.page.get_by_role("group", name=re.compile("^Dissociation"))
    expect(scale.get_by_role("radio", name=re.compile("^0"))).to_be_checked()


def observations(app, staff, nurse) -> list[Observation]:
    session_id = uuid.UUID(nurse.session.rsplit("/", 1)[-1])
    with app.app_context(), act_as(staff):
        found = [entry for entry in entries_of(session_id) if isinstance(entry, Observation)]
        db.session.rollback()
    return found


def test_nonsense_is_answered_beside_the_field_kept_and_never_saved(app, staff, entered):
    nurse = entered
    nurse.goes_to_the_readings()
    nurse.presses(SAVE_READINGS)
    expect(nurse.page.get_by_role("alert")).to_be_visible()  # an empty page

    types(nurse, NUMBERS)
    nurse.chooses("Sedation", "5").chooses("Dissociation", "0")
    for name, typed, sentence in NONSENSE:
        numbers = NUMBERS | {name: typed}
        types(nurse, numbers)
        nurse.presses(SAVE_READINGS)
        box = boxes(nurse.page)[name]
        expect(box).to_have_attribute("aria-invalid", "true")
        expect(box).to_have_accessible_description(re.compile(re.escape(sentence)))
        kept(nurse, numbers, MOMENT)
    types(nurse, NUMBERS)
    for typed, sentence in NO_TIME:
        field = nurse.readings_form().get_by_label("Taken at")
        field.fill(typed)
        nurse.presses(SAVE_READINGS)
        expect(field).to_have_accessible_description(re.compile(re.escape(sentence)))
        kept(nurse, NUMBERS, typed)
    assert observations(app, staff, nurse) == []

    nurse.readings_form().get_by_label("Taken at").fill(MOMENT)
    nurse.saves_the_readings()
    (saved,) = observations(app, staff, nurse)
    assert saved.signs["heart_rate"] == Measured(78)
    assert saved.effective_at == NIGHT
    nurse.goes_to_the_readings()
    expect(boxes(nurse.page)["Heart rate"]).to_have_value("")


def test_a_sleeper_has_a_sedation_score_and_a_long_note_is_kept(entered):
    nurse = entered
    nurse.goes_to_the_readings()
    why = nurse.page.get_by_role("combobox", name=re.compile(r"^Sedation.*: no value because$"))
    assert "Asleep" not in why.locator("option").all_inner_texts()
    assert "Refused" in why.locator("option").all_inner_texts()

    nurse.goes_into("Note", nurse.page.locator("[aria-labelledby=note]"))
    note = nurse.page.get_by_role("textbox", name="Note", exact=True)
    long = "Sleeps 😴. " * 1000
    note.fill(long)
    nurse.presses("Save note")

    expect(note).to_have_value(long)
    expect(note).to_have_accessible_description(re.compile("at most 4000 characters"))

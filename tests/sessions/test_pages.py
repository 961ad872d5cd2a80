"""This file is about the pages of a session: every phase, forms that come back, what is asked."""

import re

import pytest
from werkzeug.test import TestResponse

from clinic.core.db import new_id
from tests.sessions.story import Morning, moment, morning

__all__ = ["morning"]

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
INLINE = re.compile(r"<[^>]*\s(style|on[a-z]+)\s*=", re.I)
READING = {"kind": "observation", "heart_rate": "80"}


def words(response: TestResponse) -> str:
    """A page without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


def shown(response: TestResponse, *sentences: str) -> None:
    """The page opens, says this, and carries neither style nor script in its marks."""
    assert response.status_code == 200
    for sentence in sentences:
        assert sentence in words(response)
    assert not INLINE.search(response.text)


def test_a_session_is_shown_in_every_phase_from_plan_to_signature(morning: Morning) -> None:
    shown(morning.page(), "Check in Maya Osei", "Demonstration, not approved by a clinician")

    morning.check_in()
    items = len(morning.plan.pre_dose)
    shown(
        morning.page(),
        "Before the dose",
        f"{items} of {items} not met",
        "Save baseline · Maya Osei",
    )

    morning.answer("09:12", morning.plan.pre_dose)
    morning.read("09:18")
    shown(morning.page(), f"All {items} met", "Start: device 1 given · Maya Osei")

    morning.device("09:30", 1)
    shown(morning.page(), "Device 2 given · Maya Osei", "Stop session", "Given: 28 mg")

    morning.device("09:35", 2)
    morning.device("09:40", 3)
    morning.read("10:31")
    shown(morning.page(), "Blood pressure, above limit", "Acknowledge", "Repeat blood pressure")

    morning.read("11:30")
    morning.clock.now = moment("11:32")
    shown(morning.page(), "Discharge check", "BP 164/102 mmHg")
    shown(morning.page("/discharge"), "Ready to leave?", "Agreed pause ends 21:40")

    morning.sent("11:33", "transition", event="left-against-advice", text="Her son is ill.")
    shown(morning.page(), "Left against advice", "Not signed yet", "Sign and lock")


def test_a_signed_session_is_read_only_and_shows_its_signature(morning: Morning) -> None:
    morning.until("11:30")
    morning.sent("11:31", "transition", event="transferred", text="To hospital, baby with father")
    signed = morning.browser.post(
        f"{morning.address}/discharge",
        page=f"{morning.address}/discharge",
        password="correct horse battery staple",
    )
    assert signed.status_code == 303, words(signed)

    page = morning.page()

    shown(page, "Signed", "Locked", "Aiko Kimura, Thu 12 Mar 2026, 11:31, Europe/Dublin")
    assert "data-entry" not in page.text
    assert morning.typed(**READING, effective_at="now").status_code == 409


@ON_ONE
def test_a_held_dose_says_value_limit_and_when_to_take_it_again(morning: Morning) -> None:
    morning.check_in()
    morning.answer("09:12", morning.plan.pre_dose)
    morning.sent("09:18", "observation", systolic="142", diastolic="88")

    page = morning.page()

    shown(page, "The dose cannot start: 142/88", "Recheck opens 09:23, due 09:28")
    assert '<fieldset class="stack g8" disabled>' in page.text
    assert "Override the hold" not in page.text


@ON_ONE
def test_a_refused_reading_keeps_what_was_typed_beside_the_sentence(morning: Morning) -> None:
    morning.until("09:46")
    entry_id = new_id()

    page = morning.typed(
        entry_id, kind="observation", effective_at="2026-03-12T09:46", systolic="1480", spo2="98"
    )

    assert page.status_code == 422
    assert 'value="1480"' in page.text
    assert 'value="98"' in page.text
    assert "between 20 and 300" in words(page)
    assert f"/entries/{entry_id}" in page.text


@ON_ONE
def test_an_unlikely_reading_is_asked_once_and_kept_when_confirmed(morning: Morning) -> None:
    morning.until("09:46")
    entry_id = new_id()
    reading = {"kind": "observation", "effective_at": "2026-03-12T09:46", "spo2": "62"}

    asked = morning.typed(entry_id, **reading)
    kept = morning.typed(entry_id, **reading, confirmed="y")

    assert asked.status_code == 422
    assert "Checked, keep it" in words(asked)
    assert 'class="c-work three is-observing is-entry"' in asked.text
    assert kept.status_code == 303
    assert "Emergency: SpO₂, below limit" in words(morning.page())


@ON_ONE
def test_a_refused_side_effect_comes_back_in_its_own_form(morning: Morning) -> None:
    morning.until("09:46")

    page = morning.typed(
        kind="adverse-event",
        event="onset",
        term="nausea",
        severity="moderate",
        serious="y",
        effective_at="2026-03-12T09:46",
    )

    assert page.status_code == 422
    assert 'href="#add-nausea-criterion"' in page.text
    assert 'id="add-nausea-criterion"' in page.text


@ON_ONE
def test_a_button_that_says_now_writes_the_moment_it_arrives_and_only_once(
    morning: Morning,
) -> None:
    morning.until("09:46")
    entry_id = new_id()
    effect = {"kind": "adverse-event", "event": "onset", "term": "nausea", "severity": "mild"}

    first = morning.typed(entry_id, **effect, effective_at="now")
    morning.clock.advance(minutes=2)
    second = morning.typed(entry_id, **effect, effective_at="now")

    assert (first.status_code, second.status_code) == (303, 303)
    assert words(morning.page()).count("Nausea, mild since 09:46") == 1


@ON_ONE
def test_an_answer_given_on_the_discharge_page_goes_back_there(morning: Morning) -> None:
    morning.until("11:00")
    asked = {"kind": "check", "item": "escort-arrived", "effective_at": "now", "back": "discharge"}

    saved = morning.typed(**asked, answer="yes")
    refused = morning.typed(**asked)

    assert saved.location == f"{morning.address}/discharge"
    assert refused.status_code == 422
    assert "Ready to leave?" in words(refused)
    assert "Choose the answer." in words(refused)


@ON_ONE
def test_a_way_back_that_is_not_ours_leads_to_the_session(morning: Morning) -> None:
    """A24: open redirect, also by control characters."""
    morning.until("09:46")

    saved = morning.typed(**READING, effective_at="now", back="https://elsewhere.example")

    assert saved.location == morning.address


def test_a_correction_stands_in_place_with_who_when_and_why(morning: Morning) -> None:
    morning.until("09:46")
    note = morning.sent("09:46", "note", text="Her daughter is here")
    form = morning.page(f"/entries/{note}/correct")
    assert "Her daughter is here" in form.text

    saved = morning.typed(
        kind="note",
        corrects_id=note,
        reason="It is a son",
        text="Her son is here",
        effective_at="2026-03-12T09:46",
    )

    assert saved.status_code == 303
    page = morning.page()
    assert "<del>09:46 Her daughter is here</del>" in page.text
    assert "Corrected by Aiko Kimura, 09:46: It is a son" in words(page)


@ON_ONE
def test_a_correction_without_a_reason_is_asked_for_it(morning: Morning) -> None:
    morning.until("09:46")
    note = morning.sent("09:46", "note", text="Her daughter is here")

    page = morning.typed(
        kind="note", corrects_id=note, text="Her son is here", effective_at="2026-03-12T09:46"
    )

    assert page.status_code == 422
    assert "Enter why it is corrected." in words(page)
    assert "Her son is here" in page.text


@ON_ONE
def test_every_kind_of_entry_can_be_corrected(morning: Morning) -> None:
    morning.until("10:31")
    morning.sent("10:31", "intervention", category="position", text="Lies on her left side")
    page = morning.page()
    links = sorted(set(re.findall(r"/entries/[0-9a-f-]{36}/correct", page.text)))
    assert len(links) > 25

    answers = {morning.page(link).status_code for link in links}

    assert answers == {200}


def test_what_moves_is_sent_anew_only_when_something_changed(morning: Morning) -> None:
    morning.until("09:46")
    first = morning.page("/live")
    tag = {"If-None-Match": first.headers["ETag"]}

    same = morning.browser.client.get(f"{morning.address}/live", headers=tag)
    morning.sent("09:46", "note", text="Calm")
    other = morning.browser.client.get(f"{morning.address}/live", headers=tag)

    assert first.headers["Cache-Control"] == "no-store"
    assert (same.status_code, same.data) == (304, b"")
    assert other.status_code == 200
    assert "Calm" in other.text


def test_the_board_answers_304_until_a_slot_goes_overdue(morning: Morning) -> None:
    morning.until("09:40")
    morning.clock.now = moment("09:48")
    tag = {"If-None-Match": morning.browser.get("/board/rows").headers["ETag"]}

    morning.clock.now = moment("09:50")
    same = morning.browser.client.get("/board/rows", headers=tag)
    morning.clock.now = moment("09:51")
    other = morning.browser.client.get("/board/rows", headers=tag)

    assert same.status_code == 304
    assert "15 min 6 min overdue was due 09:45" in words(other)


@ON_ONE
def test_the_board_shows_what_needs_action_first(morning: Morning) -> None:
    morning.until("10:31")

    shown(
        morning.browser.get("/board"),
        "BP 164/102, above limit",
        "Open since 10:31",
        "calling nurse",
        "Repeat BP in 5 min",
        "7 wk postpartum",
    )


@ON_ONE
def test_a_board_without_sessions_says_who_is_next(morning: Morning) -> None:
    shown(morning.browser.get("/board"), "No session is running", "Maya Osei at 09:15")


@ON_ONE
def test_a_therapist_reads_the_session_and_finds_no_form(morning: Morning) -> None:
    morning.until("09:46")
    morning.browser.sign_out()
    morning.browser.sign_in("therapist@clinic.example")

    page = morning.page()

    shown(page, "BP 126/80 mmHg")
    assert "data-entry" not in page.text
    assert "Board" not in words(page)


@ON_ONE
def test_planning_a_session_keeps_what_was_typed_and_then_shows_it(morning: Morning) -> None:
    chart = morning.browser.get(f"/patients/{patient_of(morning)}")
    address = re.search(r'href="(/courses/[^"]+/sessions/new)"', chart.text).group(1)
    prescriber = re.search(r'value="([0-9a-f-]{36})"', morning.browser.get(address).text).group(1)
    order = {"planned_at": "2026-03-19T09:15", "ordered_by": prescriber, "dose": "56"}
    order |= {"read_back": "y"}

    refused = morning.browser.post(address, page=address, **order)
    planned = morning.browser.post(address, page=address, **order, room="2A")

    assert refused.status_code == 422
    assert "Enter the room." in words(refused)
    assert 'value="2026-03-19T09:15"' in refused.text
    assert planned.status_code == 303
    shown(morning.browser.get(planned.location), "Session 2", "Room 2A", "No pause agreed yet")


def patient_of(morning: Morning) -> str:
    """The id of the patient, as the chart's address has it."""
    opened = morning.browser.post("/patients", page="/patients", q="Osei").location
    found = re.fullmatch(r"/patients/([0-9a-f-]{36})", opened)
    assert found
    return found.group(1)

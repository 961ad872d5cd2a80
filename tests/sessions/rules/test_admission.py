"""Which entry a session takes: both sides of every refusal and every question."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from clinic.sessions.rules import log
from clinic.sessions.rules.admission import Objection, Setting, objections
from tests.sessions.rules.factories import (
    FACTS,
    INFUSION,
    NASAL,
    ZONE,
    Logbook,
    at,
    refused,
    started,
)

UNHELD, HELD, SEVERE = "140/90", "141/90", "160/90"


def arrived(pressure: str | None = "118/76") -> Logbook:
    """Checked in half an hour before, every item met, a reading two minutes before."""
    book = Logbook()
    book.step(-30, "checked-in", text="Date of birth agrees with the record")
    for item in NASAL.pre_dose:
        book.check(-25, item.code, item.expected.value)
    if pressure:
        book.full(-2, blood_pressure=pressure)
    return book


def against(book: Logbook, entry: log.Entry, **given: Any) -> list[Objection]:
    """What speaks against the last entry of a book, looked at one minute after it."""
    now = given.pop("now", (entry.effective_at - at(0)).total_seconds() / 60 + 1)
    book.entries.remove(entry)
    plan, facts = given.pop("plan", NASAL), given.pop("facts", FACTS)
    setting = Setting(plan, book.state(now, plan, facts), at(-30), ZONE, **given)
    return objections(setting, entry)


def said(found: list[Objection]) -> list[tuple[str, str, bool]]:
    """The objections as tuples."""
    return [(objection.field, objection.sentence, objection.ask) for objection in found]


def test_a_first_device_is_taken_when_everything_is_met() -> None:
    book = arrived()

    assert against(book, book.device(0)) == []


def test_a_first_device_waits_for_every_item_before_the_dose() -> None:
    book = arrived()
    book.check(-1, "escort-arranged", "no")

    found = against(book, book.device(0))

    assert said(found) == [("event", "Not yet: Escort arranged for the way home.", False)]


@pytest.mark.parametrize(
    "item", ["bladder-emptied", "antihypertensive-taken", "cuff", "baby-in-room", "milk-expressed"]
)
def test_d8_5_what_is_only_noted_is_asked_and_keeps_no_dose_waiting(item: str) -> None:
    book = arrived()
    book.entries = [e for e in book.entries if getattr(e, "item", None) != item]

    asked = {state.code: state.answer for state in book.state(-1).pre_dose_items}
    found = against(book, book.device(0))

    assert (item in asked, asked[item]) == (True, None)
    assert found == []


@pytest.mark.parametrize("item", ["pregnancy-test", "fasting", "prn-given"])
def test_d8_5_what_the_prescriber_hears_of_is_answered_before_the_dose(item: str) -> None:
    unasked, refused_it = arrived(), arrived()
    unasked.entries = [e for e in unasked.entries if getattr(e, "item", None) != item]
    refused_it.check(-1, item, "refused")

    (waiting,) = against(unasked, unasked.device(0))

    assert waiting.sentence.startswith("Not yet: ")
    assert against(refused_it, refused_it.device(0)) == []


def test_a_first_device_without_a_pressure_before_it_is_asked_once() -> None:
    book = arrived(pressure=None)
    book.reading(-2, blood_pressure=refused(), heart_rate=72)

    found = against(book, book.device(0))

    sentence = "There is no blood pressure before the dose. Give it without one?"
    assert said(found) == [("event", sentence, True)]


@pytest.mark.parametrize(("minute", "asked"), [(-30, False), (-31, True)])
def test_d2_1_the_pressure_before_the_dose_is_at_most_30_minutes_old(
    minute: int, asked: bool
) -> None:
    book = arrived(pressure=None)
    book.full(minute)

    assert [objection.ask for objection in against(book, book.device(0))] == [True] * asked


@pytest.mark.parametrize(("pressure", "refusals"), [(UNHELD, 0), (HELD, 1)])
def test_d3_a_held_dose_is_refused_and_140_90_itself_is_not_held(
    pressure: str, refusals: int
) -> None:
    book = arrived(pressure)

    found = against(book, book.device(0))

    assert [objection.ask for objection in found] == [False] * refusals
    assert all(objection.sentence.startswith("The dose is on hold: ") for objection in found)


def test_d3_an_overridden_hold_lets_the_dose_be_given() -> None:
    book = arrived(HELD)
    book.step(-1, "hold-overridden", reason="Usual for her", author_id=UUID(int=102))

    assert against(book, book.device(0)) == []


@pytest.mark.parametrize(("day", "final"), [(42, True), (43, False)])
def test_d3_at_160_up_to_day_42_nobody_can_override(day: int, final: bool) -> None:
    book = arrived(SEVERE)
    birth_on = at(0).astimezone(ZONE).date() - timedelta(days=day)

    found = against(book, book.device(0), facts=replace(FACTS, birth_on=birth_on))

    assert found[0].sentence.endswith("Nobody can override this.") == final


@pytest.mark.parametrize(("minute", "asked"), [(4, True), (5, False)])
def test_the_next_device_is_asked_about_before_its_rest_is_over(minute: int, asked: bool) -> None:
    book = arrived()
    book.device(0, 1)

    found = against(book, book.device(minute, 2))

    assert [objection.ask for objection in found] == [True] * asked


def test_devices_follow_each_other_by_number() -> None:
    book = arrived()
    book.device(0, 1)

    found = against(book, book.device(5, 3))

    assert said(found) == [("device_number", "Device 2 is next.", False)]


def test_d5_1_there_is_no_replacement_device_without_a_new_order() -> None:
    book = arrived()
    for number in (1, 2, 3):
        book.device((number - 1) * 5, number)

    found = against(book, book.device(15, 4))

    assert said(found) == [
        ("device_number", "All ordered devices are given. Another one needs a new order.", False)
    ]


EXPIRED = ("expires_on", "Expired on 11 Mar 2026. Take another one.", False)


@pytest.mark.parametrize(("days", "refused"), [(0, []), (-1, [EXPIRED])])
def test_d5_2_an_expired_device_is_refused_and_its_last_day_is_good(
    days: int, refused: list[tuple[str, str, bool]]
) -> None:
    book = arrived()
    expires_on = date(2026, 3, 12) + timedelta(days=days)

    found = against(book, book.device(0, expires_on=expires_on))

    assert said(found) == refused


@pytest.mark.parametrize(("hours", "refusals"), [(24, 0), (23, 1)])
def test_d5_1_two_doses_within_the_minimum_interval_are_refused(hours: int, refusals: int) -> None:
    book = arrived()
    plan = replace(NASAL, dose=replace(NASAL.dose, minimum_interval_hours=24))

    found = against(book, book.device(0), plan=plan, last_dose_at=at(-60 * hours))

    assert [objection.sentence for objection in found] == [
        "The dose before was less than 24 h ago."
    ] * refusals


def test_an_infusion_event_is_refused_where_the_drug_is_a_spray() -> None:
    book = arrived()

    found = against(book, book.pump(0, "start", rate_mg_per_h=Decimal(52)))

    assert found[0].field == "event"


@pytest.mark.parametrize(
    ("events", "event", "taken"),
    [
        (["start"], "pause", True),
        (["start"], "start", False),
        (["start", "pause"], "pause", False),
        (["start", "pause"], "resume", True),
        (["start", "pause"], "stop", True),
        (["start"], "resume", False),
        (["start", "stop"], "rate", False),
    ],
)
def test_an_infusion_goes_through_its_states(events: list[str], event: str, taken: bool) -> None:
    book = Logbook()
    book.step(-30, "checked-in", text="Date of birth agrees with the record")
    for item in INFUSION.pre_dose:
        book.check(-25, item.code, item.expected.value)
    book.full(-2)
    for number, before in enumerate(events):
        book.pump(number * 2, before, rate_mg_per_h=Decimal(52))

    found = against(book, book.pump(10, event, rate_mg_per_h=Decimal(52)), plan=INFUSION)

    assert (found == []) == taken


@pytest.mark.parametrize(("hours", "refusals"), [(24, 0), (24.1, 1), (-24, 0), (-24.1, 1)])
def test_an_entry_lies_within_a_day_of_its_plan(hours: float, refusals: int) -> None:
    book = arrived()
    entry = book.add(log.Note, -30 + hours * 60, text="Quiet.")

    assert len(against(book, entry, now=0)) == refusals


def test_nothing_is_measured_after_she_left_but_a_note_may_follow() -> None:
    book = started()
    book.step(130, "left-against-advice", text="Wanted to go home")

    reading = against(book, book.full(131), now=140)
    note = against(book, book.add(log.Note, 131, text="Rang, is at home."), now=140)
    before = against(book, book.full(130), now=140)

    assert [objection.field for objection in reading] == ["effective_at"]
    assert (note, before) == ([], [])


@pytest.mark.parametrize(
    ("event", "refusal"),
    [
        ("checked-in", "She is already checked in."),
        ("cancelled", "The dose has begun. Stop the session instead."),
        ("left", "She has already left."),
        ("kept-longer", "She has already left."),
    ],
)
def test_steps_happen_once_and_in_order(event: str, refusal: str) -> None:
    book = started()
    book.step(130, "transferred", text="By ambulance, to the obstetric unit")

    found = against(book, book.step(131, event, text="again"))

    assert [objection.sentence for objection in found] == [refusal]


def test_she_is_kept_longer_once_there_is_a_dose() -> None:
    before, after = arrived(), arrived()
    after.device(0)

    assert against(after, after.step(5, "kept-longer", minutes=10)) == []
    refusals = said(against(before, before.step(5, "kept-longer", minutes=10)))
    assert refusals == [("event", "There is no dose to count from.", False)]


def test_a_side_effect_is_resolved_once_and_after_its_onset() -> None:
    book = started()
    onset = book.effect(12, "dizziness")

    early = against(book, book.effect_change(11, onset), now=20)
    right = against(book, book.effect_change(12, onset), now=20)
    book.effect_change(30, onset)
    twice = against(book, book.effect_change(40, onset), now=50)

    assert [objection.field for objection in early] == ["effective_at"]
    assert right == []
    assert [objection.field for objection in twice] == ["subject_id"]


def test_an_acknowledgement_names_an_alert_that_is_open() -> None:
    book = started()
    book.full(40, blood_pressure="160/90")
    key = book.state(41).open_alerts[0].key

    right = against(book, book.take_up(42, key, action_taken="Rests"))
    wrong = against(book, book.take_up(42, "no such", action_taken="Rests"))

    assert right == []
    assert [objection.field for objection in wrong] == ["alert_key"]


def test_a_correction_names_an_entry_that_still_stands() -> None:
    book = started()
    wrong = book.full(15, heart_rate=27)
    book.withdraw(16, wrong)

    found = against(book, book.full(15, corrects_id=wrong.id, reason="Misread"), now=20)

    assert [objection.field for objection in found] == ["corrects_id"]


def test_a_jump_is_measured_from_the_reading_before_and_not_from_the_slip_it_corrects() -> None:
    book = started()
    slip = book.full(15, heart_rate=172)

    found = against(
        book, book.full(15, heart_rate=72, corrects_id=slip.id, reason="Misread"), now=20
    )

    assert found == []


def test_before_check_in_only_a_note_and_the_check_in_are_taken() -> None:
    book = Logbook()

    reading = against(book, book.full(-5))
    note = against(book, book.add(log.Note, -5, text="Rang: late."))
    arrival = against(book, book.step(-5, "checked-in", text="Date of birth"))

    assert said(reading) == [("kind", "Check her in first.", False)]
    assert (note, arrival) == ([], [])


def test_a_cancelled_session_takes_a_note_and_nothing_else() -> None:
    book = arrived()
    book.step(-1, "cancelled", text="Baby unwell")

    assert [objection.field for objection in against(book, book.full(0))] == ["kind"]
    assert against(book, book.add(log.Note, 0, text="New date by phone.")) == []

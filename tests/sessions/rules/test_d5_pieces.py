"""This file is about D1.4, D1.5 and D5.1 for injections and lozenges, and a running pump."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from clinic.sessions.rules import log
from clinic.sessions.rules.results import Phase
from tests.sessions.rules.factories import (
    FACTS,
    INFUSION,
    INJECTION,
    LOZENGE,
    NASAL,
    Logbook,
    at,
    slot,
)
from tests.sessions.rules.test_admission import against, said

ORDERED = replace(FACTS, ordered_mg=Decimal(60), ordered_devices=None)
RUNNING = {"rate_mg_per_h": Decimal(51)}


def piece(book: Logbook, minute: float, event: str, mg: int | None = None, **says: Any) -> Any:
    """An injection, a lozenge in, or out of the mouth."""
    given = log.AdministrationEvent(event)
    amount = None if mg is None else Decimal(mg)
    return book.add(log.Administration, minute, event=given, mg=amount, **says)


def ready_for(plan: Any) -> Logbook:
    """Checked in, everything asked, a reading two minutes before."""
    book = Logbook()
    book.step(-30, "checked-in", text="Date of birth agrees")
    for item in plan.pre_dose:
        book.check(-25, item.code, item.expected.value)
    book.full(-2)
    return book


def test_d1_5_slots_of_an_injection_and_of_a_lozenge():
    by_muscle, by_mouth = Logbook(), Logbook()
    piece(by_muscle, 0, "injection", 60)
    piece(by_mouth, 0, "lozenge-in", 60)

    injected = by_muscle.state(1, INJECTION, ORDERED)
    held = by_mouth.state(1, LOZENGE, ORDERED)

    assert [one.minute for one in injected.slots] == [0, 5, 10, 15, 30, 45, 60, 90]
    assert [one.minute for one in held.slots] == [0, 15, 30, 60, 90, 120]


@pytest.mark.parametrize(
    ("plan", "event", "minute", "met"),
    [
        (INJECTION, "injection", 89, False),
        (INJECTION, "injection", 90, True),
        (LOZENGE, "lozenge-in", 119, False),
        (LOZENGE, "lozenge-in", 120, True),
    ],
)
def test_d1_4_the_minimum_stay_counts_from_the_first_drug(plan, event, minute, met):
    book = Logbook()
    piece(book, 0, event, 60)
    if plan is LOZENGE:
        piece(book, 8, "lozenge-out", remains=log.Remains.SPAT_OUT)

    assert book.state(minute, plan, ORDERED).readiness.minimum_stay_met is met


@pytest.mark.parametrize(("minute", "status"), [(12, "done"), (13, "missed")])
def test_d1_2_a_slot_of_an_injection_is_on_time_within_two_minutes(minute, status):
    book = Logbook()
    book.full(-1)
    piece(book, 0, "injection", 60)
    book.full(5)
    book.full(minute)

    assert slot(book.state(14, INJECTION, ORDERED), "m10").status == status


@pytest.mark.parametrize(("second", "phase"), [(19, Phase.DOSING), (20, Phase.OBSERVING)])
def test_d5_1_two_injections_are_complete_when_together_they_are_the_order(second, phase):
    book = Logbook()
    piece(book, 0, "injection", 40)
    piece(book, 10, "injection", second)

    state = book.state(11, INJECTION, ORDERED)

    assert state.phase is phase
    assert state.dose.left_mg == 20 - second
    assert state.dose.given_mg == 40 + second


def test_d5_1_a_stop_ends_the_dose_short_of_the_order():
    book = Logbook()
    piece(book, 0, "injection", 40)
    book.step(5, "dosing-stopped", text="She felt sick")

    state = book.state(6, INJECTION, ORDERED)

    assert (state.phase, state.dose.text) == (Phase.OBSERVING, "40 mg")


def test_a_lozenge_is_dosing_while_it_is_in_the_mouth_and_says_how_long_it_was_held():
    book = Logbook()
    piece(book, 0, "lozenge-in", 60)

    inside = book.state(7, LOZENGE, ORDERED)
    piece(book, 8, "lozenge-out", remains=log.Remains.SPAT_OUT)
    out = book.state(9, LOZENGE, ORDERED)

    assert (inside.phase, inside.dose.in_mouth) == (Phase.DOSING, True)
    assert (out.phase, out.dose.in_mouth) == (Phase.OBSERVING, False)
    assert out.dose.text == "60 mg (lozenge 1 held 8 min, spat out)"
    assert out.dose.devices[0].held_minutes == 8
    assert out.agreed_pause_ends_at == at(8 + 12 * 60)


def test_a_lozenge_that_delivered_nothing_is_not_in_the_mouth():
    book = Logbook()
    piece(book, 0, "lozenge-in", 60, outcome=log.Outcome.NONE)

    dose = book.state(1, LOZENGE, ORDERED).dose

    assert (dose.in_mouth, dose.text) == (False, "lozenge 1 delivered nothing")


@pytest.mark.parametrize(("mg", "refusals"), [(60, 0), (61, 1)])
def test_d5_1_an_injection_beyond_the_order_is_refused(mg, refusals):
    book = ready_for(INJECTION)

    found = against(book, piece(book, 0, "injection", mg), plan=INJECTION, facts=ORDERED)

    assert len(found) == refusals
    assert all("60 mg of the order are left" in one.sentence for one in found)


@pytest.mark.parametrize(("mg", "taken"), [(20, True), (21, False)])
def test_d5_1_a_second_injection_is_taken_up_to_what_is_left(mg, taken):
    book = ready_for(INJECTION)
    piece(book, 0, "injection", 40)

    found = against(book, piece(book, 10, "injection", mg), plan=INJECTION, facts=ORDERED)

    assert (found == []) is taken


def test_d5_1_after_an_amount_that_nobody_knows_more_needs_a_new_order():
    book = ready_for(INJECTION)
    piece(book, 0, "injection", None, outcome=log.Outcome.PARTIAL)

    found = against(book, piece(book, 10, "injection", 20), plan=INJECTION, facts=ORDERED)

    assert said(found) == [
        ("mg", "Nobody knows how much was given before. More needs a new order.", False)
    ]


def test_a_first_injection_waits_for_every_item_before_the_dose():
    book = ready_for(INJECTION)
    book.check(-1, "consent", "no")

    found = against(book, piece(book, 0, "injection", 60), plan=INJECTION, facts=ORDERED)

    assert [one.field for one in found] == ["event"]


@pytest.mark.parametrize(
    ("before", "event", "field"),
    [
        ((), "lozenge-out", "event"),
        (("lozenge-in",), "lozenge-in", "event"),
        (("lozenge-in",), "lozenge-out", None),
        (("lozenge-in", "lozenge-out"), "lozenge-out", "event"),
    ],
)
def test_a_lozenge_goes_in_and_comes_out_one_at_a_time(before, event, field):
    book = ready_for(LOZENGE)
    for minute, earlier in enumerate(before):
        piece(book, minute, earlier, 20 if earlier == "lozenge-in" else None)

    entry = piece(book, 5, event, 20 if event == "lozenge-in" else None)
    found = against(book, entry, plan=LOZENGE, facts=ORDERED)

    assert [one.field for one in found] == ([field] if field else [])


@pytest.mark.parametrize(("minute", "taken"), [(-1, False), (0, True)])
def test_a_lozenge_comes_out_after_it_went_in(minute, taken):
    book = ready_for(LOZENGE)
    piece(book, 0, "lozenge-in", 60)

    out = piece(book, minute, "lozenge-out", remains=log.Remains.SWALLOWED)

    assert (against(book, out, plan=LOZENGE, facts=ORDERED, now=3) == []) is taken


@pytest.mark.parametrize(
    ("plan", "event"),
    [(INJECTION, "lozenge-in"), (LOZENGE, "injection"), (NASAL, "injection")],
)
def test_what_another_route_gives_is_refused(plan, event):
    book = ready_for(plan)

    found = against(book, piece(book, 0, event, 20), plan=plan, facts=ORDERED)

    assert [one.field for one in found] == ["event"]


def test_d5_1_a_pump_shows_rate_times_minutes_with_the_pauses_out():
    book = Logbook()
    book.pump(0, "start", **RUNNING)
    book.pump(10, "pause")
    book.pump(20, "resume")

    paused = book.state(15, INFUSION).dose
    running = book.state(30, INFUSION).dose

    assert (paused.infused_minutes, paused.infused_mg) == (10, Decimal("8.5"))
    assert (running.infused_minutes, running.infused_mg) == (20, Decimal(17))
    assert running.given_mg is None


def test_a_pump_that_runs_turns_the_state_no_more_often_than_its_slots():
    book = Logbook()
    book.full(-1)
    book.pump(0, "start", **RUNNING)

    state = book.state(1, INFUSION)

    assert state.changes_at == at(8)  # the slot of minute 10 is due two minutes before


def test_a_rate_that_was_never_said_gives_no_running_amount():
    book = Logbook()
    book.pump(0, "start")

    assert book.state(5, INFUSION).dose.infused_mg is None

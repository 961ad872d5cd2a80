"""This file is about definitions D3 before the dose: hold, recheck, override, do not dose."""

from dataclasses import replace
from datetime import date

import pytest

from clinic.protocols.rules import Level
from clinic.sessions.rules.results import Phase
from tests.sessions.rules.factories import FACTS, Logbook, at

IN_RANGE, MARKED, ALERT, EMERGENCY = Level


@pytest.mark.parametrize(
    ("pressure", "held"),
    [("140/90", False), ("141/80", True), ("130/91", True), ("141/91", True), ("120/80", False)],
)
def test_d3_hold_above_140_or_above_90_and_140_over_90_itself_is_not_held(pressure, held):
    book = Logbook()
    book.reading(-10, blood_pressure=pressure)

    state = book.state(-9)

    assert (state.hold is not None) is held
    assert (state.phase is Phase.ON_HOLD) is held


def test_d3_hold_recheck_opens_at_5_and_is_due_at_10_min():
    book = Logbook()
    book.reading(-20, blood_pressure="146/92")

    state = book.state(-19)

    assert state.hold.recheck_opens_at == at(-15)
    assert state.hold.recheck_due_at == at(-10)
    assert (state.next_due.kind, state.next_due.due_at) == ("recheck", at(-10))


def test_d3_a_recheck_in_range_lifts_the_hold():
    book = Logbook()
    book.reading(-20, blood_pressure="146/92")
    book.reading(-14, blood_pressure="138/88")

    state = book.state(-13)

    assert state.hold is None
    assert state.phase is Phase.PRE_DOSE


def test_d3_a_recheck_above_holds_again():
    book = Logbook()
    book.reading(-20, blood_pressure="146/92")
    book.reading(-14, blood_pressure="143/88")

    assert book.state(-13).hold.recheck_due_at == at(-4)


def test_d3_an_override_counts_only_after_the_last_held_reading():
    book = Logbook()
    book.reading(-20, blood_pressure="146/92")
    book.step(-18, "hold-overridden", reason="treated")
    overridden = book.state(-17)
    book.reading(-10, blood_pressure="150/92")

    assert (overridden.hold.override.effective_at, overridden.hold.override.reason) == (
        at(-18),
        "treated",
    )
    assert overridden.phase is Phase.PRE_DOSE
    assert book.state(-9).phase is Phase.ON_HOLD


@pytest.mark.parametrize(
    ("pressure", "barred"),
    [("159/109", False), ("160/80", True), ("150/110", True)],
)
@pytest.mark.parametrize(
    ("birth_on", "inside"),
    [(date(2026, 1, 29), True), (date(2026, 1, 28), False), (None, True)],
    ids=["day 42", "day 43", "day unknown"],
)
def test_d3_from_160_or_110_up_to_day_42_do_not_dose_and_no_override_exists(
    pressure, barred, birth_on, inside
):
    book = Logbook()
    book.reading(-20, blood_pressure=pressure)
    book.step(-15, "hold-overridden", reason="wanted")

    hold = book.state(-14, facts=replace(FACTS, birth_on=birth_on)).hold

    assert hold.do_not_dose is (barred and inside)
    assert hold.may_be_overridden is not hold.do_not_dose
    assert hold.overridden is hold.may_be_overridden


def test_d3_an_unrecordable_recheck_lifts_nothing():
    from clinic.sessions.rules import log

    book = Logbook()
    book.reading(-20, blood_pressure="146/92")
    book.reading(-14, blood_pressure=log.Unrecordable())

    assert book.state(-13).phase is Phase.ON_HOLD

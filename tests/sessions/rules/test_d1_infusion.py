"""This file is about definitions D1.2, D1.4 and D1.5 for an infusion, and D5.1: its dose."""

from decimal import Decimal

import pytest

from clinic.sessions.rules.results import Phase, SlotStatus
from tests.sessions.rules.factories import INFUSION, Logbook, at, slot


def running(rate="52.5"):
    book = Logbook()
    book.full(-2)
    book.pump(0, "start", rate_mg_per_h=Decimal(rate))
    return book


def minutes_of(state):
    return [one.minute for one in state.slots]


def test_d1_5_while_it_runs_slots_reach_the_planned_end_and_the_rest_waits_for_the_stop():
    state = running().state(5, INFUSION)

    assert minutes_of(state) == [0, 10, 20, 30, 40, None, None, None, None]
    assert state.slots[-1].label == "stop + 60 min"


def test_d1_5_after_the_stop_slots_follow_at_15_30_45_60():
    book = running()
    book.pump(42, "stop")

    state = book.state(43, INFUSION)

    assert minutes_of(state) == [0, 10, 20, 30, 40, 57, 72, 87, 102]
    assert slot(state, "s15").due_at == at(57)


@pytest.mark.parametrize(("stop", "last"), [(38, 30), (40, 40), (49, 40), (50, 50)])
def test_d1_5_every_10_min_to_the_stop_itself_included(stop, last):
    book = running()
    book.pump(stop, "stop")

    assert minutes_of(book.state(stop + 1, INFUSION))[-5] == last


@pytest.mark.parametrize(("minute", "last"), [(40, 40), (41, 50), (50, 50), (51, 60)])
def test_d1_5_an_infusion_that_runs_over_gets_further_slots(minute, last):
    assert minutes_of(running().state(minute, INFUSION))[-5] == last


def test_d1_5_the_last_stop_counts_when_it_was_started_again():
    book = running()
    book.pump(20, "stop")
    book.pump(25, "start", rate_mg_per_h=Decimal(60))
    book.pump(45, "stop")

    state = book.state(46, INFUSION)

    assert minutes_of(state) == [0, 10, 20, 30, 40, 60, 75, 90, 105]
    assert state.clock.minimum_stay_ends_at == at(105)


@pytest.mark.parametrize(("minute", "met"), [(101, False), (102, True)])
def test_d1_4_iv_minimum_stay_is_met_at_exactly_the_last_stop_plus_60(minute, met):
    book = running()
    book.pump(42, "stop")

    assert book.state(minute, INFUSION).readiness.minimum_stay_met is met


def test_d1_4_iv_minimum_stay_has_no_end_while_it_runs():
    state = running().state(30, INFUSION)

    assert state.clock.minimum_stay_ends_at is None
    assert state.clock.last_drug_at is None
    assert state.phase is Phase.DOSING


def test_d1_2_a_reading_at_minute_35_of_an_infusion_fills_30_or_else_40():
    book = running()
    book.full(35)

    state = book.state(36, INFUSION)

    assert slot(state, "m30").status is SlotStatus.DONE
    assert slot(state, "m40").status is SlotStatus.PLANNED


def test_d5_1_dose_is_rate_times_minutes():
    book = running()
    book.pump(40, "stop")

    dose = book.state(41, INFUSION).dose

    assert (dose.given_mg, dose.text) == (Decimal(35), "35 mg")
    assert not dose.stopped_early


def test_d5_1_pauses_do_not_count():
    book = running("60")
    book.pump(10, "pause")
    book.pump(25, "resume")
    book.pump(40, "stop")

    assert book.state(41, INFUSION).dose.given_mg == Decimal(25)


def test_d5_1_a_change_of_rate_counts_from_its_minute():
    book = running("60")
    book.pump(10, "rate", rate_mg_per_h=Decimal(30))
    book.pump(40, "stop")

    assert book.state(41, INFUSION).dose.given_mg == Decimal(25)


def test_d5_1_a_stopped_infusion_is_never_rounded_to_the_plan():
    book = running("52.5")
    book.pump(17, "stop")

    dose = book.state(18, INFUSION).dose

    assert (dose.given_mg, dose.text) == (Decimal("14.875"), "14.88 mg")
    assert dose.stopped_early


def test_d5_1_without_a_rate_the_amount_is_unknown():
    book = Logbook()
    book.pump(0, "start")
    book.pump(40, "stop")

    dose = book.state(41, INFUSION).dose

    assert dose.given_mg is None
    assert dose.text == "infusion, amount unknown"


def test_d5_1_what_the_pump_shows_at_the_stop_beats_what_is_computed():
    book = running()
    book.pump(40, "stop", mg=Decimal("34.2"))

    assert book.state(41, INFUSION).dose.text == "34.2 mg"


def test_d5_1_two_runs_with_what_the_pump_showed_add_up():
    book = running()
    book.pump(20, "stop", mg=Decimal(17))
    book.pump(25, "start", rate_mg_per_h=Decimal(60))
    book.pump(40, "stop", mg=Decimal(15))

    assert book.state(41, INFUSION).dose.given_mg == Decimal(32)


def test_d5_1_while_it_runs_no_amount_is_said():
    dose = running().state(10, INFUSION).dose

    assert (dose.given_mg, dose.text, dose.running) == (None, "infusion running", True)


def test_a_paused_infusion_is_neither_running_nor_complete():
    book = running()
    book.pump(10, "pause")

    dose = book.state(11, INFUSION).dose

    assert (dose.running, dose.paused, dose.complete, dose.text) == (
        False,
        True,
        False,
        "infusion paused",
    )


def test_d5_3_the_agreed_pause_counts_from_the_stop():
    book = running()
    assert book.state(20, INFUSION).agreed_pause_ends_at is None
    book.pump(42, "stop")

    assert book.state(43, INFUSION).agreed_pause_ends_at == at(42 + 12 * 60)


def test_d1_1_a_report_is_due_only_where_the_protocol_has_one():
    assert running().state(1, INFUSION).clock.report_due_on is None

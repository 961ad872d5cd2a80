"""This file is about definitions D1: T0, slots, late entries, minimum stay, days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.sessions.rules import as_known_at, log, session_state
from tests.sessions.rules.factories import (
    FACTS,
    NASAL,
    Logbook,
    at,
    slot,
    started,
)


def test_d1_1_t0_is_the_first_spray_not_check_in():
    book = Logbook()
    book.step(-40, "checked-in")
    book.device(0)
    book.device(5, 2)

    assert book.state(10).clock.t0 == at(0)


def test_d1_1_a_device_that_delivered_nothing_is_not_t0():
    book = Logbook()
    book.device(-5, outcome=log.Outcome.NONE)
    book.device(0, 2)

    assert book.state(1).clock.t0 == at(0)


def test_d1_1_a_partial_device_is_t0():
    book = Logbook()
    book.device(0, outcome=log.Outcome.PARTIAL)

    assert book.state(1).clock.t0 == at(0)


@pytest.mark.parametrize(
    ("event", "is_t0"),
    [("infusion-start", True), ("injection", True), ("lozenge-in", True), ("lozenge-out", False)],
)
def test_d1_1_start_of_infusion_injection_and_lozenge_in_the_mouth_are_t0(event, is_t0):
    book = Logbook()
    book.add(log.Administration, 0, event=log.AdministrationEvent(event))

    assert (book.state(1).clock.t0 is not None) is is_t0


@pytest.mark.parametrize(
    "t0",
    [
        datetime(2026, 3, 8, 6, 30, tzinfo=UTC),  # New York goes from 2:00 to 3:00 at 7:00 UTC
        datetime(2026, 11, 1, 5, 30, tzinfo=UTC),  # New York goes back from 2:00 to 1:00 at 6:00
        datetime(2026, 3, 12, 3, 30, tzinfo=UTC),  # 23:30 in New York: over midnight
    ],
)
def test_d1_1_elapsed_time_is_right_over_midnight_and_both_changes_of_the_clock(t0):
    book = Logbook()
    shift = t0 - at(0)
    book.device(shift / timedelta(minutes=1))

    state = session_state(NASAL, FACTS, book.entries, t0 + timedelta(minutes=61))

    assert state.clock.elapsed_minutes == 61
    assert state.clock.minimum_stay_ends_at == t0 + timedelta(minutes=120)
    assert slot(state, "m60").due_at == t0 + timedelta(minutes=60)


def test_d1_1_days_come_from_the_local_date_of_t0_and_stay_fixed_past_midnight():
    t0 = datetime(2026, 3, 13, 3, 30, tzinfo=UTC)  # Thu 12 Mar, 23:30 in New York
    book = Logbook()
    book.device((t0 - at(0)) / timedelta(minutes=1))

    clock = session_state(NASAL, FACTS, book.entries, t0 + timedelta(hours=2)).clock

    assert clock.treatment_on == date(2026, 3, 12)
    assert clock.postpartum_day == 49
    assert clock.report_due_on == date(2026, 3, 19)


def test_d1_1_before_t0_the_postpartum_day_is_todays_and_changes_at_local_midnight():
    late_evening = datetime(2026, 3, 13, 3, 59, tzinfo=UTC)

    before = session_state(NASAL, FACTS, [], late_evening)
    after = session_state(NASAL, FACTS, [], late_evening + timedelta(minutes=1))

    assert (before.clock.postpartum_day, after.clock.postpartum_day) == (49, 50)
    assert before.changes_at == datetime(2026, 3, 13, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(("known", "late"), [(65, False), (66, True)])
def test_d1_3_an_entry_is_late_when_recorded_more_than_5_min_after_it_was_taken(known, late):
    book = started()
    book.full(60, known=known)

    assert book.state(70).rows[-1].recorded_late is late


def test_d1_3_a_late_entry_raises_the_same_alert_marked_late_and_calls_from_recorded():
    book = started()
    book.full(60, known=80, blood_pressure="158/101")

    (alert,) = book.state(81).alerts

    assert alert.late
    assert (alert.taken_at, alert.opened_at) == (at(60), at(80))
    assert [step.at for step in alert.escalation] == [at(80), at(82), at(85)]


def test_d1_3_an_in_range_reading_already_stored_does_not_close_a_late_alert():
    book = started()
    book.full(65)
    book.full(60, known=80, blood_pressure="158/101")
    book.take_up(81, book.state(81).alerts[0].key)

    assert book.state(82).alerts[0].is_open

    book.full(83)
    assert not book.state(84).alerts[0].is_open


def test_d1_3_a_transcribed_session_raises_report_rows_and_never_a_call():
    book = started()
    book.full(60, known=600, transcribed=True, blood_pressure="158/101")

    (alert,) = book.state(601).alerts

    assert alert.silent
    assert alert.escalation == ()


def test_d1_3_as_known_at_uses_recorded_time_only():
    book = started()
    book.full(40, known=70, blood_pressure="158/101")

    known = as_known_at(book.entries, at(69))

    assert session_state(NASAL, FACTS, known, at(69)).alerts == ()
    assert len(book.state(70).alerts) == 1


@pytest.mark.parametrize(("minute", "met"), [(119, False), (120, True)])
def test_d1_4_nasal_minimum_stay_is_met_at_exactly_t0_plus_120(minute, met):
    book = started()

    assert book.state(minute).readiness.minimum_stay_met is met


def test_d1_4_total_minutes_count_to_leaving_also_against_advice():
    book = started()
    book.step(47, "left-against-advice")

    state = book.state(90)

    assert state.clock.total_minutes == 47
    assert state.clock.elapsed_minutes == 47
    assert not state.readiness.minimum_stay_met


def test_d1_5_nasal_slots_are_0_15_30_40_60_90_120_with_the_full_set_at_each():
    state = started().state(1)

    assert [one.minute for one in state.slots] == [0, 15, 30, 40, 60, 90, 120]
    assert {len(one.signs) for one in state.slots} == {6}


def test_whole_minutes_follow_the_clock_that_people_read():
    """Seconds are dropped first: 09:31:50 to 10:06:10 is 35 min, as on the wall."""
    book = Logbook()
    book.device(0, effective_at=at(0) + timedelta(seconds=50))

    state = session_state(NASAL, FACTS, book.entries, at(35) + timedelta(seconds=10))

    assert state.clock.elapsed_minutes == 35


def test_the_zone_of_the_clinic_decides_the_day():
    book = started()
    facts = log.SessionFacts(timezone=ZoneInfo("Pacific/Auckland"))

    assert book.state(1, facts=facts).clock.treatment_on == date(2026, 3, 13)

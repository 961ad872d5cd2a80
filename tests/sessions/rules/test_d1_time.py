"""This file is about definitions D1: T0, slots, late entries, minimum stay, days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.sessions.rules import as_known_at, log, session_state
from clinic.sessions.rules.results import SlotStatus
from tests.sessions.rules.factories import (
    FACTS,
    NASAL,
    Logbook,
    at,
    refused,
    slot,
    started,
)


def filled_by(state, entry):
    """Slot keys that an entry fills with its blood pressure."""
    return [
        one.key
        for one in state.slots
        for sign in one.signs
        if sign.reading_id == entry.id and sign.sign == "blood_pressure"
    ]


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


@pytest.mark.parametrize(
    ("minute", "fills"),
    [(9, []), (10, ["m15"]), (15, ["m15"]), (20, ["m15"]), (21, ["m15"]), (24, ["m15"])],
)
def test_d1_2_a_slot_takes_readings_from_5_min_before_until_the_next_slot_begins(minute, fills):
    book = started()
    entry = book.full(minute)

    assert filled_by(book.state(25), entry) == fills


@pytest.mark.parametrize(
    ("minute", "status", "late_by"),
    [(55, "done", None), (65, "done", None), (66, "late", 6), (84, "late", 24)],
)
def test_d1_2_on_time_is_within_5_min_inclusive_and_late_after_it(minute, status, late_by):
    book = started()
    book.full(minute)

    m60 = slot(book.state(85), "m60")

    assert (m60.status, m60.late_by_minutes) == (status, late_by)


def test_d1_2_a_reading_at_minute_35_fills_slot_30_when_it_is_empty():
    book = started()
    entry = book.full(35)

    assert filled_by(book.state(36), entry) == ["m30"]


def test_d1_2_a_reading_at_minute_35_fills_slot_40_when_slot_30_is_filled():
    book = started()
    book.full(30)
    entry = book.full(35)

    assert filled_by(book.state(36), entry) == ["m40"]


def test_d1_2_a_reading_at_minute_52_fills_slot_40_when_it_is_empty_late_by_12():
    book = started()
    entry = book.full(52)

    state = book.state(53)

    assert filled_by(state, entry) == ["m40"]
    assert slot(state, "m40").late_by_minutes == 12


def test_d1_2_a_reading_for_which_no_slot_is_empty_is_an_extra_one():
    book = started()
    book.full(40)
    entry = book.full(50)

    state = book.state(51)

    assert filled_by(state, entry) == []
    assert state.rows[-1].slot_labels == ()


@pytest.mark.parametrize(
    ("minute", "status"),
    [(57, "planned"), (58, "due"), (65, "due"), (66, "overdue"), (84, "overdue"), (85, "missed")],
)
def test_d1_2_a_slot_is_due_overdue_and_at_last_missed_when_the_next_one_begins(minute, status):
    book = started()

    assert slot(book.state(minute), "m60").status == status


@pytest.mark.parametrize(("minute", "status"), [(35, "due"), (36, "missed")])
def test_d1_2_slot_30_is_still_on_time_at_35_although_slot_40_has_begun(minute, status):
    book = started()

    assert slot(book.state(minute), "m30").status == status


def test_d1_2_missed_is_told_per_sign():
    book = started()
    book.reading(60, blood_pressure="120/80", spo2=98)

    m60 = slot(book.state(85), "m60")

    assert m60.status is SlotStatus.DONE
    assert m60.missed_signs == ("heart_rate", "respiratory_rate", "moaas", "dissociation")


def test_d1_2_signs_that_are_left_keep_a_slot_open():
    book = started()
    book.reading(58, blood_pressure="120/80")

    m60 = slot(book.state(66), "m60")

    assert m60.status is SlotStatus.OVERDUE
    assert "spo2" in m60.open_signs
    assert "blood_pressure" not in m60.open_signs


def test_d1_2_the_last_slot_is_missed_only_at_the_end_of_the_session():
    book = started()
    open_state = book.state(180)
    book.step(181, "left")

    assert slot(open_state, "m120").status is SlotStatus.OVERDUE
    assert slot(book.state(182), "m120").status is SlotStatus.MISSED


def test_d1_2_slots_after_she_left_are_missed_with_a_reason():
    book = started()
    book.step(50, "left-against-advice")

    m60 = slot(book.state(51), "m60")

    assert (m60.status, m60.reason) == (SlotStatus.MISSED, "left before it was due")


def test_d1_2_not_measured_with_a_reason_closes_a_sign_of_a_slot_and_names_the_reason():
    book = started()
    book.full(60, blood_pressure=refused())

    m60 = slot(book.state(61), "m60")
    pressure = next(sign for sign in m60.signs if sign.sign == "blood_pressure")

    assert m60.status is SlotStatus.DONE
    assert (pressure.status, pressure.reason) == (SlotStatus.NOT_MEASURED, "refused")


def test_d1_2_a_value_takes_the_slot_from_a_not_measured():
    book = started()
    book.reading(60, blood_pressure=refused())
    entry = book.reading(63, blood_pressure="120/80")

    assert filled_by(book.state(64), entry) == ["m60"]


@pytest.mark.parametrize(
    ("minute", "fills"), [(-31, []), (-30, ["m0"]), (5, ["m0"]), (6, []), (9, [])]
)
def test_d1_2_the_baseline_slot_takes_readings_from_30_min_before_t0_to_5_min_after(minute, fills):
    book = Logbook()
    entry = book.full(minute)
    book.device(0)

    assert filled_by(book.state(10), entry) == fills


def test_d1_2_of_two_readings_before_the_dose_the_last_fills_the_baseline_slot():
    book = Logbook()
    book.full(-20)
    last = book.full(-3)
    book.device(0)

    assert filled_by(book.state(1), last) == ["m0"]


@pytest.mark.parametrize("taken", [60, 63])
def test_d1_2_a_repeat_is_due_5_min_after_the_time_of_the_reading_not_of_the_slot(taken):
    book = started()
    book.full(taken, blood_pressure="158/101")

    due = book.state(taken + 1).next_due

    assert (due.kind, due.signs, due.due_at) == ("repeat", ("blood_pressure",), at(taken + 5))


def test_d1_2_a_repeat_that_was_taken_is_due_no_more():
    book = started()
    book.full(60, blood_pressure="158/101")
    book.reading(65, blood_pressure="150/90")

    assert book.state(66).next_due.kind == "slot"


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

"""This file is about definitions D1.2: which reading fills which slot, and how slots stand."""

import pytest

from clinic.sessions.rules.results import SlotStatus
from tests.sessions.rules.factories import (
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

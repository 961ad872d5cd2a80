"""This file is about definitions D2.1 and D2.2: the value before the dose, and the rise over it."""

import pytest

from clinic.sessions.rules import log
from tests.sessions.rules.factories import Logbook, at, refused, started


def pressure(state):
    return state.pre_dose["blood_pressure"].value.value


@pytest.mark.parametrize(("minute", "counts"), [(-31, False), (-30, True), (0, True), (1, False)])
def test_d2_1_pre_dose_lies_between_t0_minus_30_min_and_t0(minute, counts):
    book = Logbook()
    book.full(minute)
    book.device(0)

    assert ("blood_pressure" in book.state(2).pre_dose) is counts


def test_d2_1_the_last_pair_counts_and_is_never_averaged():
    book = Logbook()
    book.reading(-20, blood_pressure="120/80")
    book.reading(-10, blood_pressure="130/70")
    book.device(0)

    assert pressure(book.state(1)) == log.BloodPressure(130, 70)


def test_d2_1_each_sign_has_its_own_last_value():
    book = Logbook()
    book.reading(-20, blood_pressure="120/80", heart_rate=70)
    book.reading(-10, heart_rate=80, blood_pressure=refused())
    book.device(0)

    state = book.state(1)

    assert pressure(state) == log.BloodPressure(120, 80)
    assert state.pre_dose["heart_rate"].value.value == 80


def test_d2_1_a_held_reading_that_was_repeated_is_never_the_pre_dose_value():
    book = Logbook()
    book.reading(-15, blood_pressure="146/92")
    book.reading(-8, blood_pressure="138/88")
    book.device(0)

    assert pressure(book.state(1)) == log.BloodPressure(138, 88)


def test_d2_1_nor_when_the_repeat_could_not_be_recorded():
    book = Logbook()
    book.reading(-15, blood_pressure="146/92")
    book.reading(-8, blood_pressure=log.Unrecordable())
    book.device(0)

    assert "blood_pressure" not in book.state(1).pre_dose


def test_d2_1_a_held_reading_that_was_overridden_is_the_pre_dose_value():
    book = Logbook()
    book.reading(-15, blood_pressure="146/92")
    book.step(-10, "hold-overridden", reason="known and treated")
    book.device(0)

    assert pressure(book.state(1)) == log.BloodPressure(146, 92)


def test_d2_1_without_a_baseline_the_rise_is_unknown():
    book = Logbook()
    book.device(0)
    book.reading(40, blood_pressure="150/95")

    state = book.state(41)

    assert state.incomplete
    assert not state.rise.known
    assert state.rise.systolic is None
    assert state.readings["blood_pressure"].reading.change is None


@pytest.mark.parametrize(
    ("given", "rules"),
    [
        ("139/79", ()),
        ("140/79", ("rise-systolic-from-40",)),
        ("110/79", ()),
        ("110/80", ("rise-diastolic-from-25",)),
    ],
)
def test_d2_2_a_rise_alerts_at_systolic_40_or_diastolic_25_and_has_no_caution_band(given, rules):
    book = Logbook()
    book.reading(-2, blood_pressure="100/55")
    book.device(0)
    book.reading(40, blood_pressure=given)

    findings = book.state(41).readings["blood_pressure"].reading.findings

    assert tuple(f.rule for f in findings if f.rule.startswith("rise")) == rules


def test_d2_2_the_two_maxima_may_come_from_different_readings_extra_ones_included():
    book = started()
    book.reading(30, blood_pressure="150/80")
    book.reading(33, blood_pressure="140/95")

    rise = book.state(40).rise

    assert (rise.systolic, rise.systolic_at) == (150 - 118, at(30))
    assert (rise.diastolic, rise.diastolic_at) == (95 - 76, at(33))


def test_d2_2_only_times_after_t0_until_she_left_count():
    book = Logbook()
    book.reading(-20, blood_pressure="139/88")
    book.reading(-2, blood_pressure="110/70")
    book.device(0)
    book.reading(30, blood_pressure="115/72")
    book.step(40, "left")
    book.reading(41, blood_pressure="170/99")

    rise = book.state(50).rise

    assert (rise.systolic, rise.diastolic) == (5, 2)


def test_d2_2_a_rise_below_zero_is_a_value():
    book = started()
    book.reading(30, blood_pressure="110/70")

    assert (book.state(31).rise.systolic, book.state(31).rise.diastolic) == (-8, -6)

"""This file is about definitions D2: pre-dose value, rise, words, and what is missing."""

from decimal import Decimal

import pytest

from clinic.protocols.rules import Level
from clinic.sessions.rules import log
from clinic.sessions.rules.results import Arrow
from tests.sessions.rules.factories import refused, started


@pytest.mark.parametrize(("rate", "level"), [(120, Level.IN_RANGE), (121, Level.ALERT)])
def test_d2_3_above_120_is_stored_as_lower_bound_121(rate, level):
    book = started()
    book.reading(15, heart_rate=rate)

    assert book.state(16).readings["heart_rate"].reading.level is level


@pytest.mark.parametrize(("minute", "stale"), [(45, False), (46, True)])
def test_d2_4_a_reading_is_stale_when_the_slot_after_its_own_is_no_longer_on_time(minute, stale):
    book = started()
    book.full(30)

    latest = book.state(minute).readings["spo2"]

    assert (latest.stale, latest.age_minutes) == (stale, minute - 30)


@pytest.mark.parametrize(("minute", "stale"), [(135, False), (136, True)])
def test_d2_4_after_the_last_slot_a_reading_is_stale_past_15_min(minute, stale):
    book = started()
    book.full(120)

    assert book.state(minute).readings["spo2"].stale is stale


def test_d2_4_not_measured_is_never_in_range():
    book = started()
    book.full(15, spo2=refused())

    reading = next(r for r in book.state(16).rows[-1].readings if r.sign == "spo2")

    assert (reading.level, reading.word) == (None, "Not measured")


def test_d2_4_not_measured_does_not_hide_the_value_before():
    book = started()
    book.full(15, spo2=96)
    book.reading(20, spo2=refused())

    assert book.state(21).readings["spo2"].reading.value == log.Measured(96)


def test_d2_4_a_sign_of_which_nothing_was_said_has_no_reading():
    assert "temperature" not in started().state(1).readings


def test_d2_4_a_sign_without_limits_says_so_and_not_in_range():
    book = started()
    book.reading(15, temperature=Decimal("39.5"))

    reading = book.state(16).readings["temperature"].reading

    assert (reading.level, reading.word) == (None, "Limits not set by this clinic")


@pytest.mark.parametrize("sign", ["blood_pressure", "heart_rate", "spo2"])
def test_d2_5_unrecordable_is_a_value_and_raises_an_alert(sign):
    book = started()
    book.reading(15, **{sign: log.Unrecordable()})

    state = book.state(16)

    assert state.readings[sign].reading.word == "Unrecordable"
    assert [(a.sign, a.level) for a in state.alerts] == [(sign, Level.ALERT)]


def test_d2_5_apnoea_is_a_value():
    book = started()
    book.reading(15, respiratory_rate=0)

    reading = book.state(16).readings["respiratory_rate"].reading

    assert (reading.level, reading.word) == (Level.EMERGENCY, "Apnoea")


@pytest.mark.parametrize(("oxygen", "shown"), [(2, Decimal(2)), (0, Decimal(0)), (None, None)])
def test_d2_6_oxygen_stands_beside_spo2_and_air_is_not_the_same_as_not_stated(oxygen, shown):
    book = started()
    book.reading(15, oxygen=oxygen, spo2=94)

    assert book.state(16).readings["spo2"].reading.oxygen_l_min == shown


@pytest.mark.parametrize(
    ("sign", "score", "word"),
    [("moaas", 0, "No response"), ("moaas", 5, "Awake"), ("dissociation", 0, "None")],
)
def test_d2_7_scores_have_their_words(sign, score, word):
    book = started()
    book.reading(15, **{sign: score})

    assert book.state(16).readings[sign].reading.word == word


@pytest.mark.parametrize(
    ("sign", "before", "after", "arrow"),
    [
        ("heart_rate", 100, 100, Arrow.STEADY),
        ("heart_rate", 100, 102, Arrow.STEADY),
        ("heart_rate", 100, 103, Arrow.RISING_SLOWLY),
        ("heart_rate", 100, 91, Arrow.FALLING_SLOWLY),
        ("heart_rate", 100, 90, Arrow.FALLING),
        ("heart_rate", 100, 110, Arrow.RISING),
        ("spo2", 97, 96, Arrow.FALLING_SLOWLY),
        ("spo2", 97, 95, Arrow.FALLING_SLOWLY),
        ("spo2", 95, 98, Arrow.RISING),
        ("moaas", 5, 4, Arrow.FALLING),
        ("moaas", 4, 4, Arrow.STEADY),
        ("dissociation", 0, 1, Arrow.RISING),
        ("blood_pressure", "100/90", "110/60", Arrow.RISING),
    ],
)
def test_the_arrow_compares_with_the_reading_before(sign, before, after, arrow):
    book = started()
    book.reading(15, **{sign: before})
    book.reading(30, **{sign: after})

    assert book.state(31).readings[sign].reading.arrow is arrow


def test_change_counts_from_pre_dose():
    book = started()
    book.full(30, blood_pressure="138/86", heart_rate=60)

    readings = book.state(31).readings

    assert readings["blood_pressure"].reading.change == (20, 10)
    assert readings["heart_rate"].reading.change == -12

"""This file is about definitions D2.3, D2.5 and D2.7 at the moment of typing."""

from decimal import Decimal

import pytest

from clinic.sessions.rules import check_values, log
from tests.sessions.rules.factories import NASAL, Logbook, refused


def checked(previous=None, oxygen=0, **values):
    entry = Logbook().reading(0, oxygen=oxygen, **values)
    before = Logbook().reading(0, **(previous or {})).signs
    return check_values(NASAL, entry, before)


@pytest.mark.parametrize(
    ("sign", "extreme"),
    [
        ("respiratory_rate", 0),
        ("spo2", 45),
        ("spo2", 100),
        ("heart_rate", 20),
        ("heart_rate", 250),
        ("blood_pressure", "300/40"),
        ("moaas", 0),
        ("temperature", Decimal("45.0")),
        ("blood_pressure", log.Unrecordable()),
        ("heart_rate", log.Unrecordable()),
        ("spo2", log.Unrecordable()),
    ],
)
def test_d2_5_extremes_can_be_entered(sign, extreme):
    assert checked(**{sign: extreme}).impossible == ()


@pytest.mark.parametrize(
    ("sign", "value", "field", "sentence"),
    [
        ("spo2", 101, "spo2", "Enter SpO₂ in %, between 0 and 100."),
        ("heart_rate", 19, "heart_rate", "Enter heart rate in /min, between 20 and 250."),
        ("heart_rate", 251, "heart_rate", "Enter heart rate in /min, between 20 and 250."),
        (
            "blood_pressure",
            "1200/80",
            "systolic",
            "Enter systolic blood pressure in mmHg, between 20 and 300.",
        ),
        ("moaas", 6, "moaas", "Enter MOAA/S, between 0 and 5."),
        ("respiratory_rate", 81, "respiratory_rate", None),
        ("temperature", Decimal("45.1"), "temperature", None),
        ("heart_rate", Decimal("NaN"), "heart_rate", None),
    ],
)
def test_d2_5_impossible_values_are_blocked_with_what_to_write(sign, value, field, sentence):
    (said,) = checked(**{sign: value}).impossible

    assert said[0] == field
    assert sentence in (None, said[1])


@pytest.mark.parametrize("pair", ["80/80", "80/120"])
def test_diastolic_at_or_over_systolic_is_impossible(pair):
    assert checked(blood_pressure=pair).impossible == (
        ("diastolic", f"Diastolic must be below systolic, {pair}."),
    )


def test_d2_3_vital_signs_are_whole_numbers_and_temperature_is_not():
    assert checked(heart_rate=Decimal("72.5")).impossible == (
        ("heart_rate", "Enter heart rate in /min, between 20 and 250, whole numbers only."),
    )
    assert checked(temperature=Decimal("36.6")).impossible == ()


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"spo2": 69}, ["spo2"]),
        ({"spo2": 70}, []),
        ({"blood_pressure": "120/110"}, []),
        ({"blood_pressure": "120/111"}, ["diastolic"]),
        ({"moaas": 2}, ["moaas"]),
        ({"moaas": 3}, []),
    ],
)
def test_d2_5_and_d2_7_unlikely_values_are_asked_once(values, fields):
    result = checked(**values)

    assert result.impossible == ()
    assert [field for field, _ in result.unlikely] == fields


@pytest.mark.parametrize(
    ("sign", "before", "now", "asked"),
    [
        ("blood_pressure", "120/60", "160/60", False),
        ("blood_pressure", "120/60", "161/60", True),
        ("heart_rate", 70, 110, False),
        ("heart_rate", 70, 111, True),
        ("heart_rate", 111, 70, True),
    ],
)
def test_d2_5_a_jump_of_more_than_40_from_the_reading_before_is_asked_once(
    sign, before, now, asked
):
    assert bool(checked(previous={sign: before}, **{sign: now}).unlikely) is asked


def test_a_jump_says_what_it_was():
    (said,) = checked(previous={"heart_rate": 70}, heart_rate=120).unlikely

    assert said == ("heart_rate", "Check: heart rate 120? It was 70 before.")


def test_without_a_reading_before_there_is_no_jump():
    assert checked(heart_rate=180).unlikely == ()


def test_d2_7_asleep_is_no_reason_for_not_measuring_moaas():
    asleep = log.NotMeasured(log.NotMeasuredReason.ASLEEP)

    assert [field for field, _ in checked(moaas=asleep).impossible] == ["moaas"]
    assert checked(moaas=refused()).impossible == ()
    assert checked(dissociation=asleep).impossible == ()


def test_another_reason_needs_words():
    empty = log.NotMeasured(log.NotMeasuredReason.OTHER, " ")
    told = log.NotMeasured(log.NotMeasuredReason.OTHER, "cuff broken")

    assert [field for field, _ in checked(spo2=empty).impossible] == ["spo2"]
    assert checked(spo2=told).impossible == ()


@pytest.mark.parametrize("sign", ["respiratory_rate", "moaas", "temperature"])
def test_only_pressure_pulse_and_spo2_can_be_unrecordable(sign):
    assert [field for field, _ in checked(**{sign: log.Unrecordable()}).impossible] == [sign]


@pytest.mark.parametrize(("flow", "blocked"), [(60, False), (61, True)])
def test_oxygen_flow_is_checked_too(flow, blocked):
    assert bool(checked(oxygen=flow, spo2=97).impossible) is blocked

"""This file is about definitions D3: every limit on both sides, the hold, and do not dose."""

from dataclasses import replace
from datetime import date

import pytest

from clinic.protocols.rules import Level
from tests.sessions.rules.factories import FACTS, INFUSION, NASAL, Logbook, started

IN_RANGE, MARKED, ALERT, EMERGENCY = Level


BANDS = [
    ("blood_pressure", "89/60", ALERT, "Below limit"),
    ("blood_pressure", "90/60", IN_RANGE, "In range"),
    ("blood_pressure", "139/80", IN_RANGE, "In range"),
    ("blood_pressure", "140/80", MARKED, "Raised"),
    ("blood_pressure", "159/80", MARKED, "Raised"),
    ("blood_pressure", "160/80", ALERT, "Above limit"),
    ("blood_pressure", "120/89", IN_RANGE, "In range"),
    ("blood_pressure", "120/90", MARKED, "Raised"),
    ("blood_pressure", "120/100", MARKED, "Raised"),
    ("blood_pressure", "120/101", ALERT, "Above limit"),
    ("heart_rate", 49, ALERT, "Below limit"),
    ("heart_rate", 50, IN_RANGE, "In range"),
    ("heart_rate", 120, IN_RANGE, "In range"),
    ("heart_rate", 121, ALERT, "Above limit"),
    ("respiratory_rate", 0, EMERGENCY, "Apnoea"),
    ("respiratory_rate", 1, EMERGENCY, "Below limit"),
    ("respiratory_rate", 7, EMERGENCY, "Below limit"),
    ("respiratory_rate", 8, ALERT, "Below limit"),
    ("respiratory_rate", 9, ALERT, "Below limit"),
    ("respiratory_rate", 10, IN_RANGE, "In range"),
    ("respiratory_rate", 30, IN_RANGE, "In range"),
    ("respiratory_rate", 31, ALERT, "Above limit"),
    ("spo2", 89, EMERGENCY, "Below limit"),
    ("spo2", 90, ALERT, "Below limit"),
    ("spo2", 94, ALERT, "Below limit"),
    ("spo2", 95, IN_RANGE, "In range"),
    ("moaas", 0, EMERGENCY, "No response"),
    ("moaas", 1, EMERGENCY, "Pain only"),
    ("moaas", 2, ALERT, "Shaking"),
    ("moaas", 3, ALERT, "Loud voice"),
    ("moaas", 4, MARKED, "Drowsy"),
    ("moaas", 5, IN_RANGE, "Awake"),
    ("dissociation", 4, MARKED, "Severe"),
]


@pytest.mark.parametrize("plan", [NASAL, INFUSION], ids=["nasal", "iv"])
@pytest.mark.parametrize(("sign", "value", "level", "word"), BANDS)
def test_d3_each_band_on_both_sides_of_its_bound(plan, sign, value, level, word):
    book = Logbook()
    book.reading(0, **{sign: value})

    reading = book.state(1, plan).readings[sign].reading

    assert (reading.level, reading.word) == (level, word)
    assert (reading.rule is None) is (level is IN_RANGE)
    assert (reading.source is None) is (level is IN_RANGE)


def test_d3_a_finding_names_rule_value_limit_and_source():
    book = Logbook()
    book.reading(0, blood_pressure="160/80")

    reading = book.state(1).readings["blood_pressure"].reading

    assert reading.rule == "systolic-from-160"
    assert reading.findings[0].text == "systolic blood pressure 160, limit 160 or more"
    assert "MEWC (Mhyre 2014)" in reading.source


@pytest.mark.parametrize(
    ("pressure", "alerting"),
    [  # the boundary table of severe pressure and early warning criteria
        ("159/109", True),
        ("160/90", True),
        ("161/89", True),
        ("140/110", True),
        ("139/89", False),
        ("90/60", False),
        ("89/60", True),
    ],
)
def test_d3_boundary_vectors(pressure, alerting):
    book = Logbook()
    book.reading(0, blood_pressure=pressure)

    assert bool(book.state(1).alerts) is alerting


@pytest.mark.parametrize("birth_on", [date(2026, 3, 10), date(2025, 6, 1), None])
def test_d3_alerts_run_for_every_woman_whatever_the_day_after_birth(birth_on):
    book = started()
    book.full(40, blood_pressure="150/101")

    assert len(book.state(41, facts=replace(FACTS, birth_on=birth_on)).alerts) == 1


@pytest.mark.parametrize(
    ("values", "twice"),
    [((92, 92), True), ((92, 93), False), ((93, 92), False), ((92, 93, 92), False)],
)
def test_d3_spo2_below_93_on_two_consecutive_readings(values, twice):
    book = started()
    for number, value in enumerate(values):
        book.reading(15 + number, spo2=value)

    (alert,) = book.state(21).alerts

    assert ("spo2-below-93-times-2" in alert.rules) is twice


def test_d3_raised_pressure_of_140_over_90_is_not_an_alert():
    book = started()
    book.full(40, blood_pressure="140/90")

    assert book.state(41).alerts == ()


@pytest.mark.parametrize(
    "term", ["headache", "vision-blurred", "seizure", "chest-pain", "dyspnoea"]
)
def test_d3_pressure_at_alert_level_with_a_symptom_is_an_emergency(term):
    book = started()
    book.effect(30, term)
    book.full(40, blood_pressure="140/101")

    emergencies = [a for a in book.state(41).alerts if a.level is EMERGENCY]

    assert [(a.sign, a.rules) for a in emergencies if a.sign == "blood_pressure"] == [
        ("blood_pressure", ("symptom-with-pressure",))
    ]


def test_d3_the_symptom_may_come_after_the_raised_pressure():
    book = started()
    book.full(40, blood_pressure="140/101")
    onset = book.effect(42, "headache")

    emergency = next(a for a in book.state(43).alerts if a.level is EMERGENCY)

    assert emergency.opened_by == onset.id


@pytest.mark.parametrize(
    ("pressure", "term", "resolved"),
    [("140/100", "headache", None), ("140/101", "nausea", None), ("140/101", "headache", 35)],
    ids=["pressure only marked", "another symptom", "symptom over before"],
)
def test_d3_no_emergency_without_both_at_once(pressure, term, resolved):
    book = started()
    onset = book.effect(30, term)
    if resolved:
        book.effect_change(resolved, onset)
    book.full(40, blood_pressure=pressure)

    assert [a for a in book.state(41).alerts if a.level is EMERGENCY] == []


def test_d3_low_pressure_with_headache_is_no_emergency_of_raised_pressure():
    book = started()
    book.effect(30, "headache")
    book.full(40, blood_pressure="88/60")

    assert [a.level for a in book.state(41).alerts] == [ALERT]


@pytest.mark.parametrize(
    ("term", "severity", "emergency"),
    [
        ("headache", "severe", True),
        ("headache", "moderate", False),
        ("vision-loss", "mild", True),
        ("vision-blurred", "severe", False),
    ],
)
def test_d3_new_severe_headache_or_visual_loss_is_an_emergency_at_any_pressure(
    term, severity, emergency
):
    book = started()
    book.effect(30, term, severity)

    alerts = book.state(31).alerts

    assert [(a.sign, a.level) for a in alerts] == ([("symptom", EMERGENCY)] if emergency else [])


def test_d3_a_headache_that_becomes_severe_is_an_emergency():
    book = started()
    onset = book.effect(30, "headache", "mild")
    worse = book.effect_change(35, onset, "severe")

    (alert,) = book.state(36).alerts

    assert (alert.sign, alert.opened_by) == ("symptom", worse.id)

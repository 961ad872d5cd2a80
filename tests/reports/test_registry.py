"""This file is about what the registry asks: sedation and dissociation, yes, no or unknown."""

import pytest

from clinic.reports.rules import TABLES
from clinic.sessions.rules import log
from tests.reports.made import (
    CALM,
    effect,
    left,
    nasal,
    reading,
    record,
    shown,
    spray,
)

SESSIONS = TABLES["sessions"]
BEFORE = reading(1, -10, {"blood_pressure": (118, 76), **CALM})
SLOTS = [slot for slot in nasal().schedule.slots if slot > 0]


def every_slot(but: int | None = None, **signs: object) -> list[log.Observation]:
    return [
        reading(20 + n, minute, {"blood_pressure": (120, 78), **CALM, **signs})
        for n, minute in enumerate(SLOTS)
        if minute != but
    ]


@pytest.mark.parametrize(("moaas", "said"), [(5, "no"), (4, "yes"), (0, "yes")])
def test_sedation_is_any_moaas_below_five_after_the_dose(moaas, said):
    """Definitions D7.8."""
    extra = reading(9, 20, {"moaas": moaas})

    [row] = shown(SESSIONS, record(BEFORE, spray(2, 0), *every_slot(), extra, left(90, 125)))

    assert row["registry_sedation"] == said


@pytest.mark.parametrize(("score", "said"), [(0, "no"), (1, "yes")])
def test_dissociation_is_any_score_of_one_or_more_after_the_dose(score, said):
    """Definitions D7.8."""
    extra = reading(9, 20, {"dissociation": score})

    [row] = shown(SESSIONS, record(BEFORE, spray(2, 0), *every_slot(), extra, left(90, 125)))

    assert row["registry_dissociation"] == said


def test_dissociation_as_a_side_effect_counts_without_a_score():
    """Definitions D7.8."""
    [row] = shown(SESSIONS, record(spray(1, 0), effect(2, 10, term="dissociation")))

    assert row["registry_dissociation"] == "yes"


def test_a_slot_without_a_score_makes_no_into_unknown():
    """Definitions D2.4: missing is never normal."""
    [row] = shown(SESSIONS, record(BEFORE, spray(2, 0), *every_slot(but=60), left(90, 125)))

    assert (row["registry_sedation"], row["registry_dissociation"]) == ("unknown", "unknown")


def test_sleepiness_before_the_dose_is_no_sedation_by_it():
    asleep = reading(3, -5, {"moaas": 4})

    [row] = shown(SESSIONS, record(BEFORE, asleep, spray(2, 0), *every_slot(), left(90, 125)))

    assert row["registry_sedation"] == "no"


def test_the_pressure_between_is_that_of_the_slot_that_the_protocol_names():
    """Definitions D1.2."""
    peak = reading(9, 41, {"blood_pressure": (138, 86), **CALM})

    [row] = shown(SESSIONS, record(BEFORE, spray(2, 0), *every_slot(but=40), peak, left(90, 125)))
    [without] = shown(SESSIONS, record(BEFORE, spray(2, 0)))

    assert (row["registry_systolic_mmhg"], row["registry_diastolic_mmhg"]) == (138, 86)
    assert without["registry_systolic_mmhg"] is None

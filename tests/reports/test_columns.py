"""This file is about what the columns say: as typed, nothing invented, absent is empty."""

from decimal import Decimal

import pytest

from clinic.protocols.rules import Severity
from clinic.reports.rules import TABLES
from clinic.sessions.rules import log
from tests.reports.made import (
    CALM,
    T0,
    common,
    effect,
    left,
    number,
    reading,
    record,
    shown,
    spray,
)

SESSIONS, OBSERVATIONS = TABLES["sessions"], TABLES["observations"]
SIDE_EFFECTS, DOSES = TABLES["side-effects"], TABLES["doses"]
BEFORE = reading(1, -10, {"blood_pressure": (118, 76), **CALM})


def test_absent_zero_unrecordable_and_not_measured_are_four_things():
    refused = log.NotMeasured(log.NotMeasuredReason.OTHER, "cuff in the wash")
    said = {"blood_pressure": log.Unrecordable(), "dissociation": 0, "temperature": refused}

    [row] = shown(OBSERVATIONS, record(reading(1, 5, said)))

    assert (row["systolic_mmhg"], row["blood_pressure_unrecordable"]) == (None, True)
    assert row["dissociation_score"] == 0
    assert row["temperature_cel"] is None
    assert row["temperature_not_measured_because"] == "other"
    assert row["not_measured_words"] == "cuff in the wash"
    assert (row["heart_rate_per_min"], row["heart_rate_unrecordable"]) == (None, None)
    assert row["heart_rate_not_measured_because"] is None


def test_air_and_oxygen_not_stated_are_two_things():
    session = record(
        log.Observation(**common(1, 5), signs={}, oxygen_l_min=Decimal(0)),
        log.Observation(**common(2, 6), signs={}),
    )

    assert [row["oxygen_l_per_min"] for row in shown(OBSERVATIONS, session)] == [Decimal(0), None]


def test_a_value_keeps_the_moment_that_was_typed_with_its_seconds():
    typed = T0.replace(second=42)

    [row] = shown(OBSERVATIONS, record(reading(1, 0, {"spo2": 97}, effective_at=typed)))

    assert row["effective_at_utc"] == typed


def test_an_observation_stands_as_corrected_and_says_so():
    session = record(
        BEFORE,
        spray(2, 0),
        reading(3, 40, {"heart_rate": 27}),
        reading(4, 40, {"heart_rate": 72}, corrects_id=number(3), reason="typed 27 for 72"),
    )

    row = shown(OBSERVATIONS, session)[-1]

    assert (row["entry_id"], row["heart_rate_per_min"]) == (str(number(3)), 72)
    assert (row["corrected"], row["withdrawn"]) == (True, False)
    assert (row["correction_reason"], row["corrected_by"]) == ("typed 27 for 72", "Aiko Kimura")


def test_a_withdrawn_observation_is_in_the_columns_of_the_log_alone():
    session = record(
        spray(1, 0),
        reading(2, 40, {"heart_rate": 27, "spo2": 97}),
        reading(3, 40, {}, corrects_id=number(2), reason="other patient", withdrawn=True),
    )

    [row] = shown(OBSERVATIONS, session)

    assert (row["entry_id"], row["withdrawn"]) == (str(number(2)), True)
    assert row["correction_reason"] == "other patient"
    judged = ("_per_min", "_percent", "_level", "_word", "_unrecordable", "_because", "slots")
    assert {row[name] for name in row if name.endswith(judged)} == {None}


def test_each_sign_has_the_level_and_the_word_of_its_protocol():
    session = record(spray(1, 0), reading(2, 40, {"blood_pressure": (164, 84), "spo2": 98}))

    [row] = shown(OBSERVATIONS, session)

    assert (row["blood_pressure_level"], row["blood_pressure_word"]) == ("alert", "Above limit")
    assert (row["spo2_level"], row["spo2_word"]) == ("in-range", "In range")
    assert row["moaas_level"] is None


def test_an_observation_names_the_slot_it_filled_and_how_late_it_was():
    session = record(spray(1, 0), reading(2, 40, CALM), reading(3, 67, CALM))

    on_time, late = shown(OBSERVATIONS, session)

    assert ("40" in on_time["slots"], on_time["late_by_minutes"]) == (True, None)
    assert ("60" in late["slots"], late["late_by_minutes"]) == (True, 7)


def test_a_partial_device_keeps_its_words_and_has_no_whole_amount():
    """Definitions D5.1."""
    session = record(spray(1, 0, device_number=1), spray(2, 5, outcome=log.Outcome.PARTIAL))

    [row] = shown(SESSIONS, session)

    assert row["dose"] == "28 mg + device 2 partial, amount unknown"
    assert (row["dose_mg"], row["dose_known_mg"]) == (None, 28)


def test_a_dose_event_is_as_typed():
    given = spray(1, 0, device_number=1, lot="=LOT-1", site="left", witness="Moss")

    [row] = shown(DOSES, record(given))

    assert (row["event"], row["outcome"], row["lot"]) == ("device", "complete", "=LOT-1")
    assert (row["amount_mg"], row["witness"], row["expires_on"]) == (None, "Moss", None)


def test_the_rise_is_unknown_without_a_pressure_before_the_dose():
    """Definitions D2.1, D2.2."""
    [row] = shown(SESSIONS, record(spray(1, 0), reading(2, 40, {"blood_pressure": (164, 84)})))

    assert (row["max_rise"], row["max_rise_systolic_mmhg"]) == ("unknown", None)
    assert row["incomplete"] is True
    assert "blood_pressure" in row["no_baseline_for"].split()


def test_the_two_largest_rises_may_come_from_different_readings():
    """Definitions D2.2."""
    later = (
        reading(3, 40, {"blood_pressure": (150, 80)}),
        reading(4, 60, {"blood_pressure": (140, 96)}),
    )

    [row] = shown(SESSIONS, record(BEFORE, spray(2, 0), *later))

    assert (row["max_rise"], row["incomplete"]) == ("known", False)
    assert (row["max_rise_systolic_mmhg"], row["max_rise_diastolic_mmhg"]) == (32, 20)
    assert row["max_rise_systolic_at"] < row["max_rise_diastolic_at"]


def test_without_a_dose_nothing_that_counts_from_it_is_said():
    [row] = shown(SESSIONS, record(BEFORE))

    names = ("treatment_on", "postpartum_day", "max_rise", "incomplete", "minimum_stay_met")
    assert {row[name] for name in (*names, "registry_sedation", "dose_known_mg")} == {None}
    assert row["dose"] == "nothing given"


def test_a_side_effect_has_term_words_peak_onset_and_end():
    worse = {"event": log.AdverseEventEvent.SEVERITY, "subject_id": number(2)}
    over = {"event": log.AdverseEventEvent.RESOLVED, "subject_id": number(2), "severity": None}
    session = record(
        spray(1, 0),
        effect(2, 12, term="nausea", text="after the 2nd spray"),
        effect(3, 20, severity=Severity.MODERATE, **worse),
        effect(4, 50, **over),
        left(5, 125),
    )

    [row] = shown(SIDE_EFFECTS, session)

    assert (row["term"], row["term_words"]) == ("nausea", "Nausea")
    assert (row["typed_words"], row["peak_severity"]) == ("after the 2nd spray", "moderate")
    assert (row["onset_minute"], row["duration_minutes"]) == (12, 38)
    assert (row["ongoing_at_leaving"], row["serious"]) == (False, False)


@pytest.mark.parametrize(("entries", "said"), [([left(5, 125)], True), ([], None)])
def test_ongoing_at_leaving_is_said_only_once_she_left(entries, said):
    session = record(spray(1, 0), effect(2, 12, term="nausea"), *entries)

    assert shown(SIDE_EFFECTS, session)[0]["ongoing_at_leaving"] is said


def test_a_stay_one_minute_too_short_is_not_met():
    """Definitions D1.4."""
    against, met = left(9, 119, "left-against-advice"), left(9, 120)

    rows = [shown(SESSIONS, record(spray(1, 0), leaving))[0] for leaving in (against, met)]

    assert [row["minimum_stay_met"] for row in rows] == [False, True]
    assert [row["total_minutes"] for row in rows] == [119, 120]
    assert [row["left_how"] for row in rows] == ["left-against-advice", "left"]


def test_alerts_are_counted_by_level_those_raised_in_error_too():
    """Definitions D4.1, D4.2."""
    session = record(
        BEFORE,
        spray(2, 0),
        reading(3, 15, {"spo2": 94}),
        reading(4, 30, {"heart_rate": 130}),
        reading(5, 30, {"heart_rate": 80}, corrects_id=number(4), reason="typed"),
    )

    [row] = shown(SESSIONS, session)

    assert (row["alerts_alert"], row["alerts_emergency"]) == (2, 0)
    assert row["alerts_raised_in_error"] == 1


def test_d5_2_a_row_for_each_device_or_vial_opened_returned_or_wasted():
    wasted = log.Supply(
        **common(1, 12),
        event=log.SupplyEvent.WASTED,
        device_number=2,
        amount=Decimal("27.5"),
        unit=log.SupplyUnit.MG,
        witness="Tom Becker",
    )
    opened = log.Supply(**common(2, -3), event=log.SupplyEvent.OPENED, lot="25K118")

    first, second = shown(TABLES["supplies"], record(wasted, opened))

    assert (first["event"], first["device_number"], first["amount"]) == ("opened", None, None)
    assert (second["event"], second["amount"], second["amount_unit"]) == (
        "wasted",
        Decimal("27.5"),
        "mg",
    )
    assert (first["lot"], second["witness"]) == ("25K118", "Tom Becker")

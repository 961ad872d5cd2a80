"""This file is about the two protocols that come with the program, number by number."""

import dataclasses
import hashlib
import json
from decimal import Decimal
from typing import Any, get_args, get_type_hints

import pytest

from clinic.instruments.library import library_instruments
from clinic.protocols.library import library_files, library_protocols
from clinic.protocols.rules import (
    DEMONSTRATION,
    ENTRY_SIGNS,
    LIMIT_SIGNS,
    SIGNS,
    DrugForm,
    Protocol,
    Route,
    SessionPlan,
)

LIBRARY = library_protocols()
NASAL = LIBRARY["esketamine-nasal-56-84"]
INFUSION = LIBRARY["ketamine-iv-0.5-mg-kg"]
BOTH = pytest.mark.parametrize("protocol", LIBRARY.values(), ids=LIBRARY)


@BOTH
def test_the_round_trip_through_canonical_json_changes_nothing(protocol):
    text = protocol.to_json()

    again = Protocol.from_json(text)

    assert again == protocol
    assert again.to_json() == text
    assert protocol.digest == hashlib.sha256(text.encode()).hexdigest()


@BOTH
def test_canonical_json_has_sorted_keys_no_spaces_and_numbers_as_strings(protocol):
    text = protocol.to_json()
    tree = json.loads(text)

    assert text == json.dumps(tree, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert list(numbers_in(tree)) == []


def numbers_in(tree: Any):
    if isinstance(tree, dict):
        for value in tree.values():
            yield from numbers_in(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from numbers_in(value)
    elif isinstance(tree, int | float) and not isinstance(tree, bool):
        yield tree


def test_two_ways_to_write_a_number_are_one_protocol():
    tree = json.loads(INFUSION.to_json())
    tree["dose"]["allowed"] = ["0.50"]

    assert Protocol.from_json(json.dumps(tree)).digest == INFUSION.digest


@BOTH
def test_every_number_stands_beside_a_source(protocol):
    assert list(unsourced(protocol, "", sourced=False)) == []


def unsourced(value: Any, path: str, *, sourced: bool):
    """Paths of numbers with no source beside them or on their group."""
    if dataclasses.is_dataclass(value):
        here = sourced or bool(getattr(value, "source", "").strip())
        for part in dataclasses.fields(value):
            yield from unsourced(getattr(value, part.name), f"{path}.{part.name}", sourced=here)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from unsourced(item, f"{path}.{key}", sourced=sourced)
    elif isinstance(value, tuple):
        for number, item in enumerate(value, 1):
            yield from unsourced(item, f"{path}.{number}", sourced=sourced)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool) and not sourced:
        yield path


@BOTH
def test_a_protocol_says_that_no_clinician_approved_it(protocol):
    assert protocol.status == DEMONSTRATION


@BOTH
def test_the_plan_of_a_session_is_its_part_of_the_protocol(protocol):
    plan = protocol.session_plan()

    assert type(plan) is SessionPlan
    assert plan.limits == protocol.limits
    assert {f.name for f in dataclasses.fields(Protocol)} - {
        f.name for f in dataclasses.fields(SessionPlan)
    } == {
        "scales",
        "follow_ups",
        "contact",
        "outcome",
        "integration",
        "re_evaluation",
        "risk_answers",
        "exposure",
    }


def test_files_are_named_by_code():
    assert [path.stem for path in library_files()] == sorted(LIBRARY)


def test_d1_5_drug_and_form_are_named():
    assert (NASAL.drug, NASAL.form, NASAL.route) == (
        "esketamine",
        DrugForm.ESKETAMINE,
        Route.NASAL,
    )
    assert (INFUSION.drug, INFUSION.form, INFUSION.route) == (
        "ketamine",
        DrugForm.RACEMIC,
        Route.INTRAVENOUS,
    )


def test_d1_5_schedules():
    full = {"blood_pressure", "heart_rate", "respiratory_rate", "spo2", "moaas", "dissociation"}

    assert NASAL.schedule.slots == (0, 15, 30, 40, 60, 90, 120)
    assert INFUSION.schedule.every_minutes == 10
    assert INFUSION.schedule.after_stop == (15, 30, 45, 60)
    assert set(NASAL.schedule.required) == set(INFUSION.schedule.required) == full


@BOTH
def test_d1_windows_of_5_min_and_a_baseline_of_30_min(protocol):
    schedule = protocol.schedule
    slots_5_min_apart = protocol.code == "ketamine-im"

    assert schedule.on_time_minutes == (2 if slots_5_min_apart else 5)
    assert (schedule.repeat_minutes, schedule.late_entry_minutes) == (5, 5)
    assert protocol.baseline.window_minutes == 30


def test_d1_4_minimum_stay():
    assert (NASAL.minimum_stay.counts_from, NASAL.minimum_stay.minutes) == ("first-drug", 120)
    assert (INFUSION.minimum_stay.counts_from, INFUSION.minimum_stay.minutes) == ("last-stop", 60)


def test_doses():
    assert NASAL.dose.allowed == (Decimal(56), Decimal(84))
    assert (NASAL.dose.devices.mg_each, NASAL.dose.devices.most) == (Decimal(28), 3)
    assert NASAL.dose.devices.rest_minutes == 5
    assert (INFUSION.dose.allowed, INFUSION.dose.unit) == ((Decimal("0.5"),), "mg/kg")
    assert INFUSION.dose.infusion.planned_minutes == 40


@BOTH
def test_what_our_sources_do_not_say_is_not_set(protocol):
    assert protocol.dose.minimum_interval_hours is None
    assert protocol.limits["temperature"].bands is None


@BOTH
def test_d3_hold_do_not_dose_and_severe_pressure(protocol):
    hold, bar, severe = protocol.hold, protocol.do_not_dose, protocol.persistent

    assert (hold.systolic_from, hold.diastolic_from) == (141, 91)
    assert (hold.recheck_opens_minutes, hold.recheck_due_minutes) == (5, 10)
    assert (bar.systolic_from, bar.diastolic_from, bar.up_to_day) == (160, 110, 42)
    assert (severe.systolic_from, severe.diastolic_from) == (160, 110)
    assert (severe.apart_minutes, severe.silence_minutes) == (15, 20)
    assert (severe.confirm_minutes, severe.treat_from_minutes, severe.treat_by_minutes) == (
        15,
        30,
        60,
    )


@BOTH
def test_d6_criteria(protocol):
    rules = protocol.discharge

    assert (rules.spo2_from, rules.oxygen_free_minutes, rules.evidence_minutes) == (95, 30, 15)
    assert (rules.respiratory_rate_from, rules.respiratory_rate_to) == (10, 30)
    assert (rules.moaas_at_least, rules.moaas_times, rules.dissociation_at_most) == (5, 2, 0)
    assert rules.pressure_within_percent == 20


@BOTH
def test_d7_3_windows_of_follow_up(protocol):
    windows = {
        visit.code: (visit.at_hours, visit.opens_hours, visit.closes_hours)
        for visit in protocol.follow_ups
    }

    assert windows["24-hours"] == (24, 20, 28)
    assert windows["day-7"] == (7 * 24, 6 * 24, 8 * 24)
    assert windows["day-28"] == (28 * 24, 25 * 24, 31 * 24)
    assert protocol.follow_ups[0].counts_from == "each-dose"


@BOTH
def test_d7_5_moments_that_need_staff_are_never_links(protocol):
    staff = {use.scale for use in protocol.scales if use.by == "staff"}

    assert {"MADRS", "CSSRS_SCREEN_SLC"} <= staff
    assert all("baseline" not in use.moments for use in protocol.scales if use.scale == "CGII")
    asked = {moment for use in protocol.scales if use.by == "staff" for moment in use.moments}
    assert all(visit.by != "link" for visit in protocol.follow_ups if visit.code in asked)


@BOTH
def test_d8_7_five_classes_of_medicine_and_a_decongestant_are_asked(protocol):
    medicines = [item for item in protocol.pre_dose if item.code.startswith("medicine-")]
    decongestant = next(item for item in protocol.pre_dose if item.code == "decongestant")

    assert len(medicines) == 5
    assert {item.tell for item in [*medicines, decongestant]} == {"prescriber"}


def test_side_effects_of_the_pooled_data_are_all_there():
    terms = {term.text for term in NASAL.side_effects.terms}

    assert terms >= {
        "Dizziness",
        "Dissociation",
        "Nausea",
        "Somnolence",
        "Headache",
        "Dysgeusia",
        "Vision blurred",
        "Blood pressure increased",
        "Paraesthesia",
        "Vomiting",
        "Anxiety",
        "Sedation",
    }
    assert sum(term.common for term in NASAL.side_effects.terms) == 9


def test_names_of_signs_have_units_and_codes():
    assert set(ENTRY_SIGNS) | set(LIMIT_SIGNS) == set(SIGNS)
    assert (SIGNS["blood_pressure"].loinc, SIGNS["systolic"].loinc) == ("85354-9", "8480-6")
    assert (SIGNS["heart_rate"].unit, SIGNS["temperature"].unit) == ("/min", "Cel")


def test_no_type_of_a_protocol_holds_a_number_without_a_place_for_its_source():
    assert list(unsourced_types(Protocol, sourced=False)) == []


def unsourced_types(kind: Any, *, sourced: bool):
    hints = get_type_hints(kind)
    here = sourced or "source" in hints
    for name, hint in hints.items():
        for inner in (hint, *get_args(hint)):
            if dataclasses.is_dataclass(inner):
                yield from unsourced_types(inner, sourced=here)
            elif inner in (int, Decimal) and not here:
                yield f"{kind.__name__}.{name}"


@BOTH
def test_d7_1_and_d7_3_when_the_outcome_is_read_and_how_old_a_baseline_may_be(protocol):
    """D7.1: at most 14 days old. D7.3: 24 h = +20 to +28 h; day 7 +-1; day 28 +-3.

    D7.3 has PHQ-9 count from day 14, so there is a moment at which it can: as wide as day 7.
    """
    windows = {
        w.code: (w.at_hours, w.opens_hours, w.closes_hours) for w in protocol.outcome.windows
    }

    assert protocol.outcome.baseline_days == 14
    assert windows == {
        "24-hours": (24, 20, 28),
        "day-7": (7 * 24, 6 * 24, 8 * 24),
        "day-14": (14 * 24, 13 * 24, 15 * 24),
        "day-28": (28 * 24, 25 * 24, 31 * 24),
    }


@BOTH
def test_d7_2_every_rule_of_the_outcome_is_a_rule_of_its_scale(protocol):
    """D7.2: response and remission; MADRS needs a baseline of 20 and remits at 10."""
    for chosen in protocol.outcome.scales:
        scale = library_instruments()[chosen.scale]
        assert chosen.form in {form.code for form in scale.forms}
        assert chosen.response in {None, *(rule.code for rule in scale.response)}
        assert chosen.remission in {None, *(rule.code for rule in scale.remission)}
    madrs = protocol.outcome.of_scale("MADRS", "24-hours")
    assert (madrs.response, madrs.remission) == ("half", "at-most-10")
    assert protocol.outcome.of_scale("MADRS", "weekly") is None


@BOTH
def test_a_talk_is_offered_from_24_to_72_hours_after_each_dose(protocol):
    talk = protocol.integration

    assert (talk.opens_hours, talk.closes_hours) == (24, 72)
    assert "[P]" in talk.source

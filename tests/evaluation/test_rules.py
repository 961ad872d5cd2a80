"""This file is about what follows from the answers: flags, what is missing, what forbids."""

import pytest

from clinic.evaluation.library import checklist
from clinic.evaluation.rules import (
    Decision,
    Fact,
    Level,
    Missing,
    Standing,
    asked,
    closing,
    flags,
    known_values,
    misfits,
    missing,
    obstacles,
)
from tests.evaluation.room import NOTHING_AGAINST

SECTIONS = checklist().sections
FACTS = {
    code: Fact(code, value, value or "not on record", "Chart")
    for code, value in {
        "delivery": "2026-01-22",
        "postpartum_days": "49",
        "allergies": "none-known",
        "her_milk": "yes",
        "benzodiazepine": None,
        "maoi": None,
        "consent": "valid",
        "pause_suggested": "12",
        "treatment_resistant": "yes",
    }.items()
}
ANSWERS = {code: said for answers in NOTHING_AGAINST.values() for code, said in answers.items()}


def raised(facts=None, **answers):
    known = FACTS | {
        code: Fact(code, value, str(value), "Chart") for code, value in (facts or {}).items()
    }
    given = {code: said for code, said in (ANSWERS | answers).items() if said is not None}
    return {flag.rule: flag for flag in flags(SECTIONS, given, known)}


def test_with_nothing_against_only_breastfeeding_is_pointed_at():
    assert set(raised()) == {"gives_milk"}


@pytest.mark.parametrize("code", ["aneurysm", "brain_bleed", "drug_allergy"])
def test_what_the_label_forbids_is_contraindicated_and_closes_eligible(code):
    flag = raised(**{code: "yes"})[f"{code}_contraindicated"]

    assert (flag.level, flag.closes_eligible) == (Level.CONTRAINDICATED, True)
    assert "US label" in flag.source
    assert [(used.about, used.answer) for used in flag.used] == [(code, "Yes")]


@pytest.mark.parametrize("code", ["psychosis", "bipolar", "substances"])
def test_a_red_flag_stops_the_course(code):
    assert raised(**{code: "yes"})[f"{code}_stop"].closes_eligible


@pytest.mark.parametrize("code", ["aneurysm", "psychosis", "bipolar", "heart_disease"])
def test_what_is_not_answered_raises_nothing_and_is_missing(code):
    without = {key: said for key, said in ANSWERS.items() if key != code}

    assert set(flags_of(without)) == {"gives_milk"}
    assert [item.code for item in missing(SECTIONS, without, FACTS)] == [code]


def flags_of(answers):
    return [flag.rule for flag in flags(SECTIONS, answers, FACTS)]


@pytest.mark.parametrize(
    ("code", "value", "rule", "stands"),
    [
        ("systolic", "139", "pressure_raised", False),
        ("systolic", "140", "pressure_raised", True),
        ("systolic", "159", "pressure_severe", False),
        ("systolic", "160", "pressure_severe", True),
        ("diastolic", "89", "pressure_raised_diastolic", False),
        ("diastolic", "90", "pressure_raised_diastolic", True),
        ("diastolic", "109", "pressure_severe_diastolic", False),
        ("diastolic", "110", "pressure_severe_diastolic", True),
        ("pregnancy_test", "negative", "pregnant", False),
        ("pregnancy_test", "positive", "pregnant", True),
        ("pregnancy_test", "refused", "pregnancy_test_open", True),
        ("liver_disease", "moderate", "liver_moderate", True),
        ("liver_disease", "moderate", "liver_severe", False),
        ("liver_disease", "severe", "liver_severe", True),
    ],
)
def test_both_sides_of_a_limit(code, value, rule, stands):
    assert (rule in raised(**{code: value})) == stands


@pytest.mark.parametrize(
    ("value", "rule"),
    [("yes", None), ("no", "few_failed_trials"), ("unknown", "trials_not_known"), (None, None)],
)
def test_too_few_failed_trials_are_a_caution_and_unknown_ones_need_input(value, rule):
    found = set(raised({"treatment_resistant": value})) - {"gives_milk"}

    assert found == ({rule} if rule else set())


def test_a_flag_of_two_answers_names_both():
    flag = raised(infant_early="yes")["infant_at_risk"]

    assert [used.about for used in flag.used] == ["fact.her_milk", "infant_early"]


def test_a_medicine_on_the_list_is_pointed_at_and_one_that_is_not_there_is_not_known():
    assert "taking_maoi" in raised({"maoi": "yes"})
    assert "taking_maoi" not in raised({"maoi": None})


@pytest.mark.parametrize(
    ("fact", "rule"),
    [
        ("her_milk", "feeding_not_asked"),
        ("allergies", "allergies_not_asked"),
        ("postpartum_days", "delivery_not_on_record"),
    ],
)
def test_what_the_record_does_not_say_closes_eligible_until_it_does(fact, rule):
    assert raised({fact: None})[rule].closes_eligible


def test_the_strongest_flag_stands_first():
    found = flags(SECTIONS, ANSWERS | {"aneurysm": "yes", "alcohol": "yes"}, FACTS)

    assert found[0].rule == "aneurysm_contraindicated"
    assert found[0] in closing(found)


def test_questions_on_milk_are_asked_only_of_those_who_give_it():
    infant = checklist().section("infant")
    formula = FACTS | {"her_milk": Fact("her_milk", "no", "No", "Chart")}

    with_milk = {q.code for q in asked(infant, known_values({}, FACTS))}
    without = {q.code for q in asked(infant, known_values({}, formula))}

    assert with_milk - without == {
        "statement_shown",
        "milk_choice",
        "pause_agreed_on",
        "pause_agreed_with",
        "stored_milk",
        "other_guidance_told",
        "written_given",
        "milk_watch_told",
        "choice_words",
    }


def test_a_trial_is_asked_for_once_something_stands_in_its_row():
    trials = checklist().section("trials")
    values = known_values({"trials_taken": "yes", "medicine_3": "Lithium"}, FACTS)

    rows = {q.code.rpartition("_")[2] for q in asked(trials, values) if q not in trials.questions}

    assert rows == {"1", "3"}


def test_nothing_ever_computes_eligible():
    nothing_against = Standing((), (), (), ())

    assert list(obstacles(Decision.ELIGIBLE, nothing_against)) == []
    assert "eligible" not in {flag.rule for flag in flags(SECTIONS, ANSWERS, FACTS)}


@pytest.mark.parametrize("decision", list(Decision))
def test_an_unread_safety_answer_forbids_every_decision(decision):
    unread = Standing((), (), (), ("EPDS item 10: 2",))

    assert list(obstacles(decision, unread)) == ["EPDS item 10: 2: review it first."]


@pytest.mark.parametrize(
    ("decision", "count"), [("eligible", 2), ("not-eligible", 0), ("later", 0)]
)
def test_a_gap_forbids_only_to_say_eligible(decision, count):
    gaps = Standing((), (Missing("history", "episode", "Episode"),), ("MADRS",), ())

    assert len(list(obstacles(Decision(decision), gaps))) == count


def test_answers_that_fit_are_stored_and_others_are_named():
    infant = checklist().section("infant")
    wrong = {"infant_weight": "42", "milk_choice": "maybe", "pause_agreed_on": "10.3.26", "x": "y"}

    assert misfits(infant, NOTHING_AGAINST["infant"]) == {}
    assert set(misfits(infant, wrong)) == set(wrong)


@pytest.mark.parametrize("weight", ["NaN", "Infinity", "0.49", "15.1", "", "4,2"])
def test_a_number_outside_its_limits_does_not_fit(weight):
    assert misfits(checklist().section("infant"), {"infant_weight": weight})

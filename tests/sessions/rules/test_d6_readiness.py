"""This file is about definitions D6: each criterion of leaving, ready_at, and leaving itself."""

import pytest

from clinic.sessions.rules import log
from clinic.sessions.rules.results import Phase
from tests.sessions.rules.factories import INFUSION, Logbook, started
from tests.sessions.rules.recovery import criterion, recovered, status


def with_last(**values):
    book = recovered()
    book.full(121, **values)
    return book


def test_d6_all_met():
    state = recovered().state(121)

    assert state.readiness.all_met
    assert state.phase is Phase.READY


@pytest.mark.parametrize(
    ("pressure", "said"),
    [  # pre-dose 118/76; 20 % of 118 is 23.6, of 76 is 15.2
        ("141/76", "met"),
        ("142/76", "not-yet"),
        ("118/91", "met"),
        ("118/92", "not-yet"),
        ("95/76", "met"),
        ("94/76", "not-yet"),
        ("118/61", "met"),
        ("118/60", "not-yet"),
    ],
)
def test_d6_pressure_within_the_distance_of_pre_dose_on_both_sides(pressure, said):
    assert status(with_last(blood_pressure=pressure), "blood-pressure") == said


def test_d6_pressure_outside_alert_even_when_near_pre_dose():
    book = Logbook()
    book.full(-2, blood_pressure="140/90")
    book.device(0)
    book.full(120, blood_pressure="160/95")

    assert status(book, "blood-pressure") == "not-yet"


def test_d6_without_a_baseline_a_psychiatrist_decides_on_pressure():
    book = Logbook()
    book.device(0)
    book.full(120)

    found = criterion(book, "blood-pressure")

    assert found.status.value == "needs-a-person"
    assert "psychiatrist" in found.why


@pytest.mark.parametrize(("value", "said"), [(94, "not-yet"), (95, "met")])
def test_d6_spo2_from_95_on_air(value, said):
    assert status(with_last(spo2=value), "spo2-on-air") == said


@pytest.mark.parametrize("oxygen", [None, 2])
def test_d6_spo2_on_oxygen_or_with_air_not_stated_is_not_on_air(oxygen):
    assert status(with_last(spo2=98, oxygen=oxygen), "spo2-on-air") == "not-yet"


@pytest.mark.parametrize(("minute", "said"), [(114, "not-yet"), (115, "met")])
def test_d6_off_oxygen_for_30_min(minute, said):
    book = started()
    book.full(80, oxygen=2)
    book.full(85)
    book.full(minute)

    assert status(book, "spo2-on-air", minute) == said


def test_d6_oxygen_given_as_an_intervention_counts_too():
    book = started()
    book.full(60)
    book.add(log.Intervention, 100, category=log.InterventionCategory.OXYGEN, text="2 L")
    book.full(120)

    found = criterion(book, "spo2-on-air")

    assert (found.status.value, found.why) == ("not-yet", "98 %, off oxygen 0 of 30 min")


@pytest.mark.parametrize(
    ("rate", "said"), [(9, "not-yet"), (10, "met"), (30, "met"), (31, "not-yet")]
)
def test_d6_respiratory_rate_10_to_30(rate, said):
    assert status(with_last(respiratory_rate=rate), "respiratory-rate") == said


def test_d6_no_open_respiratory_alert():
    book = recovered()
    book.reading(50, spo2=93)
    still_open = status(book, "respiratory-alerts")
    book.take_up(51, next(a.key for a in book.state(60).alerts))

    assert still_open == "not-yet"
    assert status(book, "respiratory-alerts") == "met"


@pytest.mark.parametrize(
    ("scores", "said"), [((5, 5), "met"), ((4, 5), "not-yet"), ((5, 4), "not-yet")]
)
def test_d6_moaas_5_twice(scores, said):
    book = started()
    book.full(90, moaas=scores[0])
    book.full(120, moaas=scores[1])

    assert status(book, "moaas") == said


def test_d6_one_moaas_is_not_two_and_a_score_before_the_dose_says_nothing():
    book = started()
    book.full(120)

    assert status(book, "moaas") == "not-yet"


@pytest.mark.parametrize(("score", "said"), [(0, "met"), (1, "not-yet")])
def test_d6_dissociation_resolved(score, said):
    assert status(with_last(dissociation=score), "dissociation") == said


def test_d6_dissociation_as_a_side_effect_has_to_be_resolved_too():
    book = recovered()
    onset = book.effect(20, "dissociation")
    active = status(book, "dissociation")
    book.effect_change(80, onset)

    assert (active, status(book, "dissociation")) == ("not-yet", "met")


@pytest.mark.parametrize(("answer", "said"), [("yes", "met"), ("no", "not-yet")])
def test_d6_steady_walking(answer, said):
    book = recovered()
    book.check(121, "steady-walk", answer)

    assert status(book, "steady-walk") == said


@pytest.mark.parametrize(
    ("severity", "said"), [("mild", "met"), ("moderate", "met"), ("severe", "needs-a-person")]
)
def test_d6_severe_side_effects_need_a_psychiatrist_others_may_go_on(severity, said):
    book = recovered()
    book.effect(100, "nausea", severity)

    assert status(book, "severe-side-effects") == said


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        ("suicide-risk-asked", "no"),
        ("escort-arrived", "no"),
        ("infant-cover", "not-reached"),
        ("no-driving", "refused"),
        ("advice-given", "no"),
    ],
)
def test_d6_what_is_asked_must_be_answered_as_expected(item, answer):
    book = recovered()
    book.check(121, item, answer)

    assert status(book, item) == "not-yet"
    assert not book.state(121).readiness.all_met


def test_d6_suicidal_thoughts_need_a_psychiatrist():
    book = recovered()
    book.check(121, "suicide-risk-found", "yes")

    found = criterion(book, "suicide-risk-found")

    assert (found.status.value, found.why) == ("needs-a-person", "answered yes (psychiatrist)")


def test_d6_what_was_not_asked_needs_a_person():
    book = started()

    assert status(book, "escort-arrived", 10) == "needs-a-person"


def test_d6_the_cannula_is_asked_about_after_an_infusion_only():
    codes = [one.code for one in started().state(1).readiness.criteria]
    infusion = [one.code for one in started().state(1, INFUSION).readiness.criteria]

    assert "cannula-out" not in codes
    assert "cannula-out" in infusion

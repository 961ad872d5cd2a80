"""Antidepressant trials: adequate, failed, resistant; what is not known stays not known."""

import pytest

from clinic.instruments.rules import Resistance, Trial, adequate, failed, resistance
from tests.instruments.cases import LIBRARY

ATRQ = LIBRARY["MGHATRQ"]


def trial(**others: object) -> Trial:
    """Sertraline, enough of it for 8 weeks, hardly better, in this episode."""
    facts = {
        "drug": "sertraline",
        "dose_adequate": True,
        "weeks": 8,
        "improvement": "below-25",
        "in_current_episode": True,
    }
    return Trial(**(facts | others))


@pytest.mark.parametrize(
    ("dose", "weeks", "expected"),
    [
        (True, 6, True),
        (True, 5, False),
        (False, 12, False),
        (None, 12, None),
        (True, None, None),
        (None, 5, False),
        (False, None, False),
        (None, None, None),
    ],
)
def test_a_trial_is_adequate_by_dose_and_six_weeks(dose, weeks, expected):
    assert adequate(ATRQ, trial(dose_adequate=dose, weeks=weeks)) is expected


@pytest.mark.parametrize(
    ("improvement", "expected"),
    [
        ("below-25", True),
        ("25-to-49", True),
        ("50-to-75", False),
        ("above-75", False),
        (None, None),
    ],
)
def test_an_adequate_trial_failed_when_it_helped_less_than_half(improvement, expected):
    assert failed(ATRQ, trial(improvement=improvement)) is expected


def test_a_trial_that_was_too_short_did_not_fail():
    assert failed(ATRQ, trial(weeks=3)) is False


@pytest.mark.parametrize(
    ("trials", "expected"),
    [
        ([], Resistance(0, 0, False)),
        ([trial()], Resistance(1, 0, False)),
        ([trial(), trial()], Resistance(2, 0, True)),
        ([trial(), trial(weeks=None)], Resistance(1, 1, None)),
        ([trial(), trial(in_current_episode=False)], Resistance(1, 0, False)),
        ([trial(), trial(in_current_episode=None)], Resistance(1, 1, None)),
        ([trial(), trial(), trial(improvement=None)], Resistance(2, 1, True)),
        ([trial(), trial(weeks=None, dose_adequate=False)], Resistance(1, 0, False)),
    ],
)
def test_two_failed_trials_of_this_episode_are_resistance(trials, expected):
    assert resistance(ATRQ, trials) == expected


def test_another_scale_is_no_list_of_trials():
    with pytest.raises(ValueError, match="PHQ9 is not a list of trials"):
        adequate(LIBRARY["PHQ9"], trial())

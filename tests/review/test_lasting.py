"""This file is about sustained response, relapse and suicidality resolved, and what was missing."""

import pytest

from clinic.review.rules.lasting import ideation, lasting
from tests.review.made import SCALES, course, one_session, use, used

SCREEN = SCALES["CSSRS_SCREEN_SLC"]
BASELINES = (use("MADRS", -1, 34), use("MADRS", -1, 34, form="24-hours"))


def scores(first, *later):
    """MADRS at 24 hours, then on day 7, 14 and 28; None: not there."""
    days = zip((7, 14, 28), later, strict=True)
    first_day = [] if first is None else [use("MADRS", 1, first, form="24-hours")]
    return first_day + [use("MADRS", day, total) for day, total in days if total is not None]


def screen(day, *yes):
    """The screener, with a yes to these questions; 3 to 5 are asked only after a yes to 2."""
    asked = ("1", "2", "3", "4", "5", "6") if "2" in yes else ("1", "2", "6")
    return used(SCREEN, day, {number: int(number in yes) for number in asked}, "standard")


def found(code, *uses, day=40):
    record = course(*uses, sessions=one_session(), day=day)
    return next(one for one in lasting(record) if one.code == code)


@pytest.mark.parametrize(
    ("totals", "answer", "words"),
    [
        ((17, 17, 17, 17), "yes", "Response at every moment."),
        ((17, 18, 17, 17), "no", "No response at day 7."),
        ((17, 17, 18, 17), "no", "No response at day 14."),
        ((18, 17, 17, None), "no", "No response at 24 hours."),
        ((17, None, 17, 17), "not-enough-data", "Missing: day 7."),
    ],
)
def test_a_sustained_response_is_one_at_every_moment_and_all_are_there(totals, answer, words):
    said = found("sustained-response", *BASELINES, *scores(*totals))

    assert (said.answer, said.words) == (answer, words)


def test_it_is_planned_while_the_only_moment_missing_may_still_come():
    said = found("sustained-response", *BASELINES, *scores(17, 17, 17, None), day=20)

    assert (said.answer, said.words) == ("planned", "Still to come: day 28.")


@pytest.mark.parametrize(
    ("totals", "answer", "words"),
    [
        ((17, 17, None, 18), "yes", "Response at 24 hours, day 7, none at day 28."),
        ((17, None, 17, 18), "yes", "Response at 24 hours, day 14, none at day 28."),
        ((17, 18, 18, 17), "no", "Response at day 28 too."),
        ((18, 18, 18, 18), "not-concerned", "There was no response before that could be lost."),
        (
            (17, None, None, None),
            "not-enough-data",
            "Fewer than two moments have a score that counts.",
        ),
    ],
)
def test_a_relapse_is_a_response_that_is_not_there_any_more(totals, answer, words):
    said = found("relapse", *BASELINES, *scores(*totals))

    assert (said.answer, said.words) == (answer, words)


@pytest.mark.parametrize(
    ("before", "after", "answer"),
    [
        ((screen(-1, "1", "2", "4"),), (screen(7, "1"),), "yes"),
        ((screen(-1, "2"),), (screen(7, "2", "5"),), "no"),
        ((screen(-1, "1", "6"),), (screen(7),), "not-concerned"),
        ((screen(-1, "2"),), (screen(9),), "not-enough-data"),
        ((), (screen(7),), "not-enough-data"),
        ((screen(-3, "2"), screen(-1)), (screen(7),), "not-concerned"),
    ],
)
def test_suicidality_is_resolved_by_questions_2_to_5_and_never_by_a_total(before, after, answer):
    assert found("suicidality-day-7", *before, *after).answer == answer


def test_the_screener_nearest_to_the_moment_speaks_for_it():
    assert found("suicidality-day-7", screen(-1, "2"), screen(6, "2"), screen(7)).answer == "yes"


def test_its_window_is_waited_for():
    assert found("suicidality-day-28", screen(-1, "2"), day=31).answer == "planned"
    assert found("suicidality-day-28", screen(-1, "2"), day=32).answer == "not-enough-data"


def test_a_question_that_was_left_open_is_not_a_no():
    assert ideation({"1": 0, "6": 0}) is None
    assert ideation({"2": 0}) is False
    assert ideation({"2": 1}) is True


def test_before_the_first_dose_nothing_is_said():
    assert lasting(course(screen(-1, "2"), sessions=())) == []

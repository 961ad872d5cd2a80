"""How soon she responded and how long it lasted: with definition, never by a scale that looks too
far back (definitions D7.2, D7.3)."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from clinic.review.rules.durability import durability
from clinic.review.rules.durability.counted import Total, lasted
from clinic.review.rules.durability.lasting import area_under, tenth
from tests.review.made import course, maya, one_session, pressures, treated, use, used

MINUTE = 1 / 1440
STANDARD, DAY_FORM = "MADRS, standard", "MADRS, 24-hour version"


def found(*uses, sessions=None, day=60, title=STANDARD, **more):
    record = course(*uses, sessions=sessions or one_session(), day=day, **more)
    return {one.title: one for one in durability(record)}[title]


def relapses(*uses, **more):
    return [one.said for one in found(*uses, **more).relapses]


def two_doses(day=28):
    return tuple(treated(n, d, pressures("116/74", "138/86", 2)) for n, d in ((1, 0), (2, day)))


def test_before_the_first_dose_nothing_is_said():
    assert durability(course(use("MADRS", -1, 34))) == []


def test_each_form_of_the_leading_scale_is_told_apart():
    """Definitions D7.1."""
    assert [one.title for one in durability(maya())] == [STANDARD, DAY_FORM]


def test_every_number_has_its_definition_and_the_pinned_rule_in_it():
    for one in durability(maya()):
        said = [one.response, one.area, *(relapse.said for relapse in one.relapses)]
        assert all("definitions D7.3" in each.definition for each in said)
        assert "50 % or more below the baseline" in one.response.definition


@pytest.mark.parametrize(("total", "value"), [(17, "7.0 days"), (18, "Not reached")])
def test_response_is_half_of_the_baseline_or_less(total, value):
    """Definitions D7.2: 17 is half of 34."""
    assert found(use("MADRS", -1, 34), use("MADRS", 7, total)).response.value == value


def test_time_to_response_is_that_of_the_first_and_names_the_one_before():
    said = found(
        use("MADRS", -1, 34), use("MADRS", 7, 25), use("MADRS", 14, 15), use("MADRS", 28, 10)
    ).response

    assert (said.value, said.text) == ("14.0 days", "34 to 15. None at 7.0 days.")
    assert said.missing == ()


@pytest.mark.parametrize(
    ("day", "counts"),
    [(5, False), (6 - MINUTE, False), (6, True), (6.9, True), (7, True), (9, True)],
)
def test_a_total_counts_from_its_recall_on_or_in_the_window_of_a_moment(day, counts):
    """Definitions D7.3: MADRS looks back 7 days; the window of day 7 opens at day 6."""
    said = found(use("MADRS", -1, 34), use("MADRS", day, 10)).response

    assert said.known is counts
    assert bool(said.missing) is not counts
    if not counts:
        assert (said.value, said.missing) == (
            "Not enough data",
            ("1 use left out: the scale looks back 7 days, to before the dose.",),
        )


def test_epds_at_24_hours_says_nothing():
    """Definitions D7.3."""
    record = course(use("EPDS", -1, 20), use("EPDS", 1, 5), sessions=one_session())

    [one] = durability(record)

    assert one.title == "EPDS"
    assert one.response.value == "Not enough data"


def test_without_a_baseline_nothing_is_said_and_that_is_what_was_missing():
    """Definitions D7.1: at most 14 days before the dose."""
    one = found(use("MADRS", -15, 34), use("MADRS", 7, 10))

    for said in (one.response, one.area):
        assert (said.known, said.value) == (False, "Not enough data")
        assert said.missing == ("No total in the 14 days before the first dose.",)
    assert one.relapses == ()


def test_a_use_without_a_total_is_missing_and_not_zero():
    madrs = use("MADRS", 7, 10)
    partial = {item: score for item, score in madrs.answers.items() if item != "4"}

    said = found(use("MADRS", -1, 34), used(madrs.instrument, 7, partial, "standard")).response

    assert (said.value, said.missing) == ("Not enough data", ("1 use without a total.",))


def test_a_total_of_another_maximum_than_the_baseline_is_left_out():
    later = use("MADRS", 7, 10)
    other = replace(later, score=replace(later.score, maximum=50))

    said = found(use("MADRS", -1, 34), other).response

    assert (said.known, said.missing) == (
        False,
        ("1 use left out: another version or maximum than the baseline.",),
    )


@pytest.mark.parametrize(("total", "value"), [(17, "None seen"), (18, "14.0 days")])
def test_relapse_is_the_first_total_that_is_no_response_any_more(total, value):
    [said] = relapses(use("MADRS", -1, 34), use("MADRS", 7, 15), use("MADRS", 14, total))

    assert said.value == value


def test_without_a_response_nothing_can_be_lost():
    [said] = relapses(use("MADRS", -1, 34), use("MADRS", 7, 30))

    assert (said.value, said.text) == (
        "Does not apply",
        "No response that could be lost: 34 to 30.",
    )


def test_relapse_counts_from_the_dose_before_it_and_a_next_dose_ends_the_wait():
    uses = (use("MADRS", -1, 34), use("MADRS", 7, 15), use("MADRS", 42, 25))

    first, second = relapses(*uses, sessions=two_doses())

    assert (first.value, first.text) == ("None seen", "Response held in 7.0 days: 34 to 15.")
    assert (second.value, second.text) == ("14.0 days", "34 to 25.")


def test_after_a_later_dose_too_no_total_counts_that_looks_back_before_it():
    """Definitions D7.3."""
    uses = (use("MADRS", -1, 34), use("MADRS", 7, 15), use("MADRS", 31, 25))

    _, second = relapses(*uses, sessions=two_doses())

    assert (second.value, second.known) == ("Not enough data", False)
    assert "1 use left out" in second.missing[0]


def test_the_area_is_worked_out_by_hand():
    """34 at day 0, 20 at day 7, 10 at day 14: 7 x 27 + 7 x 15 = 294."""
    said = found(use("MADRS", -1, 34), use("MADRS", 7, 20), use("MADRS", 14, 10)).area

    assert said.value == "294 points × days"
    assert said.text == "Over 14.0 days from 34; on average 21 points."


def test_the_area_is_exact():
    one = use("MADRS", 1, 10)
    totals = [Total(one, 10, timedelta(hours=8), None), Total(one, 20, timedelta(days=1), None)]

    assert area_under(10, totals) == Fraction(10, 3) + 10
    assert tenth(Fraction(133, 10)) == "13.3"
    assert [tenth(Fraction(n, 100)) for n in (1324, 1325, 1300)] == ["13.2", "13.3", "13"]


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(hours=22, minutes=59), "22 h"),
        (timedelta(hours=71), "71 h"),
        (timedelta(days=3), "3.0 days"),
        (timedelta(days=6, hours=23), "6.9 days"),
    ],
)
def test_a_time_is_cut_and_never_rounded_up(after, words):
    assert lasted(after) == words

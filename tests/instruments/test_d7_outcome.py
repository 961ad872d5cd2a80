"""Definitions D7.1, D7.2: which score is the baseline, and what a fall from it is called."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from clinic.instruments.rules import (
    Response,
    Result,
    choose_baseline,
    of_one_form,
    percent_change,
    remission,
    remission_rule,
    response,
    response_rule,
    shown_percent,
)
from tests.instruments.cases import LIBRARY

T0 = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)
FOURTEEN_DAYS = timedelta(days=14)
MINUTE = timedelta(minutes=1)
MADRS, EPDS, CGII = LIBRARY["MADRS"], LIBRARY["EPDS"], LIBRARY["CGII"]
HALF = response_rule(MADRS, "half")


def madrs(before: timedelta, total: int | None = 30, **others: str) -> Result:
    facts = {"scale": "MADRS", "version": "1", "form": "standard"} | others
    return Result(taken_at=T0 - before, total=total, maximum=60, **facts)


def baseline_of(*results: Result) -> Result | None:
    return choose_baseline(results, first_dose_at=T0, oldest=FOURTEEN_DAYS)


def test_d7_1_the_baseline_is_the_last_complete_score_before_the_first_dose():
    """D7.1: last complete score of the same scale ... before the course's T0."""
    early, late = madrs(timedelta(days=9), 33), madrs(timedelta(days=2), 31)
    incomplete, after = madrs(timedelta(days=1), None), madrs(-MINUTE, 12)

    assert baseline_of(early, after, late, incomplete) is late


@pytest.mark.parametrize(
    ("before", "counts"),
    [
        (FOURTEEN_DAYS, True),
        (FOURTEEN_DAYS + MINUTE, False),
        (MINUTE, True),
        (timedelta(0), False),
        (-MINUTE, False),
    ],
)
def test_d7_1_a_baseline_is_at_most_14_days_old_and_before_the_dose(before, counts):
    """D7.1: before the course's T0 and at most 14 days old."""
    assert (baseline_of(madrs(before)) is not None) is counts


@pytest.mark.parametrize(
    "other", [{"scale": "HAMD17"}, {"version": "2"}, {"form": "24-hours"}], ids=str
)
def test_d7_1_another_scale_version_or_recall_is_no_baseline(other):
    """D7.1: of the same scale, version and recall window."""
    mine, another = madrs(timedelta(days=5)), madrs(timedelta(days=1), **other)

    assert of_one_form([another, mine], MADRS, "standard") == [mine]


@pytest.mark.parametrize(
    ("baseline", "total", "expected"),
    [
        (30, 15, Response.RESPONSE),
        (30, 16, Response.PARTIAL),
        (31, 15, Response.RESPONSE),
        (31, 16, Response.PARTIAL),
        (40, 30, Response.PARTIAL),
        (40, 31, Response.NONE),
        (30, 22, Response.PARTIAL),
        (30, 23, Response.NONE),
        (30, 30, Response.NONE),
        (30, 44, Response.NONE),
        (1, 0, Response.RESPONSE),
        (1, 1, Response.NONE),
        (60, 0, Response.RESPONSE),
    ],
)
def test_d7_2_response_and_partial_by_raw_whole_numbers(baseline, total, expected):
    """D7.2: Response: 2x <= b. Partial: 4x <= 3b and 2x > b. Raw integers."""
    assert response(HALF, baseline, total) is expected


@pytest.mark.parametrize("code", ["EPDS", "PHQ9", "GAD7", "MADRS", "HAMD17", "QIDSSR16"])
def test_d7_2_is_the_same_for_every_scale_and_every_pair_of_totals(code):
    """D7.2: Response: 2x <= b. Partial: 4x <= 3b and 2x > b. Raw integers."""
    scale = LIBRARY[code]
    rule, highest = response_rule(scale, "half"), scale.scoring.range.highest

    for b in range(1, highest + 1):
        for x in range(highest + 1):
            expected = "response" if 2 * x <= b else "partial" if 4 * x <= 3 * b else "none"
            assert response(rule, b, x) == expected, (b, x)


def test_d7_2_without_a_baseline_or_from_nothing_there_is_no_response():
    assert response(HALF, None, 3) is None
    assert response(HALF, 0, 0) is None


@pytest.mark.parametrize(("total", "expected"), [(16, Response.RESPONSE), (17, Response.NONE)])
def test_epds_can_also_be_judged_by_a_fall_of_4_points(total, expected):
    assert response(response_rule(EPDS, "fall-4"), 20, total) is expected


@pytest.mark.parametrize(
    ("level", "expected"), [(1, "response"), (2, "response"), (3, "none"), (7, "none")]
)
def test_cgi_i_needs_no_baseline(level, expected):
    assert response(response_rule(CGII, "much-improved"), None, level) == expected


@pytest.mark.parametrize(
    ("choice", "total", "expected"),
    [
        ("at-most-10", 10, True),
        ("at-most-10", 11, False),
        ("at-most-12", 12, True),
        ("at-most-12", 13, False),
    ],
)
def test_d7_2_remission_of_madrs_by_the_stored_choice(choice, total, expected):
    assert remission(MADRS, remission_rule(MADRS, choice), 30, total) is expected


@pytest.mark.parametrize(("baseline", "expected"), [(20, True), (19, None), (None, None)])
def test_d7_2_remission_needs_a_baseline_with_meaning(baseline, expected):
    """D7.2: remission needs a baseline at the scale's severity for meaning (MADRS >= 20)."""
    assert remission(MADRS, remission_rule(MADRS, "at-most-10"), baseline, 5) is expected


@pytest.mark.parametrize(
    ("code", "limit"),
    [("EPDS", 9), ("PHQ9", 4), ("GAD7", 4), ("HAMD17", 7), ("QIDSSR16", 5), ("CGIS", 2)],
)
def test_remission_of_each_scale_on_both_sides_of_its_limit(code, limit):
    scale = LIBRARY[code]
    rule = remission_rule(scale, f"at-most-{limit}")

    assert remission(scale, rule, limit + 3, limit) is True
    assert remission(scale, rule, limit + 3, limit + 1) is False
    assert remission(scale, rule, limit, limit) is None


def test_a_rule_that_a_scale_does_not_have_is_refused():
    with pytest.raises(KeyError):
        remission_rule(MADRS, "at-most-9")
    with pytest.raises(KeyError):
        response_rule(MADRS, "fall-4")


@pytest.mark.parametrize(
    ("baseline", "total", "change", "shown"),
    [
        (30, 15, Fraction(-50), -50),
        (31, 16, Fraction(-1500, 31), -48),
        (125, 63, Fraction(-248, 5), -49),
        (20, 25, Fraction(25), 25),
    ],
)
def test_d7_2_a_shown_percentage_never_reaches_50_before_the_raw_numbers_do(
    baseline, total, change, shown
):
    assert percent_change(baseline, total) == change
    assert shown_percent(percent_change(baseline, total)) == shown


def test_there_is_no_percentage_of_nothing():
    assert percent_change(0, 3) is None

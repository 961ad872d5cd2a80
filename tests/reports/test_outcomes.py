"""Figures of courses (definitions D7.1 to D7.8): who counts, who is missing, who is to come."""

import pandas as pd
import pytest
from lifelines import KaplanMeierFitter
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from clinic.courses.rules import EndReason
from clinic.reports.rules.outcomes import Code, Key
from tests.reports.cohort import figures, followed, madrs
from tests.review.made import use

# Baseline, then MADRS at 24 hours, day 7, day 28; None: not asked.
SCORES = (
    (32, 16, 12, 10, 9),
    (30, 28, 20, 16, 15),
    (28, None, 27, 26, None),
    (18, 9, 8, 8, 7),
    (36, 17, 30, 29, 30),
    (40, 30, 21, 21, 10),
    (25, 24, 24, 25, 26),
    (34, 12, None, None, 11),
)
COURSES = [followed(n, *madrs(*row)) for n, row in enumerate(SCORES, 1)]
TABLE = pd.DataFrame(SCORES, columns=["before", "24-hours", "day-7", "day-14", "day-28"])
MOMENTS = ("24-hours", "day-7", "day-14", "day-28")


@pytest.fixture(scope="module")
def report():
    """What the courses come to."""
    return figures(*COURSES)


@pytest.mark.parametrize("moment", MOMENTS)
def test_d7_2_response_is_that_of_pandas_and_statsmodels(report, moment):
    seen = TABLE[TABLE[moment].notna()]
    yes = int((2 * seen[moment] <= seen["before"]).sum())

    found = report.at(Code.RESPONSE, moment)

    assert (found.count, found.n, found.missing) == (yes, len(seen), len(TABLE) - len(seen))
    wanted = proportion_confint(yes, len(seen), method="wilson")
    assert (found.low, found.high) == pytest.approx(wanted, abs=1e-12)
    of_all = proportion_confint(yes, len(TABLE), method="wilson")
    assert (found.all_low, found.all_high) == pytest.approx(of_all, abs=1e-12)
    assert found.all_value == pytest.approx(yes / len(TABLE))


@pytest.mark.parametrize("moment", MOMENTS)
def test_d7_2_remission_counts_only_those_in_whom_the_word_has_a_meaning(report, moment):
    meant = TABLE[TABLE["before"] >= 20]
    seen = meant[meant[moment].notna()]

    found = report.at(Code.REMISSION, moment)

    assert found.count == int((seen[moment] <= 10).sum())
    assert (found.n, found.missing) == (len(seen), len(meant) - len(seen))


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_mean_change_is_that_of_statsmodels(report, moment):
    change = (TABLE[moment] - TABLE["before"]).dropna()

    found = report.at(Code.CHANGE, moment)

    assert found.value == pytest.approx(change.mean())
    assert (found.low, found.high) == pytest.approx(DescrStatsW(change).tconfint_mean())


def test_time_to_response_is_that_of_lifelines(report):
    # Days of the first score that is at most half of the baseline; of the last score otherwise.
    days = [1, 28, 14, 1, 1, 28, 28, 1]
    came = [True, True, False, True, True, True, False, True]
    fitted = KaplanMeierFitter().fit(days, came)

    found = report[Code.TIME_TO_RESPONSE]

    assert [step.share for step in found.curve] == pytest.approx(
        [fitted.predict(day) for day in sorted({d for d, c in zip(days, came, strict=True) if c})]
    )
    assert (found.count, found.n) == (6, 8)


def test_time_to_relapse_counts_from_the_first_response_to_the_first_score_without(report):
    found = report[Code.TIME_TO_RELAPSE]

    # The fifth responded on day 1 and not on day 7; of two the first response was the last score.
    assert [(step.at, step.events) for step in found.curve] == [(6.0, 1)]
    assert (found.n, found.missing) == (4, 2)


def test_d7_3_a_moment_that_is_not_over_is_neither_missing_nor_no_response():
    found = figures(*COURSES[:1], followed(2, *madrs(30, 20), day=5), day=5)

    assert found.at(Code.RESPONSE, "day-28").waiting == 1
    assert found.at(Code.RESPONSE, "day-7").waiting == 1
    assert found.at(Code.RESPONSE, "day-7").expected == 1


def test_d7_3_a_scale_that_looks_back_too_far_says_nothing_at_24_hours():
    uses = (use("EPDS", -0.1, 22), use("EPDS", 1, 10), use("EPDS", 7, 10))

    found = figures(followed(1, *uses), scale="EPDS")

    assert found.at(Code.RESPONSE, "24-hours").expected == 0
    assert found.at(Code.RESPONSE, "day-7").count == 1


def test_d7_1_without_a_baseline_a_course_is_missing_and_counts_as_no_response():
    found = figures(followed(1, use("MADRS", 7, 10)), *COURSES[:1])

    response = found.at(Code.RESPONSE, "day-7")
    assert (response.count, response.n, response.missing) == (1, 1, 1)
    assert response.all_value == pytest.approx(0.5)
    assert dict(found.whys[Key(Code.RESPONSE, "day-7")]) == {
        "No total of this form in the 14 days before the first dose.": 1
    }


def test_d7_7_the_rule_that_each_course_has_pinned_stands_with_the_figures(report):
    assert {(row.moment, row.courses) for row in report.pinned} == {
        ("24 hours", 8),
        ("Day 7", 8),
        ("Day 14", 8),
        ("Day 28", 8),
    }
    assert all("Response: 50 % less than baseline." in row.definition for row in report.pinned)


def test_courses_that_stopped_are_counted_with_their_reason():
    found = figures(followed(1, ended="completed"), followed(2, ended="side-effects"), followed(3))

    assert found[Code.DISCONTINUED].count == 1
    assert (found.running, found.finished) == (1, 1)
    assert found.ended == {"completed": 1, "side-effects": 1, "running": 1}


def test_a_course_outside_the_period_is_not_counted():
    found = figures(followed(1, *madrs(30, 12), record={"now": COURSES[0].record.now}))
    none = figures()

    assert found[Code.COURSES].n == 1
    assert none[Code.COURSES].n == 0


def test_a_decision_to_stop_counts_while_the_course_is_still_open():
    found = figures(
        followed(1, stopped_because=EndReason.SIDE_EFFECTS),
        followed(2, ended="no-effect"),
        followed(3, ended="completed"),
        followed(4),
    )

    assert (found[Code.DISCONTINUED].count, found[Code.DISCONTINUED].n) == (2, 4)
    assert (found.running, found.finished) == (1, 1)

"""The statistics of figures are those of independent programs: scipy, statsmodels, lifelines."""

from statistics import median

import pytest
from lifelines import KaplanMeierFitter
from lifelines.datasets import load_waltons
from numpy import percentile
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson
from statsmodels.stats.weightstats import DescrStatsW

from clinic.reports.rules.outcomes.statistics import (
    kaplan_meier,
    mean_interval,
    median_time,
    poisson_interval,
    quartiles,
    student_quantile,
    wilson,
)

POINTS = [-22, -18, -15.5, -9, -4, 0, 3]
# Days, and whether the event came; several on one day, losses on the day of an event, one at last.
WATCHED = [
    *((1, True), (1, True), (1, False), (6.8, True), (7, True), (7, False)),
    *((7.2, False), (28, True), (28.1, True), (29, False), (42, True), (98, False)),
]


@pytest.mark.parametrize("level", [0.95, 0.9])
@pytest.mark.parametrize(("count", "of"), [(0, 7), (7, 7), (1, 9), (20, 48), (141, 231)])
def test_wilson_is_that_of_statsmodels(count, of, level):
    found = wilson(count, of, level)

    assert found
    wanted = proportion_confint(count, of, 1 - level, method="wilson")
    assert (found.low, found.high) == pytest.approx(wanted, abs=1e-12)


def test_wilson_of_the_picture_is_29_to_56_percent():
    found = wilson(20, 48, 0.95)

    assert found
    assert (round(100 * found.low), round(100 * found.high)) == (29, 56)


@pytest.mark.parametrize("level", [0.95, 0.9])
def test_the_interval_of_a_mean_is_that_of_statsmodels(level):
    found = mean_interval(POINTS, level)

    assert found
    wanted = DescrStatsW(POINTS).tconfint_mean(1 - level)
    assert (found.low, found.high) == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 9, 30, 231])
def test_the_quantile_of_student_is_that_of_scipy(degrees):
    assert student_quantile(0.975, degrees) == pytest.approx(stats.t.ppf(0.975, degrees), abs=1e-9)


@pytest.mark.parametrize("count", [0, 1, 4, 17])
def test_the_interval_of_a_number_of_events_is_that_of_statsmodels(count):
    found = poisson_interval(count, 0.95)

    low, high = confint_poisson(count, 1, method="exact-c")
    assert found.high == pytest.approx(high, abs=1e-9)
    assert found.low == pytest.approx(low if count else 0, abs=1e-9)


def test_quartiles_are_those_of_numpy():
    found = quartiles(POINTS)

    assert found
    wanted = tuple(percentile(POINTS, (25, 50, 75)))
    assert (found.first, found.median, found.third) == pytest.approx(wanted)
    assert found.median == median(POINTS)


@pytest.mark.parametrize("watched", [WATCHED, "waltons"], ids=["made", "waltons"])
def test_kaplan_meier_is_that_of_lifelines(watched):
    if watched == "waltons":
        rows = load_waltons()
        watched = list(zip(map(float, rows["T"]), map(bool, rows["E"]), strict=True))
    fitted = KaplanMeierFitter().fit(*zip(*watched, strict=True))
    bounds = fitted.confidence_interval_survival_function_

    found = kaplan_meier(watched, 0.95)

    assert found
    for step in found:
        assert step.share == pytest.approx(fitted.predict(step.at), abs=1e-12)
        assert step.at_risk == fitted.event_table.at_risk[step.at]
        if step.interval:
            wanted = tuple(bounds.loc[step.at])
            assert (step.interval.low, step.interval.high) == pytest.approx(wanted, abs=1e-12)
    assert median_time(found) == fitted.median_survival_time_


def test_a_median_that_is_not_reached_is_none():
    curve = kaplan_meier([(1, True), (2, False), (3, False)], 0.95)

    assert median_time(curve) is None


def test_nothing_is_said_of_nobody():
    assert wilson(0, 0, 0.95) is None
    assert mean_interval([3], 0.95) is None
    assert quartiles([]) is None
    assert kaplan_meier([], 0.95) == ()

"""What charts of figures draw is what stands in the tables: the same numbers, and no others."""

import re

import pytest

from clinic.core.paper import as_svg
from clinic.reports.charts import (
    curve_points,
    effect_rows,
    effects_chart,
    figures_on_paper,
    outcome_chart,
    response_lines,
    time_chart,
)
from clinic.reports.rules.outcomes import Code, effect_table, outcome_rows, shown
from tests.reports.cohort import figures, followed, madrs, sitting

ROWS = [
    (32, 16, 12, 11, 9),
    (30, 28, 14, 14, 15),
    (28, 14, 13, 11, 9),
    (36, 17, 12, 13, 30),
    (40, 30, 20, 15, 10),
]
NAUSEA = ((10, "nausea", "moderate"),)


@pytest.fixture(scope="module")
def report():
    """What five courses come to; in four there was nausea."""
    return figures(
        *(
            followed(n, *madrs(*row), sessions=(sitting(effects=NAUSEA if n < 5 else ()),))
            for n, row in enumerate(ROWS, 1)
        )
    )


@pytest.mark.parametrize("code", [Code.RESPONSE, Code.REMISSION])
def test_the_squares_are_the_shares_of_the_table(report, code):
    rows = [row for row in outcome_rows(report, shared=False) if row.key.code == code]

    lines = response_lines(report, code, shared=False)

    assert [line.main for line in lines] == [row.said.main for row in rows]
    assert [line.interval for line in lines] == [row.said.interval for row in rows]
    for line, row in zip(lines, rows, strict=True):
        assert f"{line.value:.0f} %" == row.said.main
        assert f"{line.low:.0f} to {line.high:.0f} %" == row.said.interval


def test_the_bars_are_those_of_the_table(report):
    [row], [told] = effect_rows(report, shared=False), effect_table(report, shared=False)

    assert (row["term"], row["percent"], row["severe"]) == ("Nausea", 80, 80)
    assert (told.title, told.sessions.main, told.sessions.count) == ("Nausea", "80 %", "4 of 5")


def test_the_steps_of_a_curve_are_those_of_kaplan_and_meier(report):
    points = curve_points(report, Code.TIME_TO_RESPONSE, shared=False)

    assert [(p["day"], round(p["percent"], 9)) for p in points] == [(0, 0), (1, 60), (7, 100)]


def test_d8_8_what_goes_outside_draws_no_few(report):
    assert effect_rows(report, shared=True) == []
    lines = response_lines(report, Code.REMISSION, shared=True)
    assert [line.value for line in lines] == [0, 0, 0, None]
    assert shown(report.at(Code.REMISSION, "day-28"), 5, shared=True).hidden


def test_the_drawn_picture_has_the_words_of_the_table(report):
    svg = as_svg(figures_on_paper(outcome_chart(report)))

    words = {re.sub("<[^>]+>", "", text) for text in re.findall(r"<text.*?</text>", svg, re.S)}
    for row in outcome_rows(report, shared=False):
        assert {row.said.main, row.said.interval, row.said.count} <= words


def test_each_picture_can_be_drawn_of_nothing():
    nobody = figures()

    for spec in (
        outcome_chart(nobody),
        effects_chart(nobody),
        time_chart(nobody, Code.TIME_TO_RELAPSE),
    ):
        assert "<svg" in as_svg(figures_on_paper(spec))

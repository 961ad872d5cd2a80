"""Who has only a shared report cannot work out a small cell by taking others away (D8.8)."""

import re
from itertools import product

import pytest

from clinic.reports.library import newest
from clinic.reports.rules.outcomes import Code, Key, Tally, summarize
from clinic.reports.rules.outcomes.words import percent, shown

SMALL = 5
TOTALS = (9, 26, 50, 61)


def told(total: int, yes: int, missing: int, waiting: int):
    """A share outside, of so many sessions, all of which stand beside it."""
    n = total - missing - waiting
    tally = Tally(n=n, missing=missing, waiting=waiting, of=n)
    tally.values = [1.0] * yes + [0.0] * (n - yes)
    return shown(summarize(Key(Code.RESPONSE, "day-7"), tally, newest()), SMALL, shared=True)


def possible(total: int) -> list[tuple[int, int, int]]:
    """Every way in which so many may have come out."""
    return [
        (yes, missing, waiting)
        for missing, waiting in product(range(7), range(7))
        if missing + waiting <= total
        for yes in range(total - missing - waiting + 1)
    ]


@pytest.mark.parametrize("total", TOTALS)
def test_d8_8_no_small_cell_of_a_shared_report_has_only_one_possible_value(total: int):
    by_words: dict[tuple[str, ...], set[tuple[int, int, int]]] = {}
    for ways in possible(total):
        said = told(total, *ways)
        key = tuple(str(value) for value in vars(said).values())
        by_words.setdefault(key, set()).add(ways)

    for words, ways in by_words.items():
        for cell in range(3):
            values = {way[cell] for way in ways}
            if all(0 < value < SMALL for value in values):
                assert len(values) > 1, (words, ways)


def test_d8_8_a_share_beside_few_missing_is_told_to_the_nearest_5_percent_without_its_number():
    said = told(50, 20, 2, 0)

    assert (said.main, said.interval, said.count) == ("about 40 %", "", "")
    assert said.complete == "92 % or more"
    assert not re.search(r"\b48\b", " ".join(map(str, vars(said).values())))


def test_d8_8_inside_the_clinic_the_same_figure_is_told_whole():
    n = 48
    tally = Tally(n=n, missing=2, of=n, values=[1.0] * 20 + [0.0] * 28)
    said = shown(summarize(Key(Code.RESPONSE, "day-7"), tally, newest()), SMALL, shared=False)

    assert (said.main, said.count) == (percent(20 / 48), "20 of 48")

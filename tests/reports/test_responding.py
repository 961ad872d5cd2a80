"""How soon a clinic responds: median and share, small cells hidden (definitions D8.8)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from clinic.reports.rules.responding import response_figures

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
SOON = datetime(2026, 3, 12, 12, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Answer:
    since: datetime
    due_at: datetime | None
    responded_at: datetime | None


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def answered(after: int | None, limit: int | None = 60) -> Answer:
    """An answer at 12:00, responded to so many minutes later."""
    due = None if limit is None else NOON + minutes(limit)
    return Answer(NOON, due, None if after is None else NOON + minutes(after))


def figures(*afters: int | None, now: datetime = SOON, **given: int | None):
    return response_figures("Scales", [answered(after, **given) for after in afters], now)


def test_the_median_is_a_time_that_was_needed_and_60_minutes_are_in_time():
    found = figures(10, 20, 30, 60, 61, 70, 80, 90, 100, 110)

    assert (found.median_shown, found.within, found.timed) == ("61 min", 4, 10)


def test_d8_8_few_answers_show_no_figure():
    four = figures(10, 20, 30, 40)

    assert (four.n_shown, four.median_shown, four.within_shown) == (
        "fewer than 5",
        "not shown",
        "not shown",
    )
    assert figures().n_shown == "0"


def test_d8_8_neither_the_few_in_time_nor_the_few_late_are_told():
    assert figures(*[10] * 9, 61).within_shown == "all but fewer than 5 of 10"
    assert figures(*[61] * 9, 10).within_shown == "fewer than 5 of 10"
    assert figures(*[10] * 5, *[61] * 5).within_shown == "5 of 10, 50 %"
    assert figures(*[10] * 5).within_shown == "5 of 5, 100 %"


def test_one_that_still_waits_is_late_only_past_its_time():
    waiting = [10] * 5 + [None]

    assert figures(*waiting, now=NOON + minutes(60)).timed == 5
    late = figures(*waiting, now=NOON + minutes(61))
    assert (late.within, late.timed, late.open) == (5, 6, 1)


def test_without_a_time_set_only_the_median_is_told():
    found = figures(*[10] * 6, limit=None)

    assert (found.median_shown, found.within_shown) == ("10 min", "not shown")

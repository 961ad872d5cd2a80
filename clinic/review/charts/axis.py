"""This file is about the one axis that all rows share: days from the first dose."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from clinic.review.rules import CourseRecord, session_rows

WEEK = 7
MOST_TICKS = 10
# Room at both ends, as a share of what is shown: marks at the edge on the left, words on the right.
BEFORE, AFTER = 0.03, 0.2
RECENT = 14


class Range(StrEnum):
    """How much of a course is drawn."""

    COURSE = "course"
    SINCE_FIRST_DOSE = "since-first-dose"
    RECENT = "last-14-days"


@dataclass(frozen=True)
class Axis:
    """Days from `low` to `high`; `now` None: the course has ended. `doses`: days of sessions."""

    low: float
    high: float
    now: float | None
    doses: tuple[float, ...]

    def holds(self, day: float) -> bool:
        """Whether a day is drawn."""
        return self.low <= day <= self.high

    def x(self, field: str = "day") -> dict[str, Any]:
        """The encoding of a day. No padding, which a row of bars alone would have."""
        scale = {"domain": [self.low, self.high], "nice": False, "zero": False, "padding": 0}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def span(self, start: float, end: float) -> tuple[float, float] | None:
        """The part of a span that is drawn, or None."""
        start, end = max(start, self.low), min(end, self.high)
        return (start, end) if start < end else None


def axis_of(record: CourseRecord, shown: Range, least: float = 0) -> Axis:
    """The axis of a course: from its first score to now, with what is planned.

    `least`: days that a whole course has at least, so that two can be compared.
    """
    doses = tuple(row.day for row in session_rows(record))
    now = None if record.ended_on else record.day(record.now)
    happened = [*doses, *(record.day(use.taken_at) for use in record.uses)]
    first = min([*happened, record.day(record.midnight(record.opened_on))])
    last = max([*happened, record.day(record.now) if now is not None else first + 1])
    if shown is Range.SINCE_FIRST_DOSE and doses:
        first = doses[0]
    if shown is Range.RECENT:
        first = last - RECENT
    planned = [] if now is None or shown is Range.RECENT else list(targets(record))
    width = max(last - first, 1)
    high = max(last + AFTER * width, *(day + AFTER * (day - first) for day in planned), first + 1)
    low = round(first - BEFORE * (high - first), 2)
    if shown is Range.COURSE:
        high = max(high, low + least)
    return Axis(low, round(high, 2), now, doses)


def length_of(record: CourseRecord) -> float:
    """Days that the axis of a whole course has."""
    axis = axis_of(record, Range.COURSE)
    return round(axis.high - axis.low, 2)


def targets(record: CourseRecord) -> Iterator[float]:
    """The days on which the outcome is read."""
    first = record.first_dose_at
    if first is not None:
        yield from (record.day(first + window.moment.target) for window in record.windows)


def ticks(record: CourseRecord, axis: Axis) -> list[dict[str, Any]]:
    """Every week, or every few, from day 0: the date, and how long after the birth."""
    weeks = range(int(axis.low // WEEK), int(axis.high // WEEK) + 2)
    every = WEEK * max(1, -(-len(weeks) // MOST_TICKS))
    days = [day for week in weeks if not (day := week * WEEK) % every and axis.holds(day)]
    return [{"day": day, **foot(record, day)} for day in days]


def foot(record: CourseRecord, day: int) -> dict[str, str]:
    """What stands under one day."""
    on = record.local(record.origin).date() + timedelta(days=day)
    born = record.birth_on
    after = (on - born).days if born is not None else -1
    return {
        "date": on.strftime("%d %b"),
        "postpartum": f"{after // WEEK} w {after % WEEK} d" if after >= 0 else "",
    }

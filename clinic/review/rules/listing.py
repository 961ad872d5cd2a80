"""This file is about the rows of the list of patients: stage, what is due next, scores, flags."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from clinic.instruments.rules import percent_change, shown_percent
from clinic.patients.rules import Cell, Pill, spark

SPARKS = 6  # totals in a small chart
STEPS = 4
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Urgency(IntEnum):
    """The order of rows: an alert, a response, overdue, due today, later."""

    ALERT = 0
    RESPONSE = 1
    OVERDUE = 2
    TODAY = 3
    LATER = 4


@dataclass(frozen=True)
class Ahead:
    """One thing that is due. `overdue_since`: the end of its window, once that is over.
    `whole_day`: due on a day, at no time of it."""

    what: str
    due_at: datetime
    overdue_since: datetime | None = None
    running: bool = False
    whole_day: bool = False


@dataclass(frozen=True)
class Stage:
    """Which of the four steps, from 1, and in words."""

    step: int
    words: str


def stage_cell(stage: Stage) -> Cell:
    """The four-step bar: what is over, what is on, what lies ahead."""
    steps = [
        "done" if n < stage.step else "on" if n == stage.step else "" for n in range(1, STEPS + 1)
    ]
    return Cell(words=stage.words, steps=tuple(steps))


def next_of(things: Iterable[Ahead], now: datetime) -> Ahead | None:
    """What comes first: what runs, what is overdue longest, what is due soonest."""
    return min(
        things,
        key=lambda one: (
            not one.running,
            one.overdue_since is None,
            one.overdue_since or one.due_at,
        ),
        default=None,
    )


def urgency_of(thing: Ahead | None, now: datetime, zone: ZoneInfo) -> Urgency:
    """How urgent what is due next is."""
    if thing is None:
        return Urgency.LATER
    if thing.overdue_since is not None:
        return Urgency.OVERDUE
    return Urgency.TODAY if is_today(thing.due_at, now, zone) or thing.running else Urgency.LATER


def due_cell(thing: Ahead | None, now: datetime, zone: ZoneInfo) -> Cell:
    """`40 min, 11 min overdue`, `Repeat BP 10:36, in 4 min`, `Today 12:30`, `Mon 16 Mar, CBT`."""
    if thing is None:
        return Cell()
    if thing.overdue_since is not None:
        late = f"{thing.what}, {span(now - thing.overdue_since)} overdue"
        return Cell(pills=(Pill(late, "overdue", "clock-exclamation"),))
    wall = thing.due_at.astimezone(zone)
    if thing.running:
        ahead = thing.due_at - now
        away = "due now" if ahead < MINUTE else f"in {span(ahead)}"
        return Cell(pills=(Pill(f"{thing.what} {wall:%H:%M}, {away}", "info", "clock"),))
    if is_today(thing.due_at, now, zone):
        today = "Today" if thing.whole_day else f"Today {wall:%H:%M}"
        return Cell(words=f"{today}, {thing.what}")
    return Cell(words=f"{wall:%a %d %b}, {thing.what}")


def is_today(moment: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a moment is of the same day on the clinic's wall."""
    return moment.astimezone(zone).date() == now.astimezone(zone).date()


def span(time: timedelta) -> str:
    """`11 min`, `18 h`, `6 days`: whole, rounded down, never negative."""
    time = max(time, timedelta())
    if time < HOUR:
        return f"{time // MINUTE} min"
    if time < 2 * DAY:
        return f"{time // HOUR} h"
    return f"{time // DAY} days"


def score_cell(totals: list[int], baseline: int | None, limit: int | None, maximum: int) -> Cell:
    """The last six totals, the last one and its change from the baseline (definitions D7.1)."""
    if not totals:
        return Cell()
    change = None if baseline is None else percent_change(baseline, totals[-1])
    if len(totals) == 1:
        return Cell(words=f"one score: {totals[0]}")
    percent = "" if change is None else f", {shown_percent(change):+d} %".replace("-", "−")
    return Cell(spark=spark(totals[-SPARKS:], limit, maximum, f"{totals[-1]}{percent}"))

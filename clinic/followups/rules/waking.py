"""This file is about the hours in which somebody may be called (definitions D7.6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinic.protocols.rules import ContactRules

HOURS_OF_A_DAY = 24
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """From `opens_at` to `closes_at`, both inside; `due_at` is the moment to aim at.

    `waking` False: no waking hour lies in it, so it stands as the protocol has it.
    """

    due_at: datetime
    opens_at: datetime
    closes_at: datetime
    waking: bool = True


def within_waking_hours(window: Window, hours: ContactRules, zone: ZoneInfo) -> Window:
    """The part of a window in which she may be called; due as near to its target as that allows."""
    spans = list(_waking_spans(window, hours, zone))
    if not spans:
        return Window(window.due_at, window.opens_at, window.closes_at, waking=False)
    nearest = [min(max(window.due_at, start), end) for start, end in spans]
    due_at = min(nearest, key=lambda moment: (abs(moment - window.due_at), moment))
    return Window(due_at, spans[0][0], spans[-1][1])


def is_waking(at: datetime, hours: ContactRules, zone: ZoneInfo) -> bool:
    """Whether she may be called at a moment; both ends of her waking hours are inside."""
    return any(True for _ in _waking_spans(Window(at, at, at), hours, zone))


def _waking_spans(
    window: Window, hours: ContactRules, zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime]]:
    day, last = (moment.astimezone(zone).date() for moment in (window.opens_at, window.closes_at))
    while day <= last:
        start = max(_o_clock(day, hours.waking_from_hour, zone), window.opens_at)
        end = min(_o_clock(day, hours.waking_to_hour, zone), window.closes_at)
        if start <= end:
            yield start, end
        day += ONE_DAY


def _o_clock(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """That hour on the wall, in UTC; hour 24 is the next midnight."""
    days, hour = divmod(hour, HOURS_OF_A_DAY)
    return datetime.combine(day + days * ONE_DAY, time(hour), zone).astimezone(UTC)

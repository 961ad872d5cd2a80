"""This file is about the axis of days that every row of the timeline shares."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LEFT, RIGHT = 230.0, 1256.0
WIDTH = 1490
BEFORE, AFTER = timedelta(days=14), timedelta(days=18)  # room at both ends of the axis
MOST_TICKS = 12
A_DAY = timedelta(days=1)
A_WEEK = 7


@dataclass(frozen=True)
class Tick:
    """A Monday: where, which day, and how long after the birth."""

    x: float
    day: date
    after_birth: str


@dataclass(frozen=True)
class Axis:
    """Days from `first` to `last`, both whole, on the clinic's wall."""

    first: date
    last: date
    timezone: ZoneInfo

    def x(self, moment: datetime | date) -> float:
        """Where a moment stands, or the beginning of a day; outside it is at the edge."""
        if isinstance(moment, datetime):
            wall = moment.astimezone(self.timezone).replace(tzinfo=None)
        else:
            wall = datetime.combine(moment, time())
        start = datetime.combine(self.first, time())
        part = (wall - start) / (self.last - self.first + A_DAY)
        return round(LEFT + min(max(part, 0.0), 1.0) * (RIGHT - LEFT), 1)

    @property
    def right(self) -> float:
        """Where the last day ends."""
        return RIGHT

    def ticks(self, birth_on: date | None) -> list[Tick]:
        """Mondays, each or every so many weeks."""
        weeks = (self.last - self.first).days // A_WEEK + 1
        step = -(-weeks // MOST_TICKS)
        days = [self.first + timedelta(weeks=n) for n in range(0, weeks, step)]
        return [Tick(self.x(day), day, after_birth(birth_on, day)) for day in days]


def after_birth(birth_on: date | None, day: date) -> str:
    """`6 w 4 d`, or nothing before the birth and without one."""
    if birth_on is None or day < birth_on:
        return ""
    return "{} w {} d".format(*divmod((day - birth_on).days, A_WEEK))


def axis_of(
    moments: Iterable[datetime], opened_on: date, now: datetime, timezone: ZoneInfo
) -> Axis:
    """From the Monday before the course opened to some days after the last that is planned."""
    days = [moment.astimezone(timezone).date() for moment in (*moments, now)]
    first = min([opened_on, *days]) - BEFORE
    today = now.astimezone(timezone).date()
    last = max([today + AFTER, *[day + timedelta(days=3) for day in days]])
    return Axis(first - timedelta(days=first.weekday()), last, timezone)

"""This file is about time: whole minutes in UTC, and which moment would change something.

A moment counts as its clock minute; seconds are dropped. What is computed then agrees with the
HH:MM that people see and write down (definitions D1.1, D1.2).
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def whole_minute(moment: datetime) -> datetime:
    """The clock minute of an aware moment, in UTC; raises ValueError for a naive one."""
    if moment.tzinfo is UTC and not (moment.second or moment.microsecond):
        return moment
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes from start to end, negative when end is earlier."""
    gone = whole_minute(end) - whole_minute(start)
    return gone.days * 1440 + gone.seconds // 60


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def end_of_local_day(moment: datetime, zone: ZoneInfo) -> datetime:
    """The next midnight in the zone, in UTC."""
    tomorrow = local_day(moment, zone) + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, tzinfo=zone).astimezone(UTC)


def clock_time(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%H:%M")


@dataclass
class Watch:
    """Now, as the rules see it. Every question that time alone can answer differently goes through
    `reached`, so that `ahead` holds each moment at which an answer will turn."""

    now: datetime
    ahead: set[datetime] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.now = whole_minute(self.now)

    def reached(self, moment: datetime) -> bool:
        """Whether now is at or after `moment`, a whole minute."""
        if moment > self.now:
            self.ahead.add(moment)
            return False
        return True

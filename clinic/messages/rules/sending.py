"""This file is about when a message may go out, and when it is tried again."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

# After each failed try; what is not sent after the last of them has failed.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
)
MOST_TRIES = len(PAUSES) + 1


@dataclass(frozen=True)
class QuietHours:
    """No message goes out from `begins` until `ends`, on her wall; the same time twice: never."""

    begins: time
    ends: time

    def holds(self, wall: time) -> bool:
        """Whether a time of the day lies in them; the end itself is outside."""
        if self.begins <= self.ends:
            return self.begins <= wall < self.ends
        return wall >= self.begins or wall < self.ends


@dataclass(frozen=True)
class Reminders:
    """How often she is reminded of a link that she has not answered, and after how many hours."""

    count: int
    every_hours: int

    def due_at(self, sent_at: datetime, number: int) -> datetime:
        """When the reminder of that number, from 1, falls due."""
        return sent_at + timedelta(hours=self.every_hours * number)


def not_quiet(moment: datetime, zone: ZoneInfo, quiet: QuietHours | None) -> datetime:
    """The first moment from `moment` on that lies outside the quiet hours of her day; UTC."""
    if quiet is None or not quiet.holds(moment.astimezone(zone).time()):
        return moment
    wall = moment.astimezone(zone)
    day = wall.date() if wall.time() < quiet.ends else wall.date() + timedelta(days=1)
    return datetime.combine(day, quiet.ends, zone).astimezone(moment.tzinfo)


def next_try_after(tries: int, failed_at: datetime) -> datetime | None:
    """When to try again after `tries` tries; None: not any more."""
    return failed_at + PAUSES[tries - 1] if tries <= len(PAUSES) else None

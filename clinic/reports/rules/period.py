"""This file is about the period of an export: clinic days, first and last included."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST = timedelta(days=10 * 366)
AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both included."""

    first_on: date
    last_on: date

    def __contains__(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From when, included, until when, excluded; in UTC."""
        return midnight(self.first_on, zone), midnight(self.last_on + timedelta(days=1), zone)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The beginning of a day in a zone, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def fault_of_first(first_on: date, today: date) -> str | None:
    """What is wrong with the first day."""
    if first_on > today:
        return "Enter a first day that is not in the future."
    return None


def fault_of_last(first_on: date, last_on: date, today: date) -> str | None:
    """What is wrong with the last day."""
    if last_on < first_on:
        return "Enter a last day that is not before the first day."
    if last_on - today > AHEAD:
        return "Enter a last day that is at most a year from today."
    if last_on - first_on > LONGEST:
        return "Enter a period of at most ten years."
    return None

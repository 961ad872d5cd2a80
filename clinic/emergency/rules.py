"""This file is about emergency access as such: how long it lasts, what a reason must be."""

from datetime import datetime, timedelta

LASTS = timedelta(hours=1)
SHORTEST_REASON = 10  # characters: "emergency" alone says nothing
LONGEST_REASON = 500


def ends_at(opened_at: datetime) -> datetime:
    """Until when an access opens anything."""
    return opened_at + LASTS


def is_open(now: datetime, until: datetime, ended_at: datetime | None) -> bool:
    """Whether an access still opens anything."""
    return ended_at is None and now < until

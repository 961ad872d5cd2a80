"""This file is about a tablet whose clock is off: said beside the entries that it wrote."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from clinic.sessions.rules.log import Entry


def clock_off(entry: Entry, most: timedelta) -> str:
    """`tablet's clock 12 min behind`; nothing up to `most`, nor when its time is not known.

    A tablet names an entry by the server's time at the moment of writing (UUIDv7, RFC 9562) and
    says beside it what its own clock showed: a wait for a connection moves neither.
    """
    if entry.device_at is None or entry.transcribed or entry.id.version != 7:
        return ""
    behind = named_at(entry.id) - entry.device_at
    if abs(behind) <= most:
        return ""
    side = "behind" if behind > timedelta(0) else "ahead"
    return f"tablet’s clock {abs(behind) // timedelta(minutes=1)} min {side}"


def named_at(entry_id: UUID) -> datetime:
    """The moment in a UUIDv7, to the millisecond."""
    return datetime.fromtimestamp((entry_id.int >> 80) / 1000, UTC)

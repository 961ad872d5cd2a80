"""This file is about what is counted per person or address: wrong tries, and searches."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from clinic.accounts.models import SignInThrottle
from clinic.accounts.queries import counts
from clinic.accounts.rules import FORGOTTEN_AFTER, NO_TIME, Verdict, pause_after
from clinic.core import clock


def take_try(session: Session, limits: Mapping[str, int]) -> Verdict:
    """Count a try before it is looked at, so that a thousand at once count as a thousand.

    `limits`: hash of who or where -> tries before the first pause. Nothing is counted in a pause.
    """
    now = clock.now()
    rows = present(session, limits, now)
    if (paused := max(remaining(row, now) for row in rows.values())) > NO_TIME:
        return Verdict(paused=paused)
    for key, row in rows.items():
        row.failures += 1
        row.failed_at = now
        pause = pause_after(row.failures, limits[key])
        row.pause_ends_at = now + pause if pause else None
    return Verdict(
        tries_left=min(limits[key] - row.failures for key, row in rows.items()),
        pause=max(remaining(row, now) for row in rows.values()),
    )


def take_turn(session: Session, key: str, most: int, within: timedelta) -> timedelta:
    """Count a use of something that is limited; how long to wait, zero: go on.

    `key`: hash of who. From the first use on there are `most` within the time; then none until it
    is over. What is refused is not counted.
    """
    now = clock.now()
    row = present(session, {key: most}, now)[key]
    if now - row.failed_at >= within or not row.failures:
        row.failures, row.failed_at = 0, now
    if row.failures >= most:
        return row.failed_at + within - now
    row.failures += 1
    return NO_TIME


def remaining_pause(session: Session, limits: Mapping[str, int]) -> timedelta:
    """How long still to wait, without counting."""
    now = clock.now()
    rows = counts(session, limits.keys()).values()
    return max((remaining(row, now) for row in rows), default=NO_TIME)


def give_back(session: Session, person_key: str, address_key: str | None) -> None:
    """A right try was none: the person starts afresh, the address is where it was."""
    rows = counts(session, [key for key in (person_key, address_key) if key])
    if person := rows.get(person_key):
        person.failures, person.pause_ends_at = 0, None
    if address_key and (address := rows.get(address_key)):
        address.failures, address.pause_ends_at = max(address.failures - 1, 0), None


def present(
    session: Session, limits: Mapping[str, int], now: datetime
) -> dict[str, SignInThrottle]:
    """The counts, made where there are none, back at zero where the last wrong try is long ago."""
    rows = counts(session, limits.keys())
    for key in sorted(limits.keys() - rows.keys()):
        rows[key] = SignInThrottle(key_hash=key, failures=0, failed_at=now)
        session.add(rows[key])
    for row in rows.values():
        if now - row.failed_at >= FORGOTTEN_AFTER:
            row.failures, row.pause_ends_at = 0, None
    return rows


def remaining(row: SignInThrottle, now: datetime) -> timedelta:
    """What is left of a pause."""
    return max(row.pause_ends_at - now, NO_TIME) if row.pause_ends_at else NO_TIME

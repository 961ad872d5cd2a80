"""This file is about questions that fall due by how many doses she had in the course."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from clinic.protocols.rules import ExposureCheck


def doses_until(given_at: Collection[datetime], at: datetime) -> int:
    """How many doses were given until a moment, inside."""
    return sum(moment <= at for moment in given_at)


def exposure_due(
    checks: Sequence[ExposureCheck],
    given_at: Collection[datetime],
    asked_at: Mapping[str, datetime],
    now: datetime,
) -> Iterator[tuple[ExposureCheck, int]]:
    """(what is asked now, after how many doses).

    `given_at`: T0 of each dose; `asked_at`: code -> when it was asked last. Due once as many doses
    as the protocol says, or twice, thrice as many, were reached since; not set: never.
    """
    doses = doses_until(given_at, now)
    for check in checks:
        if check.every_doses is None:
            continue
        last = asked_at.get(check.code)
        before = doses_until(given_at, last) if last else 0
        if doses // check.every_doses > before // check.every_doses:
            yield check, doses

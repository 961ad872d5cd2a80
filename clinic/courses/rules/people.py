"""This file is about the birth a course belongs to, and the infants of that birth."""

from collections.abc import Iterable
from datetime import date


def delivery_of(
    opened_on: date, gave_birth_on: date | None, infants_born_on: Iterable[date]
) -> date | None:
    """The birth before a course opened: as the chart says; for an older course, an infant's.

    The chart holds one delivery, the newest. None when no birth before the course is on record.
    """
    if gave_birth_on is not None and gave_birth_on <= opened_on:
        return gave_birth_on
    return max((born_on for born_on in infants_born_on if born_on <= opened_on), default=None)

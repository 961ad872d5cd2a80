"""This file is about the weight and the feeding of an infant over time.

The grams below are entry checks against a slip of the keyboard, not limits of medicine.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from clinic.patients.rules.codes import Feeding

LIGHTEST_G, HEAVIEST_G = 300, 30_000
A_JUMP_PERCENT = 20  # further from the weight before is asked about once


@dataclass(frozen=True)
class MeasureFacts:
    """What was found at a moment; None: not looked at. `weight_g`: whole grams."""

    measured_at: datetime
    weight_g: int | None = None
    feeding: Feeding | None = None
    note: str | None = None


def faults_of_measure(
    facts: MeasureFacts, born_on: date, measured_on: date, now: datetime
) -> Iterator[tuple[str, str]]:
    """Field and sentence of what cannot be. `measured_on`: the clinic's day of the moment."""
    if facts.measured_at > now:
        yield "measured_at", "Enter a time that is not after now."
    if measured_on < born_on:
        yield "measured_at", f"Enter a time from {born_on:%d %b %Y}, the day of the birth."
    if facts.weight_g is None and facts.feeding is None:
        yield "weight_g", "Enter the weight, or choose how the infant is fed."


def is_a_jump(weight_g: int, before_g: int | None) -> bool:
    """Whether a weight is so far from the one before that it is asked about once."""
    if before_g is None:
        return False
    return abs(weight_g - before_g) * 100 > A_JUMP_PERCENT * before_g


def changes(weights: list[tuple[date, int]]) -> list[int | None]:
    """Grams from each weight to the one before, None for the first; by date."""
    return [None, *(now - before for (_, before), (_, now) in pairwise(weights))][: len(weights)]

"""This file is about how long the pressure was raised: the one figure that is estimated."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from clinic.protocols.rules import Level, SessionPlan
from clinic.review.rules.overlay.lines import SYSTOLIC, Line, Value, after


@dataclass(frozen=True)
class Raised:
    """Whole minutes at `from_` or more, by straight lines between readings; this is estimated.

    `at_least`: a reading is missing, or she is still there, so there may be more.
    """

    from_: int
    minutes: int
    at_least: bool


def raised_from(plan: SessionPlan) -> int | None:
    """Where the protocol's first systolic band above what is in range begins; None: no such."""
    bands = plan.limits[SYSTOLIC].bands or ()
    normal = next((n for n, band in enumerate(bands) if band.level is Level.IN_RANGE), len(bands))
    above = bands[normal + 1 : normal + 2]
    return int(above[0].lower) if above else None


def raised_of(line: Line) -> Raised | None:
    """Minutes at the lower bound of the raised band or more; None: not known, or no such band."""
    limit, found = raised_from(line.session.plan), after(line, SYSTOLIC)
    if limit is None or not any(one.value is not None for one in found):
        return None
    parts = (part_at(one, two, limit) for one, two in pairwise(line.values[SYSTOLIC]))
    gaps = line.running or any(one.value is None for one in found)
    return Raised(limit, int(sum(parts, Fraction(0)) + Fraction(1, 2)), at_least=gaps)


def part_at(one: Value, two: Value, limit: int) -> Fraction:
    """Minutes after T0 of a straight line that lie at a limit or above it; a gap has none."""
    start = max(one.minute, 0)
    if one.value is None or two.value is None or two.minute <= start:
        return Fraction(0)
    if min(one.value, two.value) >= limit:
        return Fraction(two.minute - start)
    if max(one.value, two.value) < limit:
        return Fraction(0)
    run = Fraction((limit - one.value) * (two.minute - one.minute), two.value - one.value)
    crossed = one.minute + run
    if two.value >= limit:
        return two.minute - max(crossed, Fraction(start))
    return max(crossed - start, Fraction(0))

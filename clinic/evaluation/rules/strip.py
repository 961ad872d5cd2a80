"""This file is about where a score lies on its scale, in percent of the scale's length."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

STEPS = 5


@dataclass(frozen=True)
class Strip:
    """`bands`: (start, width, step of severity from 1) in percent; `at`: the score."""

    bands: tuple[tuple[Decimal, Decimal, int], ...]
    at: Decimal


def strip(lower: int, upper: int, starts: Sequence[int], total: int) -> Strip:
    """The bands that begin at `starts` on a scale from `lower` to `upper`, and a total on it."""
    edges = sorted({lower, *(s for s in starts if lower < s <= upper), upper})
    pairs = list(pairwise(edges))

    def percent(points: int) -> Decimal:
        return (Decimal(points) * 100 / (upper - lower)).quantize(Decimal("0.1"))

    bands = tuple(
        (percent(a - lower), percent(b - a), step_of(n, len(pairs)))
        for n, (a, b) in enumerate(pairs)
    )
    return Strip(bands, percent(total - lower))


def step_of(number: int, count: int) -> int:
    """The step of severity of a band, 1 for the first and 5 for the last of many."""
    return 1 + min(number, STEPS - 1) if count <= STEPS else 1 + number * (STEPS - 1) // (count - 1)

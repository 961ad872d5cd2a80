"""This file is about the statistics of figures: intervals, quartiles, Kaplan-Meier.

Each is checked in the tests against an independent program. Levels are shares, `0.95`.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist, fmean, quantiles, stdev

HALVINGS = 200


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, both in the unit of what it is an interval of."""

    low: float
    high: float


@dataclass(frozen=True)
class Quartiles:
    """First quartile, median, third; of one value all three are that value."""

    first: float
    median: float
    third: float


@dataclass(frozen=True)
class Step:
    """The share without the event from `at` on. `interval` None: it has none (share 0 or 1).

    `at_risk`: how many were still watched just before.
    """

    at: float
    share: float
    interval: Interval | None
    at_risk: int
    events: int


def critical(level: float) -> float:
    """The quantile of the normal distribution on both sides of which the rest lies."""
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson(count: int, of: int, level: float) -> Interval | None:
    """Wilson's score interval of a share, without correction for continuity. None: of nobody.

    Source: Wilson EB, J Am Stat Assoc 1927; 22: 209.
    """
    if not of:
        return None
    z, share = critical(level), count / of
    below = 1 + z * z / of
    middle = (share + z * z / (2 * of)) / below
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / below
    low = 0.0 if count == 0 else middle - half
    return Interval(low, 1.0 if count == of else middle + half)


def mean_interval(values: Sequence[float], level: float) -> Interval | None:
    """Student's interval of a mean; None for fewer than two values."""
    if len(values) < 2:
        return None
    half = student_quantile((1 + level) / 2, len(values) - 1) * stdev(values)
    half /= math.sqrt(len(values))
    return Interval(fmean(values) - half, fmean(values) + half)


def quartiles(values: Sequence[float]) -> Quartiles | None:
    """Quartiles by straight lines between the ordered values (type 7); None for no value.

    Source: Hyndman RJ, Fan Y, Am Stat 1996; 50: 361.
    """
    if not values:
        return None
    if len(values) == 1:
        return Quartiles(values[0], values[0], values[0])
    return Quartiles(*quantiles(values, n=4, method="inclusive"))


def poisson_interval(count: int, level: float) -> Interval:
    """The exact interval of a number of events (Garwood F, Biometrika 1936; 28: 437)."""
    tail = (1 - level) / 2
    most = 10 + 4 * count
    low = 0.0 if count == 0 else root(lambda mean: 1 - poisson_below(count, mean), tail, 0, most)
    high = root(lambda mean: -poisson_below(count + 1, mean), -tail, 0, most)
    return Interval(low, high)


def poisson_below(count: int, mean: float) -> float:
    """How likely fewer events than `count` are, where `mean` are expected."""
    term = total = math.exp(-mean)
    for n in range(1, count):
        term *= mean / n
        total += term
    return total if count else 0.0


def student_below(t: float, degrees: int) -> float:
    """How likely a value of Student's distribution below `t` is; degrees are whole.

    Closed sums for odd and even degrees: Abramowitz M, Stegun IA, 26.7.3 and 26.7.4.
    """
    angle = math.atan(t / math.sqrt(degrees))
    cosine, sine = math.cos(angle), math.sin(angle)
    odd = degrees % 2
    term = total = cosine if odd else 1.0
    for n in range(2 + odd, degrees, 2):
        term *= cosine * cosine * (n - 1) / n
        total += term
    if degrees == 1:
        total = 0.0
    within = (angle + sine * total) * 2 / math.pi if odd else sine * total
    return (1 + within) / 2


def student_quantile(share: float, degrees: int) -> float:
    """The value below which a share of Student's distribution lies; share over one half."""
    top = 1.0
    while student_below(top, degrees) < share:
        top *= 2
    return root(lambda t: student_below(t, degrees), share, 0, top)


def root(rising: Callable[[float], float], value: float, low: float, high: float) -> float:
    """Where a rising function takes a value, by halving."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if rising(middle) < value else (low, middle)
    return (low + high) / 2


def kaplan_meier(watched: Sequence[tuple[float, bool]], level: float) -> tuple[Step, ...]:
    """The share without the event over time, one step for each time at which one came.

    `watched`: how long, and whether the event ended it. At the same time events come before losses.
    Interval: log-log of the share, with Greenwood's variance.
    Sources: Kaplan EL, Meier P, J Am Stat Assoc 1958; 53: 457; Kalbfleisch JD, Prentice RL, 1980.
    """
    return tuple(steps(sorted(watched), critical(level)))


def steps(watched: Sequence[tuple[float, bool]], z: float) -> Iterator[Step]:
    """The steps of the curve, in order of time."""
    share, greenwood = Fraction(1), 0.0
    for at in sorted({time for time, came in watched if came}):
        at_risk = sum(time >= at for time, _ in watched)
        events = sum(came for time, came in watched if time == at)
        share *= 1 - Fraction(events, at_risk)
        if events < at_risk:
            greenwood += events / (at_risk * (at_risk - events))
        yield Step(at, float(share), log_log(float(share), greenwood, z), at_risk, events)


def log_log(share: float, greenwood: float, z: float) -> Interval | None:
    """The interval of a share that is neither nothing nor all."""
    if not 0 < share < 1:
        return None
    spread = math.exp(z * math.sqrt(greenwood) / math.log(share))
    return Interval(share ** (1 / spread), share**spread)


def median_time(curve: Sequence[Step]) -> float | None:
    """The first time at which half or more have had the event; None: not reached."""
    return next((step.at for step in curve if step.share <= 0.5), None)

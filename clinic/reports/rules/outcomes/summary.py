"""This file is about what a figure comes to: its number, interval, and what was missing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import fmean

from clinic.reports.rules.outcomes.counted import Key
from clinic.reports.rules.outcomes.definitions import Code, Definitions
from clinic.reports.rules.outcomes.gathering import Tally
from clinic.reports.rules.outcomes.statistics import (
    Interval,
    Step,
    kaplan_meier,
    mean_interval,
    median_time,
    poisson_interval,
    quartiles,
    wilson,
)


class Kind(StrEnum):
    """How a figure is put together. `rate` and `mean` are of courses or patients, with an interval;
    `share` and `average` of sessions or readings, which are not independent of each other, so
    without one."""

    COUNT = "count"
    RATE = "rate"
    SHARE = "share"
    MEAN = "mean"
    AVERAGE = "average"
    SPREAD = "spread"
    EVENTS = "events"
    TIME = "time"


KINDS = {
    Code.COURSES: Kind.COUNT,
    Code.SESSIONS: Kind.COUNT,
    Code.PATIENTS: Kind.COUNT,
    Code.DISCONTINUED: Kind.RATE,
    Code.RESPONSE: Kind.RATE,
    Code.REMISSION: Kind.RATE,
    Code.SUSTAINED: Kind.RATE,
    Code.SUICIDALITY: Kind.RATE,
    Code.EFFECT_PATIENT: Kind.RATE,
    Code.CHANGE: Kind.MEAN,
    Code.RISE_SYSTOLIC: Kind.AVERAGE,
    Code.RISE_DIASTOLIC: Kind.AVERAGE,
    Code.ALERTS: Kind.AVERAGE,
    Code.READY: Kind.SPREAD,
    Code.READY_SAID: Kind.SPREAD,
    Code.LEFT: Kind.SPREAD,
    Code.LEFT_AFTER_STOP: Kind.SPREAD,
    Code.ACKNOWLEDGED: Kind.SPREAD,
    Code.RISK_ANSWER: Kind.SPREAD,
    Code.SERIOUS: Kind.EVENTS,
    Code.TIME_TO_RESPONSE: Kind.TIME,
    Code.TIME_TO_RELAPSE: Kind.TIME,
}
# In these a course without a value counts as no in a second share, beside what was observed.
MISSING_AS_NO = (Code.RESPONSE, Code.REMISSION, Code.SUSTAINED)


@dataclass(frozen=True)
class Summary:
    """`n` have a value, `missing` have none, `waiting` have none yet. `count`: how many of them.

    `value`: a share, a mean, a median, or events for so many sessions; None: nothing to say it of.
    `low` and `high`: the interval, or the quartiles of a median. `all_*`: with the missing as no.
    """

    key: Key
    kind: Kind
    n: int
    missing: int
    waiting: int
    count: int
    of: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    all_value: float | None = None
    all_low: float | None = None
    all_high: float | None = None
    severe: int = 0
    curve: tuple[Step, ...] = ()

    @property
    def expected(self) -> int:
        """How many should have a value by now."""
        return self.n + self.missing


def summarize(key: Key, tally: Tally, rules: Definitions, of: int | None = None) -> Summary:
    """What was counted, as a figure. `of`: among how many, where the others add nothing."""
    kind = KINDS.get(Code(key.code), Kind.SHARE)
    plain = Summary(
        key=key,
        kind=kind,
        n=tally.n if of is None else of,
        missing=tally.missing,
        waiting=tally.waiting,
        count=tally.n if kind is Kind.COUNT else round(sum(tally.values)),
        of=tally.of if of is None else of,
        severe=tally.severe,
    )
    return FILLED[kind](plain, tally, rules)


Fill = Callable[[Summary, Tally, Definitions], Summary]


def counted(plain: Summary, *_: object) -> Summary:
    """The number alone."""
    return replace(plain, value=float(plain.n))


def share(plain: Summary, *_: object) -> Summary:
    """How many of how many."""
    return replace(plain, value=plain.count / plain.of) if plain.of else plain


def rate(plain: Summary, _: Tally, rules: Definitions) -> Summary:
    """The same with Wilson's interval; with the missing as no where that is asked."""
    found = with_interval(share(plain), wilson(plain.count, plain.of, rules.level))
    expected = plain.of + plain.missing
    if plain.key.code not in MISSING_AS_NO or not expected:
        return found
    whole = wilson(plain.count, expected, rules.level)
    return replace(
        found,
        all_value=plain.count / expected,
        all_low=whole.low if whole else None,
        all_high=whole.high if whole else None,
    )


def average(plain: Summary, tally: Tally, _: Definitions) -> Summary:
    """The mean alone."""
    return replace(plain, value=fmean(tally.values)) if tally.values else plain


def mean(plain: Summary, tally: Tally, rules: Definitions) -> Summary:
    """The mean with Student's interval."""
    return with_interval(average(plain, tally, rules), mean_interval(tally.values, rules.level))


def spread(plain: Summary, tally: Tally, _: Definitions) -> Summary:
    """The median between its quartiles."""
    found = quartiles(tally.values)
    if found is None:
        return plain
    return replace(plain, value=found.median, low=found.first, high=found.third)


def events(plain: Summary, _: Tally, rules: Definitions) -> Summary:
    """How many for so many sessions, with the exact interval."""
    if not plain.n:
        return plain
    each, exact = rules.per_sessions / plain.n, poisson_interval(plain.count, rules.level)
    return replace(plain, value=plain.count * each, low=exact.low * each, high=exact.high * each)


def timed(plain: Summary, tally: Tally, rules: Definitions) -> Summary:
    """The curve, and the time at which half have had the event."""
    curve = kaplan_meier(tally.watched, rules.level)
    came = sum(event for _, event in tally.watched)
    return replace(plain, count=came, value=median_time(curve), curve=curve)


def with_interval(plain: Summary, found: Interval | None) -> Summary:
    """A figure with its interval; none of nothing."""
    return replace(plain, low=found.low, high=found.high) if found else plain


FILLED: dict[Kind, Fill] = {
    Kind.COUNT: counted,
    Kind.SHARE: share,
    Kind.RATE: rate,
    Kind.MEAN: mean,
    Kind.AVERAGE: average,
    Kind.SPREAD: spread,
    Kind.EVENTS: events,
    Kind.TIME: timed,
}

"""This file is about figures as words: what is read on a page, and what of it may go outside.

Within the clinic a figure of too few says how many there are so far. Outside, a small count is told
neither by itself, nor by what is left of the others, nor by a share (definitions D8.8).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from clinic.reports.rules.outcomes.statistics import Step
from clinic.reports.rules.outcomes.summary import Kind, Summary

FEW = "fewer than"
MINUS, DASH = "\N{MINUS SIGN}", "\N{EN DASH}"
SHARES = (Kind.RATE, Kind.SHARE)
LITTLE = 0.95
COARSE = 5  # per cent
COARSE_FROM = 10  # times the small number: of fewer, even a coarse share gives them away
ABOUT = "Told to the nearest 5 %: what it leaves out is few."


@dataclass(frozen=True)
class Shown:
    """`main`: the number. `interval`: beside it. `count`: of how many. `all_main` and
    `all_interval`: with the missing as no. `missing`, `waiting`, `complete`: what stands beside it.
    `hidden`: why there is no number; `drawn`: whether it may stand in a chart."""

    main: str
    interval: str = ""
    count: str = ""
    all_main: str = ""
    all_interval: str = ""
    all_count: str = ""
    missing: str = ""
    waiting: str = ""
    complete: str = ""
    hidden: str = ""

    @property
    def drawn(self) -> bool:
        """Whether it may stand in a chart."""
        return not self.hidden


def shown(one: Summary, small: int, *, shared: bool) -> Shown:
    """A figure in words. `shared`: it goes outside."""
    about, alone = beside(one, small, shared=shared), shared and leaves_few(one, small)
    if one.kind is Kind.COUNT:
        return replace(about, main=few(one.count, small, shared=shared))
    if alone and one.n < small:
        about = replace(about, missing="", waiting="")
    if one.value is None and one.kind is not Kind.TIME:
        return replace(about, main=DASH, hidden="Nothing to say it of.")
    if one.n < small:
        hidden = f"Fewer than {small}." if shared else f"Needs {small}. {one.n} so far."
        return replace(about, main=DASH, hidden=hidden)
    if shared and (hidden := small_part(one, small)):
        return replace(about, main=hidden, hidden=f"Fewer than {small} are not told.")
    said = SAID[one.kind](one, about)
    if not alone:
        return said
    if one.kind in SHARES and one.expected + one.waiting < COARSE_FROM * small:
        return replace(about, main=DASH, hidden="Not told: what it leaves out is few.")
    return without_its_number(one, said)


def leaves_few(one: Summary, small: int) -> bool:
    """Whether what this leaves out is few: its own number, taken from that of all sessions or
    courses, which stands beside it, would tell how many."""
    return any(0 < left < small for left in (one.missing, one.waiting))


def without_its_number(one: Summary, said: Shown) -> Shown:
    """The same without of how many it is. A share is told to the nearest 5 %, since a finer one,
    or its interval, would give the number away."""
    if one.kind not in SHARES:
        return replace(said, count="")
    nearest = COARSE * round(100 * (one.value or 0) / COARSE)
    whole = {"all_main": "", "all_interval": "", "all_count": ""}
    return replace(said, main=f"about {nearest} %", interval="", count="", hidden=ABOUT, **whole)


def few(count: int, small: int, *, shared: bool) -> str:
    """A count, or that it is small."""
    return f"{FEW} {small}" if shared and 0 < count < small else f"{count:,}"


def small_part(one: Summary, small: int) -> str:
    """What is told instead where the count, or what is left of the others, is small."""
    if one.kind is Kind.TIME or one.kind is Kind.EVENTS:
        return few(one.count, small, shared=True) if 0 < one.count < small else ""
    if one.kind not in SHARES:
        return ""
    among = "" if leaves_few(one, small) else f" of {one.of:,}"
    if 0 < one.count < small:
        return f"fewer than {small}{among}"
    if 0 < one.of - one.count < small:
        return f"all but fewer than {small}{among}"
    return ""


def beside(one: Summary, small: int, *, shared: bool) -> Shown:
    """How many are missing or still to come, and how complete that makes it."""
    return Shown(
        main="",
        missing=f"{few(one.missing, small, shared=shared)} missing" if one.missing else "",
        waiting=f"{few(one.waiting, small, shared=shared)} not reached yet" if one.waiting else "",
        complete=completeness(one, small, shared=shared),
    )


def completeness(one: Summary, small: int, *, shared: bool) -> str:
    """`92 % (44 of 48)`: how many of those that should have a value by now have one."""
    if not one.expected:
        return ""
    if shared and (leaves_few(one, small) or 0 < one.n < small):
        return at_least(one, small) if one.n >= small else ""
    return f"{100 * one.n // one.expected} % ({one.n:,} of {one.expected:,})"


def at_least(one: Summary, small: int) -> str:
    """`92 % or more`: of the number that is expected alone, which others tell too. Nothing where
    how many are still to come is no number either."""
    if 0 < one.waiting < small:
        return ""
    few_missing = small - 1 if 0 < one.missing < small else one.missing
    return f"{100 * max(one.expected - few_missing, 0) // one.expected} % or more"


def percent(share: float) -> str:
    """Whole percent; none or all only where it is none or all."""
    whole = round(100 * share)
    if 0 < share < 1:
        whole = min(max(whole, 1), 99)
    return f"{whole} %"


def number(value: float) -> str:
    """One place after the point, two below one, with a real minus."""
    places = 2 if 0 < abs(value) < LITTLE else 1
    return f"{value:.{places}f}".replace("-", MINUS)


def span(low: float | None, high: float | None, form: Callable[[float], str], unit: str) -> str:
    """`29 to 56 %`."""
    if low is None or high is None:
        return ""
    return f"{form(low)} to {form(high)} {unit}".rstrip()


def bare(share: float) -> str:
    """Whole percent without its sign."""
    return str(round(100 * share))


def whole(value: float) -> str:
    """A time in whole minutes, or with one place after the point."""
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def of_share(one: Summary, about: Shown) -> Shown:
    """`42 %`, `29 to 56 %`, `20 of 48`."""
    whole_of = one.of + one.missing
    found = replace(
        about,
        main=percent(one.value or 0),
        interval=span(one.low, one.high, bare, "%"),
        count=f"{one.count:,} of {one.of:,}",
    )
    if one.all_value is None or about.missing.startswith(FEW):
        return found
    return replace(
        found,
        all_main=percent(one.all_value),
        all_interval=span(one.all_low, one.all_high, bare, "%"),
        all_count=f"{one.count:,} of {whole_of:,}",
    )


def of_mean(one: Summary, about: Shown) -> Shown:
    """`-14.2`, `-17.0 to -11.4`, `n 31`."""
    interval = span(one.low, one.high, number, "")
    return replace(about, main=number(one.value or 0), interval=interval, count=f"n {one.n:,}")


def of_spread(one: Summary, about: Shown) -> Shown:
    """`125 min`, `120 to 131 min`, `n 31`."""
    interval = span(one.low, one.high, whole, "min")
    return replace(
        about, main=f"{whole(one.value or 0)} min", interval=interval, count=f"n {one.n:,}"
    )


def of_events(one: Summary, about: Shown) -> Shown:
    """`4.3`, `0.1 to 24.0`, `1 in 231`."""
    interval = span(one.low, one.high, number, "")
    count = f"{one.count:,} in {one.n:,}"
    return replace(about, main=number(one.value or 0), interval=interval, count=count)


def of_time(one: Summary, about: Shown) -> Shown:
    """`7.0 days`, or that half never had it; how many did."""
    main = "not reached" if one.value is None else f"{number(one.value)} days"
    return replace(about, main=main, count=f"{one.count:,} of {one.n:,}")


def curve_shown(one: Summary, small: int, *, shared: bool) -> tuple[Step, ...]:
    """The part of a curve that may be drawn. Outside a step tells of no fewer than `small` events,
    those since the one before, and none stands where fewer are watched."""
    if not shown(one, small, shared=shared).drawn:
        return ()
    if not shared:
        return one.curve
    told, events = [], 0
    for step in one.curve:
        events += step.events
        if events >= small and step.at_risk >= small:
            told.append(step)
            events = 0
    return tuple(told)


SAID: dict[Kind, Callable[[Summary, Shown], Shown]] = {
    Kind.RATE: of_share,
    Kind.SHARE: of_share,
    Kind.MEAN: of_mean,
    Kind.AVERAGE: of_mean,
    Kind.SPREAD: of_spread,
    Kind.EVENTS: of_events,
    Kind.TIME: of_time,
}

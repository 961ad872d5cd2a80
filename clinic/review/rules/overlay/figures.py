"""This file is about the figures of one session that can be set beside those of another."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from clinic.protocols.rules import Level
from clinic.review.rules.overlay.lines import (
    DIASTOLIC,
    DISSOCIATION,
    SEDATION,
    SYSTOLIC,
    Line,
    Value,
    after,
)
from clinic.review.rules.overlay.raised import Raised, raised_of

PER_CENT = 100


class Back(StrEnum):
    """How a sign came back after the dose."""

    AT = "at"
    NEVER_AWAY = "never-away"
    NOT_YET = "not-yet"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Return:
    """`minute`: of the first reading from which every later one is back; None without one."""

    how: Back
    minute: int | None = None


@dataclass(frozen=True)
class Peak:
    """The reading with the highest systolic, the earliest of equals, and its diastolic."""

    systolic: int
    diastolic: int | None
    minute: int
    outside: bool


@dataclass(frozen=True)
class Extreme:
    """The worst score of a scale, and from which to which reading it was found.

    `score_is_only`: no other score was found.
    """

    score: int
    word: str
    first: int
    last: int
    outside: bool
    score_is_only: bool


@dataclass(frozen=True)
class Figures:
    """One session in figures; None: not known, never normal (definitions D2.4).

    `before`: systolic and diastolic before the dose. `rise`: the two maxima (definitions D2.2).
    """

    line: Line
    before: tuple[int, int] | None
    peak: Peak | None
    rise: tuple[int, int] | None
    rise_outside: bool
    raised: Raised | None
    near: Return
    dissociation: Extreme | None
    to_zero: Return
    sedation: Extreme | None
    awake: Return


def figures_of(line: Line) -> Figures:
    """The figures of one session."""
    criteria = line.session.plan.discharge
    dissociation, sedation = after(line, DISSOCIATION), after(line, SEDATION)
    rise = rise_of(line)
    return Figures(
        line=line,
        before=before_of(line),
        peak=peak_of(line),
        rise=rise,
        rise_outside=rise is not None and beyond(line, rise),
        raised=raised_of(line),
        near=near_of(line),
        dissociation=extreme_of(dissociation, highest=True),
        to_zero=back(
            dissociation,
            [
                None if v.value is None else v.value <= criteria.dissociation_at_most
                for v in dissociation
            ],
        ),
        sedation=extreme_of(sedation, highest=False),
        awake=back(
            sedation,
            [None if v.value is None else v.value >= criteria.moaas_at_least for v in sedation],
        ),
    )


def rise_of(line: Line) -> tuple[int, int] | None:
    """The two maxima over pre-dose; they may come from different readings (definitions D2.2)."""
    rise = line.session.state.rise
    if rise.systolic is None or rise.diastolic is None:
        return None
    return rise.systolic, rise.diastolic


def beyond(line: Line, rise: tuple[int, int]) -> bool:
    """Whether a rise is at or over a limit of the session's own protocol (definitions D2.2)."""
    limits = line.session.plan.rise
    return rise[0] >= limits.systolic_from or rise[1] >= limits.diastolic_from


def before_of(line: Line) -> tuple[int, int] | None:
    """The pressure before the dose, None without one (definitions D2.1)."""
    systolic, diastolic = (
        next((v.value for v in line.values[side] if v.change == 0 and v.minute <= 0), None)
        for side in (SYSTOLIC, DIASTOLIC)
    )
    return None if systolic is None or diastolic is None else (systolic, diastolic)


def pairs_of(line: Line) -> list[tuple[Value, Value]]:
    """Both sides of each pressure after T0, and of each gap."""
    return list(zip(after(line, SYSTOLIC), after(line, DIASTOLIC), strict=True))


def peak_of(line: Line) -> Peak | None:
    """The highest pressure by its systolic side; red if a side of it is beyond its limit."""
    known = [pair for pair in pairs_of(line) if pair[0].value is not None]
    if not known:
        return None
    systolic, diastolic = max(known, key=lambda pair: pair[0].value or 0)
    return Peak(
        systolic=systolic.value or 0,
        diastolic=diastolic.value,
        minute=systolic.minute,
        outside=systolic.outside or diastolic.outside,
    )


def near_of(line: Line) -> Return:
    """In range, and within the protocol's part of the pre-dose pressure on both sides (D6)."""
    before = before_of(line)
    if before is None:
        return Return(Back.UNKNOWN)
    most = line.session.plan.discharge.pressure_within_percent
    pairs = pairs_of(line)
    flags = [
        None
        if any(side.value is None for side in pair)
        else all(is_near(side, then, most) for side, then in zip(pair, before, strict=True))
        for pair in pairs
    ]
    return back([pair[0] for pair in pairs], flags)


def is_near(value: Value, then: int, most: int) -> bool:
    """Whether one side is in range and within a part, in percent, of what it was."""
    normal = value.level in (Level.IN_RANGE, None)
    return normal and abs((value.value or 0) - then) * PER_CENT <= most * then


def back(values: Sequence[Value], flags: Sequence[bool | None]) -> Return:
    """From which reading on a sign is back, by its flags; None is a gap.

    A gap between readings proves nothing, so it starts anew after one; one at the end has no
    reading after it. Never away: nothing that was found was.
    """
    known = [flag for flag in flags if flag is not None]
    if not known:
        return Return(Back.UNKNOWN)
    if all(known):
        return Return(Back.NEVER_AWAY)
    found: int | None = None
    last = max(n for n, flag in enumerate(flags) if flag is not None)
    for value, flag in zip(values[last::-1], flags[last::-1], strict=True):
        if flag is not True:
            break
        found = value.minute
    return Return(Back.NOT_YET) if found is None else Return(Back.AT, found)


def extreme_of(values: Sequence[Value], *, highest: bool) -> Extreme | None:
    """The highest or the lowest score, with the first and the last reading that found it."""
    known = [(one, one.value) for one in values if one.value is not None]
    if not known:
        return None
    worst = (max if highest else min)(value for _, value in known)
    found = [one for one, value in known if value == worst]
    first, last = found[0], found[-1]
    only = len(found) == len(known)
    return Extreme(worst, first.word, first.minute, last.minute, first.outside, only)

"""This file is about how soon she responded, how long it lasted after each dose, and the area."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import pairwise

from clinic.instruments.rules import ResponseKind, response_rule
from clinic.review.rules.durability.counted import (
    Counted,
    Total,
    counted_after,
    lasted,
    missing,
    needs_baseline,
)
from clinic.review.rules.outcomes import leading_scale
from clinic.review.rules.record import CourseRecord, Measure
from clinic.review.rules.scales import baseline_of

NOT_ENOUGH = "Not enough data"
COUNTS = "A total counts when the scale looks back no further than to the dose (definitions D7.3)."


@dataclass(frozen=True)
class Said:
    """`value`: the number with its unit, or that it is not known; `text`: what it was found in.

    `definition` stands beside it wherever it is shown. `missing`: a sentence each.
    """

    known: bool
    value: str
    text: str
    definition: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class AfterDose:
    """What became of the response after one dose, until the next one or now."""

    number: int
    at: datetime
    said: Said


@dataclass(frozen=True)
class Durability:
    """One form of a scale. `area` None: a rating of the change itself has none.

    `relapses` is empty where the baseline is missing: `response` says so.
    """

    title: str
    response: Said
    area: Said | None
    relapses: tuple[AfterDose, ...]


def durability(record: CourseRecord) -> list[Durability]:
    """The forms of the scale that speaks for the course; none before the first dose."""
    scale, first = leading_scale(record), record.first_dose_at
    if first is None:
        return []
    return [
        Durability(
            title=measure.instrument.called(measure.rules.form),
            response=time_to_response(record, measure, first),
            area=area_of(record, measure, first) if needs_baseline(measure) else None,
            relapses=tuple(relapses_of(record, measure)) if can_be_told(record, measure) else (),
        )
        for measure in record.measures.values()
        if measure.instrument.code == scale and measure.rules.response is not None
    ]


def can_be_told(record: CourseRecord, measure: Measure) -> bool:
    """Whether a response can be told from none: there is a baseline, or none is needed."""
    scale, form = measure.instrument, measure.rules.form
    return not needs_baseline(measure) or baseline_of(record, scale, form) is not None


def time_to_response(record: CourseRecord, measure: Measure, first: datetime) -> Said:
    """From the first dose to the first total that counts and is a response."""
    found = counted_after(record, measure, first)
    definition = (
        f"From the first dose to the first total that counts and is a response: {rule_of(measure)}."
        f" She may have responded before it was asked. {COUNTS}"
    )
    left_out = missing(found, measure)
    told = [one for one in found.totals if one.responds is not None]
    if not told:
        return Said(False, NOT_ENOUGH, no_total(found), definition, left_out)
    reached = next((one for one in told if one.responds), None)
    if reached is None:
        last = lasted(told[-1].after)
        text = f"Not reached in {last}: {scores(found, told[-1:])}."
        return Said(True, "Not reached", text, definition, left_out)
    before = [one for one in told if one.after < reached.after]
    none = f" None at {lasted(before[-1].after)}." if before else " It was the first total."
    text = f"{scores(found, [reached])}.{none}"
    return Said(True, lasted(reached.after), text, definition, left_out)


def relapses_of(record: CourseRecord, measure: Measure) -> Iterator[AfterDose]:
    """After each dose, until the next: whether a response that was there was lost, and when."""
    doses = record.treated
    ends = [*(t0 for _, t0 in doses[1:]), None]
    for (session, t0), until in zip(doses, ends, strict=True):
        found = counted_after(record, measure, t0, until)
        said = relapse_of(measure, found, responded_before(record, measure, t0))
        yield AfterDose(session.number, t0, said)


def responded_before(record: CourseRecord, measure: Measure, t0: datetime) -> bool | None:
    """Whether the last total that counted since the first dose was a response, before this one."""
    first = record.first_dose_at or t0
    earlier = counted_after(record, measure, first, t0).totals
    return earlier[-1].responds if earlier else None


def relapse_of(measure: Measure, found: Counted, before: bool | None) -> Said:
    """The first total that is no response, of those that count after a dose and after one that
    was."""
    definition = (
        "From the dose to the first total that counts after it, and before the next dose, and is no"
        f" response, where the one before it was: {rule_of(measure)}. No other limit is pinned."
        f" {COUNTS}"
    )
    left_out = missing(found, measure)
    told = [one for one in found.totals if one.responds is not None]
    if not told:
        return Said(False, NOT_ENOUGH, no_total(found), definition, left_out)
    states = [before, *(one.responds for one in told)]
    lost = next(
        (one for was, one in zip(states, told, strict=False) if was and not one.responds), None
    )
    if lost is not None:
        return Said(True, lasted(lost.after), f"{scores(found, [lost])}.", definition, left_out)
    if not any(states):
        text = f"No response that could be lost: {scores(found, told[-1:])}."
        return Said(True, "Does not apply", text, definition, left_out)
    text = f"Response held in {lasted(told[-1].after)}: {scores(found, told[-1:])}."
    return Said(True, "None seen", text, definition, left_out)


def area_of(record: CourseRecord, measure: Measure, first: datetime) -> Said:
    """Points times days under straight lines, from the baseline, set at the dose, to the last."""
    found = counted_after(record, measure, first)
    definition = (
        "Points times days under straight lines between totals that count, from the first dose,"
        f" where the baseline stands, to the last of them. {COUNTS}"
    )
    left_out = missing(found, measure)
    before = found.baseline.total if found.baseline else None
    if before is None or not found.totals:
        return Said(False, NOT_ENOUGH, no_total(found), definition, left_out)
    area, days = area_under(before, found.totals), found.totals[-1].days
    mean = tenth(area / days)
    text = f"Over {lasted(found.totals[-1].after)} from {before}; on average {mean} points."
    return Said(True, f"{tenth(area)} points × days", text, definition, left_out)


def area_under(before: int, totals: Sequence[Total]) -> Fraction:
    """Points times days by trapezoids, exact."""
    points = [(Fraction(0), before), *((one.days, one.total) for one in totals)]
    return sum(
        (
            (later - day) * Fraction(total + next_total, 2)
            for (day, total), (later, next_total) in pairwise(points)
        ),
        Fraction(0),
    )


def tenth(number: Fraction) -> str:
    """To a tenth, halves up; no trailing zero."""
    tenths = int(number * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}".removesuffix(".0")


def scores(found: Counted, totals: Sequence[Total]) -> str:
    """`34 to 16`."""
    before = f"{found.baseline.total} to " if found.baseline else ""
    return f"{before}{totals[-1].total}"


def no_total(found: Counted) -> str:
    """Why nothing is said, where the sentences of what is missing do not."""
    if found.totals:
        return "Nothing can fall from the baseline." if found.baseline else ""
    return "No total that counts."


def rule_of(measure: Measure) -> str:
    """The rule that the course has pinned, in words (definitions D7.2, D7.7)."""
    if measure.rules.response is None:
        return "none is pinned"
    rule = response_rule(measure.instrument, measure.rules.response)
    less = {
        ResponseKind.FALL_PERCENT: f"{rule.value} % or more below the baseline",
        ResponseKind.FALL_POINTS: f"{rule.value} points or more below the baseline",
    }
    return less.get(rule.kind, f"at most {rule.value}")

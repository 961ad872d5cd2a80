"""This file is about change: baseline, response and remission (definitions D7.1 to D7.3).

Only raw whole numbers decide. Percentages are for people to read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from clinic.instruments.rules.codes import ResponseKind
from clinic.instruments.rules.instrument import Instrument
from clinic.instruments.rules.parts import RemissionRule, ResponseRule


@dataclass(frozen=True)
class Result:
    """One use of a scale and what it came to; `total` None: incomplete.

    `taken_at` is UTC. `form` names the printed form and with it the recall window.
    """

    scale: str
    version: str
    form: str
    taken_at: datetime
    total: int | None
    maximum: int | None


class Response(StrEnum):
    RESPONSE = "response"
    PARTIAL = "partial"
    NONE = "none"


def of_one_form(results: Iterable[Result], instrument: Instrument, form: str) -> list[Result]:
    """Those that may be compared (D7.1): same scale, version and recall, which the form names."""
    wanted = (instrument.code, instrument.version, form)
    return [result for result in results if (result.scale, result.version, result.form) == wanted]


def choose_baseline(
    results: Iterable[Result], *, first_dose_at: datetime, oldest: timedelta
) -> Result | None:
    """D7.1: the last complete result before the first dose and at most `oldest` before it.

    `results` are of one form (`of_one_form`).
    """
    candidates = [
        result
        for result in results
        if result.total is not None and timedelta() < first_dose_at - result.taken_at <= oldest
    ]
    return max(candidates, key=lambda result: result.taken_at, default=None)


def percent_change(baseline: int, total: int) -> Fraction | None:
    """Change in percent of the baseline, a fall below zero; None from a baseline of 0."""
    return None if baseline == 0 else Fraction(100 * (total - baseline), baseline)


def shown_percent(change: Fraction) -> int:
    """Whole percent towards zero, so that 49.6 is never shown as the 50 that would be response."""
    return int(change)


def response(rule: ResponseRule, baseline: int | None, total: int) -> Response | None:
    """D7.2: by percent, response when 2x <= b, partial when 4x <= 3b and 2x > b (50 and 25 %).

    None without a baseline, and from a baseline of 0, from which nothing can fall.
    """
    if rule.kind is ResponseKind.AT_MOST:
        return Response.RESPONSE if total <= rule.value else Response.NONE
    if not baseline:
        return None
    if rule.kind is ResponseKind.FALL_POINTS:
        return Response.RESPONSE if baseline - total >= rule.value else Response.NONE
    fall = 100 * (baseline - total)
    if fall >= rule.value * baseline:
        return Response.RESPONSE
    if rule.partial is not None and fall >= rule.partial * baseline:
        return Response.PARTIAL
    return Response.NONE


def remission(
    instrument: Instrument, rule: RemissionRule, baseline: int | None, total: int
) -> bool | None:
    """D7.2: at or below the chosen limit, from a baseline at which the word has meaning.

    None where it has none: no baseline, one below the scale's severity, or one already within the
    limit.
    """
    severity = instrument.severity_for_remission
    if baseline is None or baseline <= rule.at_most:
        return None
    if severity is not None and baseline < severity.at_least:
        return None
    return total <= rule.at_most


def response_rule(instrument: Instrument, code: str) -> ResponseRule:
    """The scale's rule of that code; raises KeyError."""
    return {rule.code: rule for rule in instrument.response}[code]


def remission_rule(instrument: Instrument, code: str) -> RemissionRule:
    """The scale's rule of that code; raises KeyError. A course stores which one it uses."""
    return {rule.code: rule for rule in instrument.remission}[code]

"""This file is about which use of a scale stands for which moment (definitions D7.2 and D7.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from clinic.instruments.rules.codes import MomentCode, RecallKind, ResponseKind
from clinic.instruments.rules.instrument import Instrument
from clinic.instruments.rules.outcome import (
    Response,
    Result,
    choose_baseline,
    of_one_form,
    remission,
    remission_rule,
    response,
    response_rule,
)
from clinic.instruments.rules.parts import Form, Recall


@dataclass(frozen=True)
class Moment:
    """Times after the dose it counts from: the target, and the window around it, ends included."""

    code: str
    target: timedelta
    opens: timedelta
    closes: timedelta


class NotEnoughData(StrEnum):
    """Why nothing can be said; each is shown as "Not enough data" with this reason."""

    RECALL_TOO_LONG = "recall-too-long"
    NO_SCORE = "no-score"
    NO_BASELINE = "no-baseline"
    BASELINE_AT_LOWEST = "baseline-at-lowest"
    OTHER_MAXIMUM = "other-maximum"


@dataclass(frozen=True)
class Outcome:
    """`response` is None with `why`; `remission` is None also where the word has no meaning."""

    baseline: Result | None
    result: Result | None
    response: Response | None
    remission: bool | None
    why: NotEnoughData | None


@dataclass(frozen=True)
class OutcomeRules:
    """What a course has pinned for one scale (definitions D7.7).

    `response` or `remission` None: the scale has no such rule, or the course does not use it.
    """

    form: str
    response: str | None
    remission: str | None
    oldest_baseline: timedelta


def may_be_collected(recall: Recall, *, last_at: datetime | None, at: datetime) -> bool:
    """D7.3: at least its recall after its last use. A recall without hours never waits."""
    if last_at is None or recall.hours is None:
        return True
    return at - last_at >= timedelta(hours=recall.hours)


def looks_too_far_back(recall: Recall, hours: int | None) -> bool:
    """Whether answers would tell of days before the interval began: the dose, or the use before.

    `hours` of the interval; None: nobody can say, so nothing is refused.
    """
    return recall.hours is not None and hours is not None and recall.hours > hours


def why_not_at(instrument: Instrument, form: Form, moment: MomentCode) -> str | None:
    """Why a form may not be asked at a moment, as a sentence (EPDS at 24 hours), or None."""
    if not looks_too_far_back(form.recall, moment.hours):
        return None
    back = f"{instrument.name} looks back {form.recall.words}"
    return f"{back}, so {span(moment.hours or 0)} after a dose it still tells of the time before."


def span(hours: int) -> str:
    """`24 hours`, `7 days`."""
    return f"{hours} hours" if hours <= 48 or hours % 24 else f"{hours // 24} days"


def counts_for(recall: Recall, moment: Moment) -> bool:
    """D7.3: only if its recall is at most the time since the dose, so 24 h needs a 24-hour version.

    The target decides, not the minute within the window. An open recall never counts.
    """
    if recall.kind is RecallKind.OPEN:
        return False
    return recall.hours is None or timedelta(hours=recall.hours) <= moment.target


def in_window(
    results: Iterable[Result], moment: Moment, *, counted_from: datetime
) -> Result | None:
    """D7.2: the complete result nearest to the target; on a tie the earlier."""
    target = counted_from + moment.target
    candidates = [
        result
        for result in results
        if result.total is not None
        and counted_from + moment.opens <= result.taken_at <= counted_from + moment.closes
    ]
    return min(candidates, key=lambda r: (abs(r.taken_at - target), r.taken_at), default=None)


def outcome(
    instrument: Instrument,
    results: Iterable[Result],
    moment: Moment,
    rules: OutcomeRules,
    *,
    first_dose_at: datetime,
    counted_from: datetime,
) -> Outcome:
    """Response and remission at a moment.

    The moment counts from the dose at `counted_from`, the baseline from the first dose. Only
    results of this scale, version and form are compared. Raises KeyError for a rule that the scale
    does not have.
    """
    form = instrument.form(rules.form)
    same = of_one_form(results, instrument, form.code)
    baseline = choose_baseline(same, first_dose_at=first_dose_at, oldest=rules.oldest_baseline)
    if not counts_for(form.recall, moment):
        return Outcome(baseline, None, None, None, NotEnoughData.RECALL_TOO_LONG)
    found = in_window(same, moment, counted_from=counted_from)
    return _compared(instrument, rules, baseline, found)


def _compared(
    instrument: Instrument, rules: OutcomeRules, baseline: Result | None, found: Result | None
) -> Outcome:
    rule = None if rules.response is None else response_rule(instrument, rules.response)
    needs_baseline = rule is None or rule.kind is not ResponseKind.AT_MOST
    if found is None or found.total is None:
        return Outcome(baseline, None, None, None, NotEnoughData.NO_SCORE)
    if needs_baseline and baseline is None:
        return Outcome(None, found, None, None, NotEnoughData.NO_BASELINE)
    if needs_baseline and baseline is not None and baseline.maximum != found.maximum:
        return Outcome(baseline, found, None, None, NotEnoughData.OTHER_MAXIMUM)
    before = None if baseline is None else baseline.total
    answer = None if rule is None else response(rule, before, found.total)
    remitted = None
    if rules.remission is not None:
        chosen = remission_rule(instrument, rules.remission)
        remitted = remission(instrument, chosen, before, found.total)
    why = NotEnoughData.BASELINE_AT_LOWEST if rule and answer is None else None
    return Outcome(baseline, found, answer, remitted, why)

"""This file is about response and remission of a course at its moments (definitions D7.1 to D7.3).

The rules of the scales decide; here is only which scale speaks for the course, and in which words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from clinic.instruments.rules import (
    NotEnoughData,
    Outcome,
    Response,
    ResponseKind,
    outcome,
    percent_change,
    remission_rule,
    response_rule,
    shown_percent,
)
from clinic.review.rules.record import CourseRecord, Measure, Window

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class OutcomeWord(StrEnum):
    """What is said of a moment."""

    REMISSION = "remission"
    RESPONSE = "response"
    PARTIAL = "partial"
    NO_RESPONSE = "no-response"
    NOT_IN_REMISSION = "not-in-remission"
    NOT_ENOUGH_DATA = "not-enough-data"
    PLANNED = "planned"


BY_RESPONSE = {
    Response.RESPONSE: OutcomeWord.RESPONSE,
    Response.PARTIAL: OutcomeWord.PARTIAL,
    Response.NONE: OutcomeWord.NO_RESPONSE,
}
UNSAID = (OutcomeWord.NOT_ENOUGH_DATA, OutcomeWord.PLANNED)


@dataclass(frozen=True)
class Badge:
    """The outcome at one moment, by one form of a scale.

    `not_validated`: why its totals are not those of a validated scale; None: nothing says so.
    `why`: a sentence where nothing is said. `definition`: the rule in words. Totals and percent are
    None where there is no score; percent is cut towards zero.
    """

    code: str
    text: str
    target_at: datetime
    word: OutcomeWord
    scale: str
    form: str
    title: str
    not_validated: str | None
    baseline: int | None
    total: int | None
    taken_at: datetime | None
    percent: int | None
    why: str
    definition: str
    reason: NotEnoughData | None

    @property
    def is_said(self) -> bool:
        """Whether there is a response, or none, rather than no data."""
        return self.word not in UNSAID


def badges(record: CourseRecord) -> list[Badge]:
    """One for each moment, all by the scale that speaks for the course; none before the dose."""
    scale = leading_scale(record)
    return [chosen(record, window, scale) for window in record.windows if record.first_dose_at]


def leading_scale(record: CourseRecord) -> str | None:
    """The first scale of the protocol that has any total in this course, else the first."""
    scored = {use.instrument.code for use in record.uses if use.score.total is not None}
    codes = [scale for scale, _ in record.measures]
    return next((code for code in codes if code in scored), codes[0] if codes else None)


def chosen(record: CourseRecord, window: Window, scale: str | None) -> Badge:
    """The form of a scale that counts for a moment: one with an answer before one without."""
    found = [badge for badge in all_badges(record, window) if badge.scale == scale]
    return min(found, key=preference)


def preference(badge: Badge) -> int:
    """Said, planned, not enough data; a recall that is too long comes last."""
    if badge.is_said:
        return 0
    if badge.word is OutcomeWord.PLANNED:
        return 1
    return 3 if badge.reason is NotEnoughData.RECALL_TOO_LONG else 2


def all_badges(record: CourseRecord, window: Window) -> Sequence[Badge]:
    """The outcome at a moment by each form that the course has pinned."""
    first = record.first_dose_at
    if first is None:
        return []
    return [badge_of(record, window, measure, first) for measure in record.measures.values()]


def badge_of(record: CourseRecord, window: Window, measure: Measure, first: datetime) -> Badge:
    """The outcome at a moment by one form of a scale."""
    scale, rules, moment = measure.instrument, measure.rules, window.moment
    results = [use.result for use in record.uses]
    found = outcome(scale, results, moment, rules, first_dose_at=first, counted_from=first)
    reason = reason_of(found, measure)
    before = found.baseline.total if found.baseline else None
    total = found.result.total if found.result else None
    word = word_of(found, reason, still_open=record.now <= first + moment.closes)
    return Badge(
        code=moment.code,
        text=window.text,
        target_at=first + moment.target,
        word=word,
        scale=scale.code,
        form=rules.form,
        title=scale.called(rules.form),
        not_validated=scale.not_validated,
        baseline=before,
        total=total,
        taken_at=found.result.taken_at if found.result else None,
        percent=percent(before, total) if reason is None else None,
        why="" if word not in UNSAID else why(reason, measure, window),
        definition=definition(measure, window),
        reason=reason,
    )


def percent(before: int | None, total: int | None) -> int | None:
    """Whole percent of the baseline, cut towards zero."""
    found: Fraction | None = None
    if before is not None and total is not None:
        found = percent_change(before, total)
    return None if found is None else shown_percent(found)


def reason_of(found: Outcome, measure: Measure) -> NotEnoughData | None:
    """Why nothing can be said; a baseline that is missing after the dose stays missing."""
    if found.why is NotEnoughData.NO_SCORE and found.baseline is None and needs_baseline(measure):
        return NotEnoughData.NO_BASELINE
    return found.why


def needs_baseline(measure: Measure) -> bool:
    """Whether response is a change; for a rating of the change itself it is not."""
    if measure.rules.response is None:
        return True
    rule = response_rule(measure.instrument, measure.rules.response)
    return rule.kind is not ResponseKind.AT_MOST


def word_of(found: Outcome, reason: NotEnoughData | None, *, still_open: bool) -> OutcomeWord:
    """The word for a moment; planned while its score may still come."""
    if reason is NotEnoughData.NO_SCORE and still_open:
        return OutcomeWord.PLANNED
    if reason is not None or (found.response is None and found.remission is None):
        return OutcomeWord.NOT_ENOUGH_DATA
    if found.remission:
        return OutcomeWord.REMISSION
    return BY_RESPONSE[found.response] if found.response else OutcomeWord.NOT_IN_REMISSION


def why(reason: NotEnoughData | None, measure: Measure, window: Window) -> str:
    """The reason as a sentence."""
    if reason is None:
        return "The baseline was already so low that remission says nothing."
    oldest = measure.rules.oldest_baseline // DAY
    back = measure.instrument.form(measure.rules.form).recall.words
    return {
        NotEnoughData.RECALL_TOO_LONG: f"It looks back {back}, longer than since the first dose.",
        NotEnoughData.NO_SCORE: f"No total {span(window)} after the first dose.",
        NotEnoughData.NO_BASELINE: (
            f"No total of this form in the {oldest} days before the first dose."
        ),
        NotEnoughData.BASELINE_AT_LOWEST: "The baseline was 0, so nothing can fall.",
        NotEnoughData.OTHER_MAXIMUM: "An item applied at one of the two times only.",
    }[reason]


def span(window: Window) -> str:
    """`20 to 28 h` or `6 to 8 days`."""
    opens, closes = window.moment.opens, window.moment.closes
    if closes < 3 * DAY:
        return f"{opens // HOUR} to {closes // HOUR} h"
    return f"{opens / DAY:g} to {closes / DAY:g} days"


def definition(measure: Measure, window: Window) -> str:
    """What the course has pinned, in words."""
    scale, rules = measure.instrument, measure.rules
    parts = []
    if rules.response is not None:
        rule = response_rule(scale, rules.response)
        less = {ResponseKind.FALL_PERCENT: f"{rule.value} % less than baseline"}
        less[ResponseKind.FALL_POINTS] = f"{rule.value} points less than baseline"
        parts.append(f"Response: {less.get(rule.kind, f'at most {rule.value}')}.")
        if rule.partial is not None:
            parts.append(f"Partial: {rule.partial} % less.")
    if rules.remission is not None:
        limit = remission_rule(scale, rules.remission).at_most
        severity = scale.severity_for_remission
        meaning = f", from a baseline of {severity.at_least} or more" if severity else ""
        parts.append(f"Remission: at most {limit}{meaning}.")
    return " ".join([*parts, f"Window {span(window)}. Definitions D7.2 and D7.3."])

"""This file is about which totals count after a dose, and which do not and why (definitions D7.3).

A total tells of the time that its scale looks back. It counts after a dose when it looks back no
further than to it, or than a moment of the course looks in whose window it lies.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction

from clinic.instruments.rules import (
    Moment,
    Response,
    ResponseKind,
    Result,
    counts_for,
    response,
    response_rule,
)
from clinic.review.rules.record import DAY, CourseRecord, Measure, Use
from clinic.review.rules.scales import baseline_of


@dataclass(frozen=True)
class Total:
    """A total that counts, so long `after` the dose. `responds` None: nothing can be said."""

    use: Use
    total: int
    after: timedelta
    responds: bool | None

    @property
    def days(self) -> Fraction:
        """Days after the dose."""
        return Fraction(self.after // timedelta(seconds=1), DAY // timedelta(seconds=1))


@dataclass(frozen=True)
class Counted:
    """Totals after a dose by time, and how many uses do not count: `too_far_back`, the scale looks
    back to before the dose; `no_total`; `other`, not of the baseline's version or maximum."""

    baseline: Result | None
    totals: tuple[Total, ...]
    too_far_back: int = 0
    no_total: int = 0
    other: int = 0


def counted_after(
    record: CourseRecord, measure: Measure, since: datetime, until: datetime | None = None
) -> Counted:
    """The uses of one form after a dose, and before the next one where `until` names it."""
    scale, form = measure.instrument, measure.rules.form
    baseline = baseline_of(record, scale, form)
    found = Counted(baseline, ())
    for use in record.uses:
        mine = (use.instrument.code, use.form) == (scale.code, form)
        if mine and since < use.taken_at and (until is None or use.taken_at < until):
            found = with_use(record, measure, found, use, since)
    return found


def with_use(
    record: CourseRecord, measure: Measure, found: Counted, use: Use, since: datetime
) -> Counted:
    """One more use, counted or not."""
    result, after = use.result, use.taken_at - since
    if not tells_only_of_after(record, measure, after):
        return replace(found, too_far_back=found.too_far_back + 1)
    if result.total is None:
        return replace(found, no_total=found.no_total + 1)
    if not comparable(measure, found.baseline, result):
        return replace(found, other=found.other + 1)
    total = Total(use, result.total, after, responds(measure, found.baseline, result.total))
    return replace(found, totals=(*found.totals, total))


def tells_only_of_after(record: CourseRecord, measure: Measure, after: timedelta) -> bool:
    """Whether a use so long after a dose tells of nothing before it (definitions D7.3)."""
    recall = measure.instrument.form(measure.rules.form).recall
    if counts_for(recall, Moment("", after, after, after)):
        return True
    moments = [window.moment for window in record.windows]
    return any(one.opens <= after <= one.closes and counts_for(recall, one) for one in moments)


def comparable(measure: Measure, baseline: Result | None, result: Result) -> bool:
    """Of the scale's version, and of the baseline's maximum where there is one (D7.1)."""
    same = result.version == measure.instrument.version
    return same and (baseline is None or baseline.maximum == result.maximum)


def responds(measure: Measure, baseline: Result | None, total: int) -> bool | None:
    """Whether a total is a response by the rule that the course has pinned (definitions D7.2)."""
    if measure.rules.response is None:
        return None
    rule = response_rule(measure.instrument, measure.rules.response)
    said = response(rule, baseline.total if baseline else None, total)
    return None if said is None else said is Response.RESPONSE


def needs_baseline(measure: Measure) -> bool:
    """Whether response is a change from a baseline, not a limit of its own."""
    if measure.rules.response is None:
        return True
    rule = response_rule(measure.instrument, measure.rules.response)
    return rule.kind is not ResponseKind.AT_MOST


def missing(found: Counted, measure: Measure) -> tuple[str, ...]:
    """What was missing, or was left out, a sentence each."""
    days = measure.rules.oldest_baseline // DAY
    back = measure.instrument.form(measure.rules.form).recall.words
    no_baseline = found.baseline is None and needs_baseline(measure)
    far, none, other = found.too_far_back, found.no_total, found.other
    said = (
        (no_baseline, f"No total in the {days} days before the first dose."),
        (far, f"{uses(far)} left out: the scale looks back {back}, to before the dose."),
        (none, f"{uses(none)} without a total."),
        (other, f"{uses(other)} left out: another version or maximum than the baseline."),
    )
    return tuple(words for there, words in said if there)


def uses(count: int) -> str:
    """`1 use`, `2 uses`."""
    return f"{count} use{'s' if count != 1 else ''}"


def lasted(after: timedelta) -> str:
    """`22 h`, `6.9 days`; cut, never rounded up."""
    if after < 3 * DAY:
        return f"{after // timedelta(hours=1)} h"
    tenths: Sequence[int] = divmod(after // (DAY / 10), 10)
    return f"{tenths[0]}.{tenths[1]} days"

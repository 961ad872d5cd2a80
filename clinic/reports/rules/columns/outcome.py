"""This file is about the columns of the outcome of a course, at each moment it is read."""

from collections.abc import Callable
from typing import Any

from clinic.instruments.rules import MomentCode, NotEnoughData
from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column, codes
from clinic.reports.rules.course_record import CourseExport
from clinic.reports.rules.masks import Privacy
from clinic.review.rules import Badge, OutcomeWord

One = CourseExport
READ_AT = (MomentCode.DAY_1, MomentCode.DAY_7, MomentCode.DAY_14, MomentCode.DAY_28)


def at(moment: str, value: Callable[[Badge], object]) -> Callable[[One], object]:
    """A value of the outcome at a moment; None before the first dose."""
    return lambda course: value(badge) if (badge := course.badge(moment)) else None


def column(
    moment: MomentCode,
    name: str,
    meaning: str,
    kind: Kind,
    value: Callable[[Badge], object],
    **more: Any,
) -> Column[One]:
    """One column of a moment; its name begins with that of the moment."""
    prefix = f"outcome_{moment.value.replace('-', '_')}"
    when = f"at {moment.value.replace('-', ' ')} after the first dose"
    return Column(f"{prefix}{name}", f"{meaning} {when}", kind, at(moment, value), **more)


def words(moment: MomentCode) -> tuple[Column[One], ...]:
    """The word, or why there is none."""
    return (
        column(
            moment,
            "",
            "Outcome, by the definitions pinned to the course,",
            Kind.CODE,
            lambda badge: badge.word.value,
            codes=codes(OutcomeWord),
            definition="D7.2",
        ),
        column(
            moment,
            "_why_not",
            "Why nothing can be said",
            Kind.CODE,
            lambda badge: badge.reason.value if badge.reason else None,
            codes=codes(NotEnoughData),
            definition="D7.3",
        ),
    )


def measured(moment: MomentCode) -> tuple[Column[One], ...]:
    """What the word was computed from."""
    total = {"unit": "{score}", "definition": "D7.1"}
    kept = {"privacy": Privacy.KEEP}
    form, kind = {"definition": "D7.1"}, Kind.INTEGER
    return (
        column(moment, "_scale", "Code of the scale", Kind.CODE, lambda b: b.scale, **kept),
        column(moment, "_form", "Form of the scale", Kind.CODE, lambda b: b.form, **form, **kept),
        column(
            moment,
            "_not_validated",
            "Why these totals are not those of a validated scale (empty: nothing says so)",
            Kind.TEXT,
            lambda badge: badge.not_validated,
            **kept,
        ),
        column(moment, "_baseline", "Baseline total", kind, lambda b: b.baseline, **total),
        column(moment, "_total", "Total nearest to the target", kind, lambda b: b.total, **total),
    )


OUTCOME: tuple[Column[One], ...] = tuple(
    one for moment in READ_AT for one in (*words(moment), *measured(moment))
)

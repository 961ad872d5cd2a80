"""This file is about the safety items of a course as rows (definitions D7.4)."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from clinic.instruments.rules import Method, TriageLevel
from clinic.review.rules.record import CourseRecord, Use


@dataclass(frozen=True)
class SafetyRow:
    """One safety item of one use. `value` None: not answered. `mark` is what is drawn in it.

    `reviewed`: None where there is nothing to review.
    """

    label: str
    use_id: uuid.UUID
    day: float
    taken_at: datetime
    value: int | None
    mark: str
    words: str
    positive: bool
    reviewed: bool | None


def safety_rows(record: CourseRecord) -> list[SafetyRow]:
    """Every safety item of every use, by scale and time (definitions D7.4)."""
    found = [row for use in record.uses for row in safety_of(record, use)]
    labels = list(dict.fromkeys(row.label for row in found))
    return sorted(found, key=lambda row: (labels.index(row.label), row.day))


def safety_of(record: CourseRecord, use: Use) -> Iterator[SafetyRow]:
    """The safety items of one use; what was not asked is left out."""
    if use.triage is not None and use.instrument.method is Method.TRIAGE:
        yield level_of(record, use, use.triage.level, use.triage.at_least)
        return
    findings = {finding.item: finding for finding in use.score.findings}
    for item in dict.fromkeys(rule.item for rule in use.instrument.safety):
        finding, answer = findings.get(item), use.answers.get(item)
        if finding is None and not isinstance(answer, int):
            continue
        value = finding.score if finding else answer
        yield SafetyRow(
            label=f"{use.instrument.name} {item}",
            use_id=use.id,
            day=record.day(use.taken_at),
            taken_at=use.taken_at,
            value=value if isinstance(value, int) else None,
            mark="?" if value is None else str(value),
            words="not answered" if value is None else str(value),
            positive=finding is not None,
            reviewed=item not in use.unreviewed if finding else None,
        )


def level_of(
    record: CourseRecord, use: Use, level: TriageLevel | None, at_least: TriageLevel
) -> SafetyRow:
    """The level of a screener that has no total; incomplete is no level."""
    whole = level is not None
    positive = at_least.rank > 0 or not whole
    words = str(at_least) if whole else f"at least {at_least}, incomplete"
    return SafetyRow(
        label=use.instrument.name,
        use_id=use.id,
        day=record.day(use.taken_at),
        taken_at=use.taken_at,
        value=at_least.rank if whole else None,
        mark=str(at_least)[0].upper() if at_least.rank else "0" if whole else "?",
        words=words,
        positive=positive,
        reviewed=not use.unreviewed if positive else None,
    )

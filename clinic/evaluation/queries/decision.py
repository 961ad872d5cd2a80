"""This file is about the decision: which one is in force, and what a new one would rest on."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from clinic.core.signatures import broken_because, latest
from clinic.courses.models import Course
from clinic.evaluation.library import checklist
from clinic.evaluation.queries.answers import Latest, flat, latest_answers
from clinic.evaluation.queries.facts import facts_of
from clinic.evaluation.queries.severity import OpenFinding, ScaleLine, open_findings, scales_of
from clinic.evaluation.queries.trials import InForce, resistance_fact, table_in_force, trials_of
from clinic.evaluation.rules import (
    Decision,
    Eligibility,
    Fact,
    Judged,
    Standing,
    flags,
    missing,
    stops,
)

KIND = "evaluation"
CONSENT = "consent"


@dataclass(frozen=True)
class Evidence:
    """All that a decision rests on, as it is now. `trials` are judged by `table`."""

    latest: Latest
    facts: dict[str, Fact]
    scales: list[ScaleLine]
    findings: list[OpenFinding]
    standing: Standing
    table: InForce
    trials: list[Judged]


def evidence_of(course: Course) -> Evidence:
    """Answers handed in, facts, scales, and what follows from them."""
    handed_in, table = latest_answers(course.id), table_in_force()
    sections, answers = checklist().sections, flat(handed_in)
    resistant = resistance_fact(answers, table)
    facts = facts_of(course) | {resistant.code: resistant}
    scales, findings = scales_of(course), open_findings(course)
    standing = Standing(
        flags=flags(sections, answers, facts),
        missing=missing(sections, answers, facts),
        scales_due=[line.name or line.code for line in scales if line.due and line.score is None],
        open_safety=[finding.words for finding in findings],
    )
    trials = trials_of(answers, table.table)
    return Evidence(handed_in, facts, scales, findings, standing, table, trials)


def stops_of(course_id: uuid.UUID, at: datetime | None = None) -> list[str]:
    """What answers handed in by then say that stops the course, as sentences.

    A decision signed before they were does not outweigh them. Consent is looked at by itself.
    """
    answers = flat(latest_answers(course_id, at))
    sections = [section for section in checklist().sections if section.code != CONSENT]
    return [flag.words for flag in stops(flags(sections, answers, {}))] if answers else []


def eligibility_of(course_id: uuid.UUID) -> Eligibility | None:
    """The decision in force, or None while nothing is signed."""
    document = latest(KIND, course_id)
    if document is None:
        return None
    content = document.content()
    return Eligibility(
        decision=Decision(content["decision"]),
        reason=content["reason"],
        signed_by_id=document.signed_by_id,
        signed_by=document.signed_by_name,
        signed_at=document.signed_at,
        n=document.n,
        meaning=document.meaning,
        broken=broken_because(document),
    )

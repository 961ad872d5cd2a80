"""This file is about the decision: which one is in force, and what a new one would rest on."""

import uuid
from dataclasses import dataclass

from clinic.core.signatures import latest
from clinic.courses.models import Course
from clinic.evaluation.library import checklist
from clinic.evaluation.queries.answers import Latest, flat, latest_answers
from clinic.evaluation.queries.facts import facts_of
from clinic.evaluation.queries.severity import OpenFinding, ScaleLine, open_findings, scales_of
from clinic.evaluation.rules import (
    Decision,
    Eligibility,
    Fact,
    Standing,
    flags,
    missing,
)

KIND = "evaluation"


@dataclass(frozen=True)
class Evidence:
    """All that a decision rests on, as it is now."""

    latest: Latest
    facts: dict[str, Fact]
    scales: list[ScaleLine]
    findings: list[OpenFinding]
    standing: Standing


def evidence_of(course: Course) -> Evidence:
    """Answers handed in, facts, scales, and what follows from them."""
    handed_in, facts = latest_answers(course.id), facts_of(course)
    scales, findings = scales_of(course), open_findings(course)
    sections, answers = checklist().sections, flat(handed_in)
    standing = Standing(
        flags=flags(sections, answers, facts),
        missing=missing(sections, answers, facts),
        scales_due=[line.name or line.code for line in scales if line.due and line.score is None],
        open_safety=[finding.words for finding in findings],
    )
    return Evidence(handed_in, facts, scales, findings, standing)


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
    )

"""This package is about what may be asked of an evaluation: answers, facts, flags, decision."""

from clinic.evaluation.queries.answers import Latest, flat, latest_answers
from clinic.evaluation.queries.decision import KIND, Evidence, eligibility_of, evidence_of
from clinic.evaluation.queries.facts import facts_of
from clinic.evaluation.queries.overview import (
    DECISION,
    Overview,
    SectionView,
    draft_kind,
    others_writing,
    overview_of,
)
from clinic.evaluation.queries.severity import OpenFinding, ScaleLine, open_findings, scales_of

__all__ = [
    "DECISION",
    "KIND",
    "Evidence",
    "Latest",
    "OpenFinding",
    "Overview",
    "ScaleLine",
    "SectionView",
    "draft_kind",
    "eligibility_of",
    "evidence_of",
    "facts_of",
    "flat",
    "latest_answers",
    "open_findings",
    "others_writing",
    "overview_of",
    "scales_of",
]

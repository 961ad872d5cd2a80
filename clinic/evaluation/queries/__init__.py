"""This package is about what may be asked of an evaluation: answers, facts, flags, decision."""

from clinic.evaluation.queries.answers import Latest, flat, latest_answers
from clinic.evaluation.queries.asking import AskedOfHer, consent_asked, scales_asked
from clinic.evaluation.queries.changes import (
    agreed_pause,
    changes_since,
    pressure_plan,
    usual_values,
)
from clinic.evaluation.queries.decision import (
    KIND,
    Evidence,
    eligibility_of,
    evidence_of,
    stops_of,
)
from clinic.evaluation.queries.facts import facts_of
from clinic.evaluation.queries.overview import (
    DECISION,
    Overview,
    SectionView,
    answered_of,
    overview_of,
)
from clinic.evaluation.queries.severity import OpenFinding, ScaleLine, open_findings, scales_of
from clinic.evaluation.queries.trials import InForce, all_tables, counted, table_in_force
from clinic.evaluation.queries.writing import Writing, draft_kind, open_kind, others_writing

__all__ = [
    "DECISION",
    "KIND",
    "AskedOfHer",
    "Evidence",
    "InForce",
    "Latest",
    "OpenFinding",
    "Overview",
    "ScaleLine",
    "SectionView",
    "Writing",
    "agreed_pause",
    "all_tables",
    "answered_of",
    "changes_since",
    "consent_asked",
    "counted",
    "draft_kind",
    "eligibility_of",
    "evidence_of",
    "facts_of",
    "flat",
    "latest_answers",
    "open_findings",
    "open_kind",
    "others_writing",
    "overview_of",
    "pressure_plan",
    "scales_asked",
    "scales_of",
    "stops_of",
    "table_in_force",
    "usual_values",
]

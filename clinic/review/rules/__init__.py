"""This package is about what the record of a course comes to: rows, outcome, facts, decision."""

from clinic.review.rules.decisions import (
    STOP_REASONS,
    Chosen,
    Decided,
    Decision,
    SessionAlerts,
    alerts_to_read,
    faults,
    obstacles,
    unread,
)
from clinic.review.rules.effects import EffectRow, effect_rows
from clinic.review.rules.evidence import Fact, facts, percent_text, plus
from clinic.review.rules.lasting import Lasting, lasting
from clinic.review.rules.outcomes import Badge, OutcomeWord, all_badges, badges, leading_scale
from clinic.review.rules.record import (
    CourseRecord,
    Measure,
    Medicine,
    Treated,
    Use,
    Visit,
    Weight,
    Window,
)
from clinic.review.rules.safety import SafetyRow, safety_rows
from clinic.review.rules.scales import Line, ScaleRow, latest_of, scale_rows
from clinic.review.rules.sessions import SessionRow, session_rows

__all__ = [
    "STOP_REASONS",
    "Badge",
    "Chosen",
    "CourseRecord",
    "Decided",
    "Decision",
    "EffectRow",
    "Fact",
    "Lasting",
    "Line",
    "Measure",
    "Medicine",
    "OutcomeWord",
    "SafetyRow",
    "ScaleRow",
    "SessionAlerts",
    "SessionRow",
    "Treated",
    "Use",
    "Visit",
    "Weight",
    "Window",
    "alerts_to_read",
    "all_badges",
    "badges",
    "effect_rows",
    "facts",
    "faults",
    "lasting",
    "latest_of",
    "leading_scale",
    "obstacles",
    "percent_text",
    "plus",
    "safety_rows",
    "scale_rows",
    "session_rows",
    "unread",
]

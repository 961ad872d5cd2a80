"""This package is about what an evaluation asks, what follows from the answers, what is missing."""

from clinic.evaluation.rules.checklist import (
    Amount,
    Checklist,
    ChecklistError,
    Kind,
    Level,
    Question,
    Section,
)
from clinic.evaluation.rules.completing import Missing, State, asked, missing, state_of
from clinic.evaluation.rules.decision import Decision, Eligibility, Standing, obstacles
from clinic.evaluation.rules.facts import LABELS, Fact
from clinic.evaluation.rules.fitting import LONGEST_ANSWER, misfits
from clinic.evaluation.rules.judging import Flag, closing, flags, known_values, spoken

__all__ = [
    "LABELS",
    "LONGEST_ANSWER",
    "Amount",
    "Checklist",
    "ChecklistError",
    "Decision",
    "Eligibility",
    "Fact",
    "Flag",
    "Kind",
    "Level",
    "Missing",
    "Question",
    "Section",
    "Standing",
    "State",
    "asked",
    "closing",
    "flags",
    "known_values",
    "misfits",
    "missing",
    "obstacles",
    "spoken",
    "state_of",
]

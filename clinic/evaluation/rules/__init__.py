"""This package is about what an evaluation asks, what follows from the answers, what is missing."""

from clinic.evaluation.rules.checklist import (
    Amount,
    Checklist,
    ChecklistError,
    Kind,
    Level,
    Question,
    Rule,
    Section,
)
from clinic.evaluation.rules.completing import Missing, State, asked, missing, state_of
from clinic.evaluation.rules.decision import Decision, Eligibility, Standing, obstacles, stops
from clinic.evaluation.rules.facts import LABELS, Fact
from clinic.evaluation.rules.fitting import LONGEST_ANSWER, misfits
from clinic.evaluation.rules.judging import (
    Flag,
    Values,
    closing,
    filled_anew,
    filled_in,
    flags,
    holds,
    known_values,
    spoken,
)
from clinic.evaluation.rules.strip import Strip, strip
from clinic.evaluation.rules.summary import told
from clinic.evaluation.rules.trial_table import Medicine, TableError, TrialTable
from clinic.evaluation.rules.trials import Judged, Resistance, judged, resistance, trials_in

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
    "Judged",
    "Kind",
    "Level",
    "Medicine",
    "Missing",
    "Question",
    "Resistance",
    "Rule",
    "Section",
    "Standing",
    "State",
    "Strip",
    "TableError",
    "TrialTable",
    "Values",
    "asked",
    "closing",
    "filled_anew",
    "filled_in",
    "flags",
    "holds",
    "judged",
    "known_values",
    "misfits",
    "missing",
    "obstacles",
    "resistance",
    "spoken",
    "state_of",
    "stops",
    "strip",
    "told",
    "trials_in",
]

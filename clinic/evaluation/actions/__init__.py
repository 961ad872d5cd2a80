"""This package is about what may be done with an evaluation: write, hand in, decide, set up."""

from clinic.evaluation.actions.decision import sign_decision
from clinic.evaluation.actions.sections import (
    HandedInMeanwhile,
    discard_draft,
    hand_in,
    mark_open,
    save_draft,
)
from clinic.evaluation.actions.tables import publish_table

__all__ = [
    "HandedInMeanwhile",
    "discard_draft",
    "hand_in",
    "mark_open",
    "publish_table",
    "save_draft",
    "sign_decision",
]

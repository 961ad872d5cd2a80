"""This package is about what may be done with rating scales: record, correct, withdraw, review."""

from clinic.instruments.actions.correcting import (
    CorrectedMeanwhile,
    correct_response,
    withdraw_response,
)
from clinic.instruments.actions.recording import record_response
from clinic.instruments.actions.reviewing import review_safety

__all__ = [
    "CorrectedMeanwhile",
    "correct_response",
    "record_response",
    "review_safety",
    "withdraw_response",
]

"""This package is about what may be asked of a review: the record of a course, its decisions."""

from clinic.review.queries.decisions import (
    KIND,
    Standing,
    decided,
    decided_last,
    standing_of,
    stopped,
)
from clinic.review.queries.re_evaluation import ReEvaluation, re_evaluations
from clinic.review.queries.record import infant_asked, record_of

__all__ = [
    "KIND",
    "ReEvaluation",
    "Standing",
    "decided",
    "decided_last",
    "infant_asked",
    "re_evaluations",
    "record_of",
    "standing_of",
    "stopped",
]

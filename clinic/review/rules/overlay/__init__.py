"""This package is about the sessions of a course over each other, by minutes from the dose."""

from clinic.review.rules.overlay.choice import Overlay, Span, overlay_of, range_of
from clinic.review.rules.overlay.differs import Mark, Sentence, differences
from clinic.review.rules.overlay.figures import Back, Figures, Return, figures_of
from clinic.review.rules.overlay.lines import (
    DIASTOLIC,
    DISSOCIATION,
    PAIR,
    SEDATION,
    SIGNS,
    SYSTOLIC,
    Line,
    Value,
)
from clinic.review.rules.overlay.raised import raised_from

__all__ = [
    "DIASTOLIC",
    "DISSOCIATION",
    "PAIR",
    "SEDATION",
    "SIGNS",
    "SYSTOLIC",
    "Back",
    "Figures",
    "Line",
    "Mark",
    "Overlay",
    "Return",
    "Sentence",
    "Span",
    "Value",
    "differences",
    "figures_of",
    "overlay_of",
    "raised_from",
    "range_of",
]

"""This package is about what we remember of rating scales: answers, reviews, licences, wording."""

from clinic.instruments.models.answers import (
    SENSITIVE,
    AnsweredBy,
    InstrumentText,
    QuestionnaireResponse,
    SafetyReview,
    Way,
)
from clinic.instruments.models.licences import (
    LicenceEvidence,
    ScaleRetirement,
    ScaleWording,
    WordingComparison,
)

__all__ = [
    "SENSITIVE",
    "AnsweredBy",
    "InstrumentText",
    "LicenceEvidence",
    "QuestionnaireResponse",
    "SafetyReview",
    "ScaleRetirement",
    "ScaleWording",
    "Way",
    "WordingComparison",
]

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
    OwnScale,
    ScaleRetirement,
    ScaleWording,
    WordingComparison,
)

__all__ = [
    "SENSITIVE",
    "AnsweredBy",
    "InstrumentText",
    "LicenceEvidence",
    "OwnScale",
    "QuestionnaireResponse",
    "SafetyReview",
    "ScaleRetirement",
    "ScaleWording",
    "Way",
    "WordingComparison",
]

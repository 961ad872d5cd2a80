"""This package is about what an evaluation asks, what follows from the answers, what is missing."""

from clinic.evaluation.rules.decision import Decision, Eligibility

__all__ = ["Decision", "Eligibility"]

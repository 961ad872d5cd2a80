"""This file is about the words of a decision."""

from clinic.evaluation.rules import Decision

DECISIONS = {
    Decision.ELIGIBLE: "Eligible",
    Decision.NOT_ELIGIBLE: "Not eligible",
    Decision.LATER: "Decide later",
}

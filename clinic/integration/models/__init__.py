"""This package is about what we remember of other treatment: visits, plan, letters, milk."""

from clinic.integration.models.letters import (
    CareHelper,
    Letter,
    LetterConsent,
    LetterDelivery,
    LetterTemplate,
)
from clinic.integration.models.milk import MilkEntry
from clinic.integration.models.plan import CareGoal, CareTask
from clinic.integration.models.visits import CareActivity, CareNote, CareTreatment, GroupSession

__all__ = [
    "CareActivity",
    "CareGoal",
    "CareHelper",
    "CareNote",
    "CareTask",
    "CareTreatment",
    "GroupSession",
    "Letter",
    "LetterConsent",
    "LetterDelivery",
    "LetterTemplate",
    "MilkEntry",
]

"""This file is about people outside the clinic who help her: write down, change, end."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date

from clinic.integration.actions.keeping import change, kept
from clinic.integration.models import CareHelper
from clinic.integration.rules import HelperRole


@dataclass(frozen=True)
class HelperFacts:
    """Somebody outside. `ended_on`: the day from which she has somebody else."""

    role: HelperRole
    name: str
    place: str | None = None
    phone: str | None = None
    note: str | None = None
    ended_on: date | None = None


def record_helper(patient_id: uuid.UUID, facts: HelperFacts) -> CareHelper:
    """Write down who helps her."""
    return kept(CareHelper(patient_id=patient_id, **asdict(facts)))


def change_helper(helper: CareHelper, facts: HelperFacts, version: int | None) -> None:
    """Write what was corrected. Raises ChangedMeanwhile."""
    change(helper, facts, version)

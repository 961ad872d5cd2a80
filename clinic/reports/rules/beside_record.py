"""This file is about what rows of follow-ups and of other medicines are made from."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clinic.courses.rules import MedicationFacts
from clinic.followups.rules import Answers, Due, How, NextStep, Reached
from clinic.instruments.rules import SafetyStep
from clinic.reports.rules.course_record import Owner


@dataclass(frozen=True)
class ContactExport:
    """One try to reach her as it now stands, and what was done about its concerns.

    `id`: as first written. `reason`: of its last correction. `response`: None while nobody answered
    in writing, or nothing called for it.
    """

    id: UUID
    contacted_at: datetime
    recorded_at: datetime
    how: How
    reached: Reached
    answers: Answers
    next_step: NextStep | None
    next_try_at: datetime | None
    note: str | None
    answer_by_at: datetime | None
    corrected: bool
    reason: str | None
    author: str
    response: "ResponseExport | None"


@dataclass(frozen=True)
class ResponseExport:
    """What was done about the concerns of a contact; `step` None: written before it was asked."""

    step: SafetyStep | None
    text: str
    responded_at: datetime
    author: str


@dataclass(frozen=True)
class FollowUpExport:
    """One follow-up of a course as it stands, with one try; None: nobody tried."""

    owner: Owner
    due: Due
    contact: ContactExport | None

    @property
    def patient_id(self) -> UUID:
        """Whose it is."""
        return self.owner.patient_id


@dataclass(frozen=True)
class MedicineExport:
    """One medicine beside the treatment. `void_reason`: why it is entered in error, else None."""

    owner: Owner
    id: UUID
    facts: MedicationFacts
    void_reason: str | None
    author: str
    recorded_at: datetime

    @property
    def patient_id(self) -> UUID:
        """Whose it is."""
        return self.owner.patient_id

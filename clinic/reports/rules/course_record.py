"""This file is about what rows of courses and of scores are made from."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from clinic.courses.rules import Consent, Particulars
from clinic.evaluation.rules import Eligibility
from clinic.instruments.rules import Answers, Instrument, Score, Triage
from clinic.review.rules import Badge, CourseRecord, Decided, badges


@dataclass(frozen=True)
class Owner:
    """Whose record it is: clinic, patient, course. `zone`: the clinic's.

    `birth_on`: the birth that the course belongs to; None when none is on record. `born_on`: the
    day she was born; it leaves as an age alone.
    """

    clinic_code: str
    patient_id: UUID
    patient_number: str
    course_id: UUID
    zone: ZoneInfo
    birth_on: date | None
    born_on: date | None = None

    def local(self, moment: datetime | None) -> datetime | None:
        """A moment on the clinic's wall, with its offset."""
        return None if moment is None else moment.astimezone(self.zone)


@dataclass(frozen=True)
class CourseExport:
    """One course as it is exported; `decision`: the one in force."""

    owner: Owner
    protocol_code: str
    protocol_version: int
    protocol_digest: str
    status: str
    end_reason: str | None
    end_text: str | None
    particulars: Particulars
    record: CourseRecord
    eligibility: Eligibility | None
    consent: Consent | None
    decision: Decided | None

    @property
    def patient_id(self) -> UUID:
        """Whose it is."""
        return self.owner.patient_id

    def badge(self, code: str) -> Badge | None:
        """The outcome at a moment; None before the first dose, or in another protocol."""
        return next((badge for badge in badges(self.record) if badge.code == code), None)


@dataclass(frozen=True)
class ScoreExport:
    """One use of a scale as it now stands. `unreviewed`: safety items nobody has reviewed.

    `corrected`: it has more than one version; `reason` is that of the last. `first_dose_at`: T0 of
    the course. `wording_digest`: of the loaded wording that was read; None: paper, or what comes
    with the program.
    """

    owner: Owner
    id: UUID
    session_id: UUID | None
    first_dose_at: datetime | None
    instrument: Instrument
    form: str
    language: str
    wording_digest: str | None
    moment: str
    answered_at: datetime
    recorded_at: datetime
    answered_by: str
    way: str
    author: str
    answers: Answers
    score: Score
    triage: Triage | None
    unreviewed: tuple[str, ...]
    corrected: bool
    withdrawn: bool
    reason: str | None

    @property
    def patient_id(self) -> UUID:
        """Whose it is."""
        return self.owner.patient_id

    @property
    def day(self) -> date:
        """The clinic's day on which it was answered."""
        return self.answered_at.astimezone(self.owner.zone).date()

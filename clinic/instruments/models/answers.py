"""This file is about what we remember of rating scales: answers, reviews, the scale of a day."""

import json
import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base, Encrypted, append_only
from clinic.core.tenancy import ClinicOwned, child_of, owned
from clinic.instruments.rules import Answers, MomentCode, NoScore, SafetyStep

SENSITIVE = {"audit": "sensitive"}


class AnsweredBy(StrEnum):
    """Whose judgement the answers are."""

    PATIENT = "patient"
    CLINICIAN = "clinician"


class Way(StrEnum):
    """How the answers came to us: by a link to her phone, on the tablet that was handed to her.

    Nothing that needs staff comes by either (definitions D7.5).
    """

    VISIT = "visit"
    CALL = "call"
    PAPER = "paper"
    LINK = "link"
    TABLET = "tablet"


class InstrumentText(ClinicOwned, Base):
    """A scale as it was when this clinic used it, so that old answers keep their meaning.

    `digest`: SHA-256 in hex of `body`, the canonical text. The same text may stand here twice, when
    two people were the first to use it.
    """

    __tablename__ = "instrument_text"
    __table_args__ = owned(Index(None, "clinic_id", "digest"), **append_only())

    code: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(Text)


class QuestionnaireResponse(ClinicOwned, Base):
    """The answers of one use of a scale, written once.

    Corrected, or `withdrawn` as entered in error, by a further row that names this one; a row is
    corrected at most once. `answers`: item number -> score or NoScore, as JSON. `has_findings`: the
    scale of that day has a safety finding in them, so that open ones are found without reading all.
    `language`: of the wording that was read, None: that of the scale. `wording_digest`: the loaded
    wording that was on the screen, None: the one that comes with the program, or a form on paper.
    """

    __tablename__ = "questionnaire_response"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("course", "course_id"),
        child_of("treatment_session", "session_id"),
        child_of("questionnaire_response", "corrects_id"),
        UniqueConstraint("clinic_id", "corrects_id"),
        Index(None, "clinic_id", "course_id"),
        Index(None, "clinic_id", "patient_id", "instrument_code"),
        Index(None, "clinic_id", "has_findings"),
        CheckConstraint("corrects_id IS NULL OR reason IS NOT NULL", "correction_has_reason"),
        CheckConstraint("NOT withdrawn OR corrects_id IS NOT NULL", "withdraws_another"),
        **append_only(),
    )

    patient_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    session_id: Mapped[uuid.UUID | None]
    instrument_code: Mapped[str] = mapped_column(String(40))
    instrument_version: Mapped[str] = mapped_column(String(40))
    instrument_digest: Mapped[str] = mapped_column(String(64))
    form_code: Mapped[str] = mapped_column(String(40))
    language: Mapped[str | None] = mapped_column(String(8))
    wording_digest: Mapped[str | None] = mapped_column(String(64))
    moment: Mapped[MomentCode]
    answered_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    author_id: Mapped[uuid.UUID]
    answered_by: Mapped[AnsweredBy]
    way: Mapped[Way]
    answers: Mapped[str] = mapped_column(Text, info=SENSITIVE)
    has_findings: Mapped[bool]
    corrects_id: Mapped[uuid.UUID | None]
    withdrawn: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None] = mapped_column(Text, info=SENSITIVE)

    def said(self) -> Answers:
        """Item number -> final score, or why there is none."""
        stored: dict[str, int | str] = json.loads(self.answers)
        return {n: v if isinstance(v, int) else NoScore(v) for n, v in stored.items()}


class SafetyReview(ClinicOwned, Base):
    """That a person looked at the safety answers of a use, and what they did.

    It covers the answers of `response_id` and those that these corrected. `done_at`: when it was
    done; None in those written before this was asked.
    """

    __tablename__ = "safety_review"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("questionnaire_response", "response_id"),
        Index(None, "clinic_id", "response_id"),
        Index(None, "clinic_id", "patient_id"),
        **append_only(),
    )

    patient_id: Mapped[uuid.UUID]
    response_id: Mapped[uuid.UUID]
    step: Mapped[SafetyStep]
    text: Mapped[str] = mapped_column(Encrypted("safety_review.text"), info=SENSITIVE)
    done_at: Mapped[datetime | None]
    author_id: Mapped[uuid.UUID]
    reviewed_at: Mapped[datetime]

"""This file is about what we remember of obligations: their versions, filled forms, submissions."""

import json
import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base, append_only
from clinic.core.tenancy import ClinicOwned, child_of, owned
from clinic.reports.rules.obligations import SentBy

SENSITIVE = {"audit": "sensitive"}
# A proof is a picture of a form with her name: the trail says that it came, never what it shows.
NEVER_IN_THE_TRAIL = {"audit": "secret"}


class ObligationVersion(ClinicOwned, Base):
    """Version `n` of a form, or of the clocks of serious events, as a clinic uses it.

    The highest `n` counts. `in_use` False: switched off with it. `body`: canonical text of
    `rules.obligations.FormTemplate` or `EventClocks`; `digest`: its SHA-256 in hex.
    """

    __tablename__ = "obligation_version"
    __table_args__ = owned(UniqueConstraint("clinic_id", "code", "n"), **append_only())

    code: Mapped[str] = mapped_column(String(60))
    n: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    in_use: Mapped[bool]
    body: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    published_by_id: Mapped[uuid.UUID]
    published_at: Mapped[datetime]


class FormAnswers(ClinicOwned, Base):
    """What people typed for the form of a session, whole, at a moment. The latest counts.

    Not locked with its session: much of it is known only afterwards.
    """

    __tablename__ = "form_answers"
    __table_args__ = owned(
        child_of("treatment_session", "session_id"),
        Index(None, "clinic_id", "session_id"),
        **append_only(),
    )

    session_id: Mapped[uuid.UUID]
    patient_id: Mapped[uuid.UUID]
    body: Mapped[str] = mapped_column(Text, info=SENSITIVE)
    author_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]

    def said(self) -> dict[str, str]:
        """Field -> what was typed."""
        said: dict[str, str] = json.loads(self.body)
        return said


class FilledForm(ClinicOwned, Base):
    """The form of a session as it was filled, with the version of the form it was filled on.

    `body`: sections with their fields, as text; `digest`: its SHA-256 in hex. `gaps_because`: why
    fields stay empty, None when none does. Filled again: the next `n`; the earlier stays.
    """

    __tablename__ = "filled_form"
    __table_args__ = owned(
        child_of("treatment_session", "session_id"),
        child_of("obligation_version", "version_id"),
        UniqueConstraint("clinic_id", "session_id", "n"),
        **append_only(),
    )

    session_id: Mapped[uuid.UUID]
    patient_id: Mapped[uuid.UUID]
    version_id: Mapped[uuid.UUID]
    n: Mapped[int]
    treated_on: Mapped[date]
    due_on: Mapped[date]
    body: Mapped[str] = mapped_column(Text, info=SENSITIVE)
    digest: Mapped[str] = mapped_column(String(64))
    gaps_because: Mapped[str | None] = mapped_column(Text)
    filled_by_id: Mapped[uuid.UUID]
    filled_at: Mapped[datetime]

    def sections(self) -> list[dict[str, Any]]:
        """What stands in it."""
        sections: list[dict[str, Any]] = json.loads(self.body)
        return sections


class FormSubmission(ClinicOwned, Base):
    """That a filled form was sent, how and on which day, with the proof of it. Never changed.

    `takes_back_id` names an earlier one that was entered in error; that needs `reason`.
    `file_digest`: SHA-256 in hex of `content`, bytes as sent; None: the proof is still missing.
    """

    __tablename__ = "form_submission"
    __table_args__ = owned(
        child_of("treatment_session", "session_id"),
        child_of("filled_form", "form_id"),
        child_of("form_submission", "takes_back_id"),
        Index(None, "clinic_id", "session_id"),
        CheckConstraint("takes_back_id IS NULL OR reason IS NOT NULL", "taking_back_has_reason"),
        CheckConstraint("(content IS NULL) = (file_digest IS NULL)", "file_with_digest"),
        **append_only(),
    )

    session_id: Mapped[uuid.UUID]
    patient_id: Mapped[uuid.UUID]
    form_id: Mapped[uuid.UUID]
    sent_by: Mapped[SentBy]
    sent_on: Mapped[date]
    reference: Mapped[str] = mapped_column(String(300), default="")
    takes_back_id: Mapped[uuid.UUID | None]
    reason: Mapped[str | None] = mapped_column(Text)
    file_name: Mapped[str | None] = mapped_column(String(200))
    file_type: Mapped[str | None] = mapped_column(String(60))
    file_size: Mapped[int | None]
    file_digest: Mapped[str | None] = mapped_column(String(64))
    content: Mapped[bytes | None] = mapped_column(
        LargeBinary, deferred=True, info=NEVER_IN_THE_TRAIL
    )
    author_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]

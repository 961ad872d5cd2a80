"""This file is about what we remember of follow-ups: what became of each, contacts, responses."""

import json
import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base, Encrypted, append_only
from clinic.core.tenancy import ClinicOwned, child_of, owned
from clinic.followups.rules import Answers, How, NextStep, Reached, Status
from clinic.instruments.rules import SafetyStep

SENSITIVE = {"audit": "sensitive"}
OF_COURSE = text("session_id IS NULL")


class FollowUp(ClinicOwned, Base):
    """What somebody made of a follow-up. What is due is derived: no row is there before.

    `session_id` is set when each dose has its own. `due_at`: when it was due as that was written.
    `decided_at`: when she was reached, or when it was moved or given up.
    """

    __tablename__ = "follow_up"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("course", "course_id"),
        child_of("treatment_session", "session_id"),
        UniqueConstraint("clinic_id", "session_id", "code"),
        Index(
            "uq_follow_up_of_course",
            "clinic_id",
            "course_id",
            "code",
            unique=True,
            sqlite_where=OF_COURSE,
            postgresql_where=OF_COURSE,
        ),
        Index(None, "clinic_id", "course_id"),
        CheckConstraint("(status = 'moved') = (moved_to_at IS NOT NULL)", "moved_to"),
        CheckConstraint("status = 'done' OR reason IS NOT NULL", "reason"),
    )

    patient_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    session_id: Mapped[uuid.UUID | None]
    code: Mapped[str] = mapped_column(String(40))
    due_at: Mapped[datetime]
    status: Mapped[Status]
    moved_to_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime]
    owner_id: Mapped[uuid.UUID]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Contact(ClinicOwned, Base):
    """One try to reach her for a follow-up, written once, and what she said when she was reached.

    Corrected by a further row that names this one. `how` link: she told it by herself, on her own
    form; `author_id` is then who sent it. `answers` is JSON, None when she was not reached.
    `concerned`: an answer of it wants a written response by `answer_by_at`.
    """

    __tablename__ = "contact"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("course", "course_id"),
        child_of("treatment_session", "session_id"),
        child_of("contact", "corrects_id"),
        UniqueConstraint("clinic_id", "corrects_id"),
        Index(None, "clinic_id", "course_id"),
        Index(None, "clinic_id", "concerned"),
        CheckConstraint("(reached = 'yes') = (answers IS NOT NULL)", "answers"),
        CheckConstraint("(reached = 'yes') = (next_step IS NOT NULL)", "next_step"),
        CheckConstraint("concerned = (answer_by_at IS NOT NULL)", "answer_by"),
        CheckConstraint("corrects_id IS NULL OR reason IS NOT NULL", "correction_has_reason"),
        **append_only(),
    )

    patient_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    session_id: Mapped[uuid.UUID | None]
    code: Mapped[str] = mapped_column(String(40))
    due_at: Mapped[datetime]
    contacted_at: Mapped[datetime]
    how: Mapped[How]
    reached: Mapped[Reached]
    answers: Mapped[str | None] = mapped_column(Encrypted("contact.answers"), info=SENSITIVE)
    next_step: Mapped[NextStep | None]
    next_try_at: Mapped[datetime | None]
    note: Mapped[str | None] = mapped_column(Encrypted("contact.note"), info=SENSITIVE)
    concerned: Mapped[bool] = mapped_column(default=False)
    answer_by_at: Mapped[datetime | None]
    corrects_id: Mapped[uuid.UUID | None]
    reason: Mapped[str | None] = mapped_column(Text)
    author_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]

    def said(self) -> Answers:
        """What she said; nothing when she was not reached."""
        return Answers.from_tree(json.loads(self.answers)) if self.answers else Answers()


class ContactResponse(ClinicOwned, Base):
    """What was done about the concerns of a contact. Written once, it closes them.

    `step` and `done_at`, what it was and when: None in those written before these were asked.
    """

    __tablename__ = "contact_response"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("contact", "contact_id"),
        UniqueConstraint("clinic_id", "contact_id"),
        **append_only(),
    )

    patient_id: Mapped[uuid.UUID]
    contact_id: Mapped[uuid.UUID]
    step: Mapped[SafetyStep | None]
    text: Mapped[str] = mapped_column(Encrypted("contact_response.text"), info=SENSITIVE)
    done_at: Mapped[datetime | None]
    author_id: Mapped[uuid.UUID]
    responded_at: Mapped[datetime]


class Taken(ClinicOwned, Base):
    """That somebody took on what needs a response: a use of a scale, or a contact. The last one
    owns it; it stays open until it is answered in writing."""

    __tablename__ = "taken"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("questionnaire_response", "response_id"),
        child_of("contact", "contact_id"),
        Index(None, "clinic_id", "response_id"),
        Index(None, "clinic_id", "contact_id"),
        CheckConstraint("(response_id IS NULL) <> (contact_id IS NULL)", "one"),
        **append_only(),
    )

    patient_id: Mapped[uuid.UUID]
    response_id: Mapped[uuid.UUID | None]
    contact_id: Mapped[uuid.UUID | None]
    owner_id: Mapped[uuid.UUID]
    taken_at: Mapped[datetime]

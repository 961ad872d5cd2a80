"""This file is about what we remember of evaluations: answers handed in, and the clinic's table."""

import json
import uuid
from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base, append_only
from clinic.core.tenancy import ClinicOwned, child_of, owned
from clinic.evaluation.rules import TrialTable


class EvaluationAnswers(ClinicOwned, Base):
    """The `n`th answers to one section, written once; the latest of a section count.

    `answers` is canonical JSON, code -> text, and `digest` its SHA-256 in hex.
    """

    __tablename__ = "evaluation_answers"
    __table_args__ = owned(
        child_of("course", "course_id"),
        child_of("patient", "patient_id"),
        UniqueConstraint("clinic_id", "course_id", "section", "n"),
        **append_only(),
    )

    course_id: Mapped[uuid.UUID]
    patient_id: Mapped[uuid.UUID]
    section: Mapped[str] = mapped_column(String(40))
    n: Mapped[int]
    answers: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    checklist_digest: Mapped[str] = mapped_column(String(64))
    author_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]

    def said(self) -> dict[str, str]:
        """Question -> answer, as text."""
        said: dict[str, str] = json.loads(self.answers)
        return said


class AntidepressantTable(ClinicOwned, Base):
    """Version `n` of the clinic's own table of antidepressant trials; the highest is in force.

    `body` is canonical JSON, and `digest` its SHA-256 in hex.
    """

    __tablename__ = "antidepressant_table"
    __table_args__ = owned(UniqueConstraint("clinic_id", "n"), **append_only())

    n: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    published_by_id: Mapped[uuid.UUID]
    published_at: Mapped[datetime]

    def table(self) -> TrialTable:
        """What it says."""
        return TrialTable.from_json(self.body)

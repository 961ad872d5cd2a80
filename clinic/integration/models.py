"""This file is about what we remember of other treatment: visits, and goals of the care plan."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base
from clinic.core.tenancy import ClinicOwned, child_of, owned
from clinic.integration.rules import GoalState, Kind, Status


class CareActivity(ClinicOwned, Base):
    """One visit beside the drug: planned, done, missed, not wanted. Its history is in the trail.

    `session_id`: the session whose dose it follows, None for no dose. Who held it is somebody of
    the clinic or a name. `shared_note` is one line for the team; a therapist's own notes stay with
    the therapist.
    """

    __tablename__ = "care_activity"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("course", "course_id"),
        child_of("treatment_session", "session_id"),
        Index(None, "clinic_id", "course_id"),
        Index(None, "clinic_id", "starts_at"),
        CheckConstraint("minutes IS NULL OR minutes > 0", "minutes"),
        CheckConstraint("therapist_id IS NULL OR therapist_name IS NULL", "therapist"),
    )

    patient_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    session_id: Mapped[uuid.UUID | None]
    kind: Mapped[Kind]
    modality: Mapped[str | None] = mapped_column(String(120))
    therapist_id: Mapped[uuid.UUID | None]
    therapist_name: Mapped[str | None] = mapped_column(String(120))
    starts_at: Mapped[datetime]
    minutes: Mapped[int | None]
    status: Mapped[Status]
    reason: Mapped[str | None] = mapped_column(Text)
    shared_note: Mapped[str | None] = mapped_column(Text)
    recorded_by_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class CareGoal(ClinicOwned, Base):
    """One goal of the care plan, in her words, with one owner. Its history is in the trail."""

    __tablename__ = "care_goal"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("course", "course_id"),
        Index(None, "clinic_id", "course_id"),
    )

    patient_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    goal: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(120))
    due_on: Mapped[date | None]
    state: Mapped[GoalState]
    last_word: Mapped[str | None] = mapped_column(Text)
    recorded_by_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

"""This file is about the care plan: goals in her words, and tasks of the team."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base
from clinic.core.tenancy import ClinicOwned, child_of, owned
from clinic.integration.rules import GoalState


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


class CareTask(ClinicOwned, Base):
    """Something that one person of the clinic does, for a goal or on its own."""

    __tablename__ = "care_task"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("course", "course_id"),
        child_of("care_goal", "goal_id"),
        Index(None, "clinic_id", "course_id"),
        CheckConstraint("(done_on IS NULL) = (done_by_id IS NULL)", "done"),
    )

    patient_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    goal_id: Mapped[uuid.UUID | None]
    task: Mapped[str] = mapped_column(String(300))
    owner_id: Mapped[uuid.UUID]
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    done_by_id: Mapped[uuid.UUID | None]
    recorded_by_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

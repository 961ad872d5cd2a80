"""This file is about what we remember of a course of treatment."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base, append_only
from clinic.core.tenancy import ClinicOwned, child_of, owned
from clinic.courses.rules import BirthMode, CourseStatus, DrugClass, EndReason, Onset, Talk

ACTIVE = text("status = 'active'")


class Course(ClinicOwned, Base):
    """One course of a patient under one version of a protocol. At most one is active at a time.

    The protocol's outcome definitions are pinned with it (definitions D7.7). `onset_week`: week of
    pregnancy, or week after the birth, as `onset` says. None: not asked.
    """

    __tablename__ = "course"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("protocol_version", "protocol_version_id"),
        Index(
            "uq_course_active",
            "clinic_id",
            "patient_id",
            unique=True,
            sqlite_where=ACTIVE,
            postgresql_where=ACTIVE,
        ),
        Index(None, "clinic_id", "patient_id"),
        CheckConstraint("(ended_on IS NULL) = (end_reason IS NULL)", "ended"),
    )

    patient_id: Mapped[uuid.UUID]
    protocol_version_id: Mapped[uuid.UUID]
    status: Mapped[CourseStatus]
    opened_on: Mapped[date]
    opened_by_id: Mapped[uuid.UUID]
    ended_on: Mapped[date | None]
    ended_by_id: Mapped[uuid.UUID | None]
    end_reason: Mapped[EndReason | None]
    end_text: Mapped[str | None] = mapped_column(Text)
    diagnosis_code: Mapped[str | None] = mapped_column(String(10))
    diagnosis_text: Mapped[str | None] = mapped_column(String(300))
    onset: Mapped[Onset | None]
    onset_week: Mapped[int | None]
    gestation_weeks: Mapped[int | None]
    birth_mode: Mapped[BirthMode | None]
    birth_complications: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Medication(ClinicOwned, Base):
    """One medicine beside the treatment. Another dose is another row.

    Days are the first and the last on which she took it; None: start not known, still taken.
    `stop_unclear`: whether she still takes it is asked at the next contact; until then it counts.
    `void_reason` is written when the row was entered in error; it then counts nowhere.
    """

    __tablename__ = "medication"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("course", "course_id"),
        Index(None, "clinic_id", "course_id"),
        CheckConstraint("stopped_on IS NULL OR NOT stop_unclear", "stop_unclear"),
    )

    patient_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    drug: Mapped[str] = mapped_column(String(120))
    drug_class: Mapped[DrugClass]
    dose: Mapped[str | None] = mapped_column(String(120))
    started_on: Mapped[date | None]
    stopped_on: Mapped[date | None]
    stop_unclear: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None] = mapped_column(Text)
    void_reason: Mapped[str | None] = mapped_column(Text)
    recorded_by_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class ConsentText(ClinicOwned, Base):
    """Version `n` of the wording of consent for one form of the drug. The highest `n` is in force.

    `code` is the form (racemic, esketamine); `digest` is SHA-256 in hex over title and body.
    """

    __tablename__ = "consent_text"
    __table_args__ = owned(UniqueConstraint("clinic_id", "code", "n"), **append_only())

    code: Mapped[str] = mapped_column(String(40))
    n: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    published_by_id: Mapped[uuid.UUID]
    published_at: Mapped[datetime]


class ConsentTalk(ClinicOwned, Base):
    """One talk that came before her signature, written down by staff. The latest counts."""

    __tablename__ = "consent_talk"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("course", "course_id"),
        Index(None, "clinic_id", "course_id"),
        **append_only(),
    )

    patient_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    talk: Mapped[Talk]
    held_on: Mapped[date]
    with_id: Mapped[uuid.UUID]
    with_name: Mapped[str] = mapped_column(String(200))
    author_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]

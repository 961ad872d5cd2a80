"""This file is about treatments that last, single visits, groups, and a therapist's own notes."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base, Encrypted, append_only
from clinic.core.tenancy import ClinicOwned, child_of, owned
from clinic.integration.rules import Kind, Status

SENSITIVE = {"audit": "sensitive"}


class CareActivity(ClinicOwned, Base):
    """One visit beside the drug: planned, done, missed, not wanted. Its history is in the trail.

    `session_id`: the session whose dose it follows, None for no dose. Who held it is somebody of
    the clinic or a name. `shared_note` is one line for the team; a therapist's own notes stay with
    the therapist. `group_session_id`: she was one of a group.
    """

    __tablename__ = "care_activity"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("course", "course_id"),
        child_of("treatment_session", "session_id"),
        child_of("group_session", "group_session_id"),
        UniqueConstraint("clinic_id", "group_session_id", "course_id"),
        Index(None, "clinic_id", "course_id"),
        Index(None, "clinic_id", "starts_at"),
        CheckConstraint("minutes IS NULL OR minutes > 0", "minutes"),
        CheckConstraint("therapist_id IS NULL OR therapist_name IS NULL", "therapist"),
    )

    patient_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    session_id: Mapped[uuid.UUID | None]
    group_session_id: Mapped[uuid.UUID | None]
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


class GroupSession(ClinicOwned, Base):
    """One meeting of a group. Each woman of it has a visit of her own; here stand no names."""

    __tablename__ = "group_session"
    __table_args__ = owned(
        Index(None, "clinic_id", "starts_at"),
        CheckConstraint("minutes IS NULL OR minutes > 0", "minutes"),
        CheckConstraint("therapist_id IS NULL OR therapist_name IS NULL", "therapist"),
    )

    kind: Mapped[Kind]
    title: Mapped[str] = mapped_column(String(120))
    starts_at: Mapped[datetime]
    minutes: Mapped[int | None]
    therapist_id: Mapped[uuid.UUID | None]
    therapist_name: Mapped[str | None] = mapped_column(String(120))
    recorded_by_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class CareTreatment(ClinicOwned, Base):
    """A treatment beside the drug that lasts: psychotherapy, a day unit, lactation support.

    Days are the first and the last; None: it goes on. `void_reason`: entered in error.
    """

    __tablename__ = "care_treatment"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("course", "course_id"),
        Index(None, "clinic_id", "course_id"),
        CheckConstraint("stopped_on IS NULL OR stopped_on >= started_on", "days"),
        CheckConstraint("visits_planned IS NULL OR visits_planned > 0", "visits_planned"),
    )

    patient_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    kind: Mapped[Kind]
    title: Mapped[str] = mapped_column(String(120))
    given_by: Mapped[str | None] = mapped_column(String(120))
    visits_planned: Mapped[int | None]
    started_on: Mapped[date]
    stopped_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(Text)
    void_reason: Mapped[str | None] = mapped_column(Text)
    recorded_by_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class CareNote(ClinicOwned, Base):
    """A note of whoever held a visit, for nobody else. Written once."""

    __tablename__ = "care_note"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("care_activity", "activity_id"),
        Index(None, "clinic_id", "activity_id"),
        **append_only(),
    )

    patient_id: Mapped[uuid.UUID]
    activity_id: Mapped[uuid.UUID]
    author_id: Mapped[uuid.UUID]
    text: Mapped[str] = mapped_column(Encrypted("care_note.text"), info=SENSITIVE)
    written_at: Mapped[datetime]

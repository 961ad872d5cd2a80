"""This file is about what we remember of a course of treatment."""

import uuid
from datetime import date

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base
from clinic.core.tenancy import ClinicOwned, child_of, owned
from clinic.courses.rules import CourseStatus

ACTIVE = text("status = 'active'")


class Course(ClinicOwned, Base):
    """One course of a patient under one version of a protocol. At most one is active at a time."""

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
    )

    patient_id: Mapped[uuid.UUID]
    protocol_version_id: Mapped[uuid.UUID]
    status: Mapped[CourseStatus]
    opened_on: Mapped[date]
    opened_by_id: Mapped[uuid.UUID]
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

"""This file is about what we remember of an access beyond somebody's role."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core import clock
from clinic.core.db import Base
from clinic.core.tenancy import ClinicOwned, child_of, owned
from clinic.emergency.rules import is_open


class EmergencyAccess(ClinicOwned, Base):
    """A person read the record of one patient beyond their role, for a reason and a short time.

    It is never taken back: `ended_at` says that the person closed it before `ends_at`. `seen_at`:
    somebody else looked at it and knows of it.
    """

    __tablename__ = "emergency_access"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        ForeignKeyConstraint(["opened_by_id"], ["user.id"]),
        ForeignKeyConstraint(["seen_by_id"], ["user.id"]),
        Index(None, "clinic_id", "patient_id"),
        Index(None, "clinic_id", "opened_at"),
        CheckConstraint("opened_at < ends_at", "hours"),
        CheckConstraint("(seen_by_id IS NULL) = (seen_at IS NULL)", "seen"),
        CheckConstraint("seen_by_id IS NULL OR seen_by_id <> opened_by_id", "by_somebody_else"),
    )

    patient_id: Mapped[uuid.UUID]
    opened_by_id: Mapped[uuid.UUID]
    opened_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, info={"audit": "sensitive"})
    ended_at: Mapped[datetime | None]
    seen_by_id: Mapped[uuid.UUID | None]
    seen_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_open(self) -> bool:
        """Whether it opens anything now."""
        return is_open(clock.now(), self.ends_at, self.ended_at)

"""This file is about what we remember of exports: who took what, when and for which purpose."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base, append_only
from clinic.core.tenancy import ClinicOwned, owned


class Export(ClinicOwned, Base):
    """One export, written before its first byte leaves. `table_code` names the file."""

    __tablename__ = "export"
    __table_args__ = owned(
        Index(None, "clinic_id", "created_at"),
        Index(None, "clinic_id", "created_by_id", "created_at"),
        CheckConstraint("first_on <= last_on", "period"),
        **append_only(),
    )

    table_code: Mapped[str] = mapped_column(String(40))
    first_on: Mapped[date]
    last_on: Mapped[date]
    purpose: Mapped[str] = mapped_column(Text)
    created_by_id: Mapped[uuid.UUID]
    created_at: Mapped[datetime]

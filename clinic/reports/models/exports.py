"""This file is about what we remember of exports: who took what, when and for which purpose."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base, append_only
from clinic.core.tenancy import ClinicOwned, child_of, owned
from clinic.reports.rules import Period
from clinic.reports.rules.ordering import Order


class Export(ClinicOwned, Base):
    """One export, written before its first byte leaves.

    `what`, `protocols`, `routes`: codes with spaces between; no protocol or route: all of them.
    `course_id`: the one course that it is of. `identified`: without the mask.
    """

    __tablename__ = "export"
    __table_args__ = owned(
        child_of("course", "course_id"),
        Index(None, "clinic_id", "created_at"),
        Index(None, "clinic_id", "created_by_id", "created_at"),
        CheckConstraint("first_on <= last_on", "period"),
        **append_only(),
    )

    what: Mapped[str] = mapped_column(Text)
    first_on: Mapped[date]
    last_on: Mapped[date]
    protocols: Mapped[str] = mapped_column(Text, default="")
    routes: Mapped[str] = mapped_column(Text, default="")
    course_id: Mapped[uuid.UUID | None]
    identified: Mapped[bool]
    format: Mapped[str] = mapped_column(String(40), default="csv")
    purpose: Mapped[str] = mapped_column(Text)
    created_by_id: Mapped[uuid.UUID]
    created_at: Mapped[datetime]

    @property
    def order(self) -> Order:
        """What it asked for."""
        return Order(
            what=tuple(self.what.split()),
            period=Period(self.first_on, self.last_on),
            protocols=tuple(self.protocols.split()),
            routes=tuple(self.routes.split()),
            course_id=self.course_id,
            identified=self.identified,
            format=self.format,
        )

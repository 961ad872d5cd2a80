"""This file is about what we remember of reports: figures as they were, and under which rules."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base, append_only
from clinic.core.tenancy import ClinicOwned, owned
from clinic.reports.rules.outcomes import Cohort
from clinic.reports.rules.period import Period


class SavedReport(ClinicOwned, Base):
    """The figures of a period and cohort as they stood at `as_of_at`, written once.

    `protocol`, `route`, `medicine`: codes, "" for all. `definitions_version` and `_digest`: the
    rules by which they were computed. `figures`: canonical text, `sha256` (hex) of it.
    """

    __tablename__ = "saved_report"
    __table_args__ = owned(
        Index(None, "clinic_id", "created_at"),
        CheckConstraint("first_on <= last_on", "period"),
        **append_only(),
    )

    title: Mapped[str] = mapped_column(String(120))
    first_on: Mapped[date]
    last_on: Mapped[date]
    protocol: Mapped[str] = mapped_column(String(80))
    route: Mapped[str] = mapped_column(String(40))
    medicine: Mapped[str] = mapped_column(String(40))
    scale: Mapped[str] = mapped_column(String(40))
    as_of_at: Mapped[datetime]
    definitions_version: Mapped[int]
    definitions_digest: Mapped[str] = mapped_column(String(64))
    figures: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    created_by_id: Mapped[uuid.UUID]
    created_at: Mapped[datetime]

    @property
    def period(self) -> Period:
        """Of which days it is."""
        return Period(self.first_on, self.last_on)

    @property
    def cohort(self) -> Cohort:
        """Whose figures they are."""
        return Cohort(self.protocol, self.route, self.medicine, self.scale)

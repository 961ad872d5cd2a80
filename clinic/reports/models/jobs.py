"""This file is about what we remember of files that a worker makes, and of orders kept by name."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base
from clinic.core.tenancy import ClinicOwned, child_of, owned
from clinic.reports.rules.jobs import JobState, Standing


class ExportJob(ClinicOwned, Base):
    """The making of one export's file. The export stays; the file goes when it expires.

    `lease_ends_at`: until when the worker that made the claim `claim_id` must be heard of. `done`
    of `total`: sessions and courses, each once for every kind of table. `rows`, `size` (bytes) and
    `sha256` (hex): of the whole file. Its progress is in no trail; that it was ready, taken and
    deleted is.
    """

    __tablename__ = "export_job"
    __table_args__ = owned(
        child_of("export", "export_id"),
        UniqueConstraint("clinic_id", "export_id"),
        Index(None, "clinic_id", "state"),
        CheckConstraint("(state = 'running') = (claim_id IS NOT NULL)", "claimed"),
        CheckConstraint("state <> 'ready' OR sha256 IS NOT NULL", "whole"),
        trail=False,
    )

    export_id: Mapped[uuid.UUID]
    state: Mapped[JobState] = mapped_column(default=JobState.QUEUED)
    claim_id: Mapped[uuid.UUID | None]
    lease_ends_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    rows: Mapped[int | None]
    size: Mapped[int | None] = mapped_column(BigInteger)
    sha256: Mapped[str | None] = mapped_column(String(64))
    file_name: Mapped[str | None] = mapped_column(String(200))
    fault: Mapped[str | None] = mapped_column(String(300))
    expires_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    def is_ready_since(self, moment: datetime) -> bool:
        """Whether its file is ready, and became so at a moment or later."""
        made = self.finished_at
        return self.state is JobState.READY and made is not None and made >= moment

    @property
    def standing(self) -> Standing:
        """How it stands, for words."""
        return Standing(self.state, self.tries, self.done, self.total, self.lease_ends_at)


class ExportDefinition(ClinicOwned, Base):
    """What to export, kept by name. The period is chosen each time; it is never identified."""

    __tablename__ = "export_definition"
    __table_args__ = owned(UniqueConstraint("clinic_id", "name"))

    name: Mapped[str] = mapped_column(String(80))
    what: Mapped[str] = mapped_column(Text)
    protocols: Mapped[str] = mapped_column(Text, default="")
    routes: Mapped[str] = mapped_column(Text, default="")
    format: Mapped[str] = mapped_column(String(40))
    purpose: Mapped[str] = mapped_column(Text)
    saved_by_id: Mapped[uuid.UUID]
    saved_at: Mapped[datetime]

"""This file is about what we remember of protocols: each published version, word for word."""

import uuid
from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base, append_only
from clinic.core.tenancy import ClinicOwned, owned


class ProtocolVersion(ClinicOwned, Base):
    """Version `n` of the protocol `code`. The highest `n` is in force.

    `body` is canonical JSON and `digest` its SHA-256 in hex; `demonstration` is the sentence that
    stands on every page that uses the version, or None when a clinician approved it.
    """

    __tablename__ = "protocol_version"
    __table_args__ = owned(UniqueConstraint("clinic_id", "code", "n"), **append_only())

    code: Mapped[str] = mapped_column(String(80))
    n: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    demonstration: Mapped[str | None] = mapped_column(String(200))
    published_by_id: Mapped[uuid.UUID]
    published_at: Mapped[datetime]

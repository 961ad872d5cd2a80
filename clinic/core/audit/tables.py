"""This file is about the trail's two tables: the events, and where each chain of them ends."""

import uuid
from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base, append_only, belongs_by

FIRST = "0" * 64
UNTRACKED = {"trail": False}  # table info: changes of these rows are no events


class AuditEvent(Base):
    """One link of a chain. `body` is canonical JSON and what the hash covers; the other columns
    repeat parts of it for look-ups and are compared with it by `flask audit verify`."""

    __tablename__ = "audit_event"
    __table_args__ = (
        UniqueConstraint("chain_id", "seq"),
        {"info": append_only() | belongs_by("chain_id") | UNTRACKED},
    )

    chain_id: Mapped[uuid.UUID]
    seq: Mapped[int]
    action: Mapped[str]
    patient_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    occurred_at: Mapped[datetime]
    body: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str]
    hash: Mapped[str]


class ClinicHead(Base):
    """The end of each chain and the last number of the log. Locked last, always."""

    __tablename__ = "clinic_head"
    __table_args__ = {"info": belongs_by("id") | UNTRACKED}

    audit_seq: Mapped[int] = mapped_column(default=0)
    audit_hash: Mapped[str] = mapped_column(default=FIRST)
    log_seq: Mapped[int] = mapped_column(default=0)

"""This file is about what we remember of messages, and how a clinic wants them sent."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base, Encrypted
from clinic.core.tenancy import ClinicOwned, child_of, owned
from clinic.messages.rules import Channel, State

SECRET = {"audit": "secret"}
SENSITIVE = {"audit": "sensitive"}


class MessageSettings(ClinicOwned, Base):
    """How a clinic sends, and the numbers that a woman is given to call. One row per clinic.

    `quiet_from`, `quiet_until`: `HH:MM` on her wall. `link_hours`: how long a private link works.
    `answers_read`: when answers are read, in words. `sender`: how the clinic calls itself in a
    message, neutral. None: not set.
    """

    __tablename__ = "message_settings"
    __table_args__ = owned(UniqueConstraint("clinic_id"))

    sender: Mapped[str | None] = mapped_column(String(60))
    quiet_from: Mapped[str | None] = mapped_column(String(5))
    quiet_until: Mapped[str | None] = mapped_column(String(5))
    reminder_count: Mapped[int | None]
    reminder_hours: Mapped[int | None]
    link_hours: Mapped[int | None]
    clinic_line: Mapped[str | None] = mapped_column(String(40))
    clinic_hours: Mapped[str | None] = mapped_column(String(60))
    crisis_line: Mapped[str | None] = mapped_column(String(40))
    crisis_note: Mapped[str | None] = mapped_column(String(60))
    emergency: Mapped[str | None] = mapped_column(String(40))
    answers_read: Mapped[str | None] = mapped_column(String(100))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Message(ClinicOwned, Base):
    """One message to a patient or to a person of the staff. `key`: never the same twice.

    `sealed`: the text, encrypted, since it may hold the address of a private link; emptied once
    nothing is to be sent any more. `not_before_at` moves with each failed try.
    """

    __tablename__ = "message"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        ForeignKeyConstraint(["user_id"], ["user.id"]),
        UniqueConstraint("clinic_id", "key"),
        Index(None, "clinic_id", "state", "not_before_at"),
        Index(None, "clinic_id", "patient_id"),
        CheckConstraint("(patient_id IS NULL) <> (user_id IS NULL)", "one_receiver"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", "sent"),
    )

    key: Mapped[str] = mapped_column(String(200))
    patient_id: Mapped[uuid.UUID | None]
    user_id: Mapped[uuid.UUID | None]
    channel: Mapped[Channel]
    address: Mapped[str] = mapped_column(Encrypted("message.address"), info=SENSITIVE)
    purpose: Mapped[str] = mapped_column(String(60))
    sealed: Mapped[str | None] = mapped_column(Encrypted("message.sealed"), info=SECRET)
    put_at: Mapped[datetime]
    not_before_at: Mapped[datetime]
    state: Mapped[State]
    tries: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    fault: Mapped[str | None] = mapped_column(String(300))

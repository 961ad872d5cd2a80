"""This file is about duties of a shift: who is named for which, from when to when."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.accounts.rules.duties import DutyKind
from clinic.core.db import Base
from clinic.core.tenancy import ClinicOwned, child_of, owned


class Duty(ClinicOwned, Base):
    """A person named for a duty of a shift. They answer for it once they have accepted.

    `ended_at`: when it really ended, at a hand-over or by a person; `withdrawn_at`: declined, or
    taken back before it began. `follows_id`: whose duty this one continues.
    """

    __tablename__ = "duty"
    __table_args__ = owned(
        child_of("duty", "follows_id"),
        ForeignKeyConstraint(["user_id"], ["user.id"]),
        Index(None, "clinic_id", "ends_at"),
        CheckConstraint("starts_at < ends_at", "hours"),
    )

    kind: Mapped[DutyKind]
    user_id: Mapped[uuid.UUID]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    note: Mapped[str | None] = mapped_column(Text)
    named_by_id: Mapped[uuid.UUID]
    named_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    follows_id: Mapped[uuid.UUID | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

"""This file is about milk around a dose: the last feed, what was expressed, the first feed."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base, append_only
from clinic.core.tenancy import ClinicOwned, child_of, owned
from clinic.integration.rules import MilkEvent


class MilkEntry(ClinicOwned, Base):
    """One line of the milk log of a dose, written once; corrected by a line that names it.

    `ml`: whole millilitres, None for not measured. `discarded` is said of expressed milk only.
    """

    __tablename__ = "milk_entry"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("treatment_session", "session_id"),
        child_of("milk_entry", "corrects_id"),
        UniqueConstraint("clinic_id", "corrects_id"),
        Index(None, "clinic_id", "session_id"),
        CheckConstraint("ml IS NULL OR (ml > 0 AND event = 'expressed')", "ml"),
        CheckConstraint("(event = 'expressed') = (discarded IS NOT NULL)", "discarded"),
        CheckConstraint("(corrects_id IS NULL) = (reason IS NULL)", "reason"),
        CheckConstraint("NOT withdrawn OR corrects_id IS NOT NULL", "withdrawn"),
        **append_only(),
    )

    patient_id: Mapped[uuid.UUID]
    session_id: Mapped[uuid.UUID]
    event: Mapped[MilkEvent]
    happened_at: Mapped[datetime]
    ml: Mapped[int | None]
    discarded: Mapped[bool | None]
    withdrawn: Mapped[bool] = mapped_column(default=False)
    corrects_id: Mapped[uuid.UUID | None]
    reason: Mapped[str | None] = mapped_column(Text)
    author_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]

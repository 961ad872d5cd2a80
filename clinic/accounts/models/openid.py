"""This file is about whom a clinic's own sign-in service means by a subject."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base


class OpenIdSubject(Base):
    """A person is known to a sign-in service as `subject`; they joined the two themselves."""

    __tablename__ = "open_id_subject"
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        UniqueConstraint("user_id", "issuer"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"), index=True)
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(255))
    joined_at: Mapped[datetime]

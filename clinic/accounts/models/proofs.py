"""This file is about what lets somebody in beside a password: one-time links and passkeys."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, exists
from sqlalchemy.orm import Mapped, column_property, mapped_column

from clinic.accounts.models.people import SECRET, User
from clinic.accounts.rules.links import LinkKind
from clinic.core.db import Base


class OneTimeLink(Base):
    """A way in that works once: for an invitation, or for a forgotten password.

    Known by the hash of its token alone. Outside the wall: it is opened before anybody acts.
    `clinic_id`: whose trail tells of it. `made_by_id` None: the operator, or the person herself.
    """

    __tablename__ = "one_time_link"
    __table_args__ = (Index(None, "clinic_id", "user_id"),)

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    clinic_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("clinic.id"))
    kind: Mapped[LinkKind]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class Passkey(Base):
    """A key that a person's own device keeps: it proves who they are beside the password.

    `credential_id`, `public_key`: base64 without padding, as browsers send them. `sign_count`: what
    the device counted last; a smaller number is a copy of it.
    """

    __tablename__ = "passkey"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True, info=SECRET)
    public_key: Mapped[str] = mapped_column(Text, info=SECRET)
    sign_count: Mapped[int]
    transports: Mapped[str] = mapped_column(String(100))
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


# Read with the person at every request, so that a key that was taken off counts no more at once.
User.has_passkey = column_property(
    exists().where(Passkey.user_id == User.id).correlate_except(Passkey)
)

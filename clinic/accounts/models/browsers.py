"""This file is about shared tablets, signed-in browsers, and counts of wrong tries."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.accounts.models.people import SECRET
from clinic.core.db import Base
from clinic.core.tenancy import child_of

UNTRACKED = {
    "trail": False
}  # what the browser does by itself is in no trail; sign-in and sign-out are


class Device(Base):
    """A tablet that several people share. Known by the hash of its cookie alone.

    Outside the wall, like a membership: it is read before anybody acts.
    """

    __tablename__ = "device"
    __table_args__ = (UniqueConstraint("clinic_id", "id"),)

    clinic_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("clinic.id"))
    name: Mapped[str] = mapped_column(String(60))
    room: Mapped[str | None] = mapped_column(String(40))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    enrolled_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    enrolled_at: Mapped[datetime]
    ended_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def label(self) -> str:
        """`Tablet 1, room 2`."""
        return f"{self.name}, room {self.room}" if self.room else self.name


class DeviceUser(Base):
    """A person who signed in on a tablet with all their proofs, and how often a PIN was wrong.

    `signed_in_at`: the last full sign-in there; `wrong_pins`: since then, in a row.
    """

    __tablename__ = "device_user"
    __table_args__ = (
        UniqueConstraint("device_id", "user_id"),
        child_of("device", "device_id"),
        {"info": UNTRACKED},
    )

    clinic_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("clinic.id"))
    device_id: Mapped[uuid.UUID]
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    signed_in_at: Mapped[datetime]
    wrong_pins: Mapped[int] = mapped_column(default=0)


class UserSession(Base):
    """A browser that is signed in, or on its way there. Known by the hash of its cookie alone."""

    __tablename__ = "user_session"
    __table_args__ = {"info": UNTRACKED}

    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    user_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id"), index=True)
    clinic_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("clinic.id"))
    data: Mapped[str] = mapped_column(Text, info=SECRET)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]


class SignInThrottle(Base):
    """How often somebody was wrong about an account, or from an address. Holds hashes, no names."""

    __tablename__ = "sign_in_throttle"
    __table_args__ = {"info": UNTRACKED}

    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    failures: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime]
    pause_ends_at: Mapped[datetime | None]

"""This file is about clinics, who works there, their duties, their tablets, signed-in browsers."""

import uuid
from datetime import datetime

from flask_security import AsaList, UserMixin
from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    select,
)
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column

from clinic.accounts.rules.duties import DutyKind
from clinic.core.db import Base, db
from clinic.core.permissions import Role
from clinic.core.tenancy import ClinicOwned, child_of, owned

SECRET = {"audit": "secret"}
UNTRACKED = {
    "trail": False
}  # what the browser does by itself is in no trail; sign-in and sign-out are


class Clinic(Base):
    """A place of treatment: every clinical row belongs to one."""

    __tablename__ = "clinic"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    timezone: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str | None] = mapped_column(String(40))
    second_factor_required: Mapped[bool] = mapped_column(default=False)
    idle_minutes: Mapped[int | None]
    most_sessions_per_nurse: Mapped[int | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class User(Base, UserMixin):  # type: ignore[misc]
    """A person who can sign in. What they may do is said by their membership of a clinic.

    The names that begin with `fs_`, `tf_` and `mf_` are those Flask-Security looks for.
    """

    __tablename__ = "user"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    full_name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str | None] = mapped_column(String(60))
    password: Mapped[str] = mapped_column(String(255), info=SECRET)
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(Text, info=SECRET)
    tf_last_counter: Mapped[int | None] = mapped_column(info=SECRET)
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(
        MutableList.as_mutable(AsaList()), info=SECRET
    )
    pin_hash: Mapped[str | None] = mapped_column(String(255), info=SECRET)
    pin_digits: Mapped[int | None]
    left_handed: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    roles = ()  # type: ignore[assignment]  # ours belong to a membership

    def check_tf_required(
        self, tf_setup_methods: list[tuple[str, str]], tf_fresh: bool
    ) -> tuple[bool, list[tuple[str, str]]]:
        """A second step is asked of whoever has one, and of whoever works where it is required."""
        return bool(tf_setup_methods) or self.check_tf_required_setup(), tf_setup_methods

    def check_tf_required_setup(self) -> bool:
        """Whether a clinic of theirs requires a second step."""
        asks = (
            select(Clinic.id)
            .join(Membership, Membership.clinic_id == Clinic.id)
            .where(Membership.user_id == self.id, Membership.is_active)
            .where(Clinic.second_factor_required)
        )
        return db.session.scalar(asks.limit(1)) is not None


class Membership(Base):
    """What a person is in a clinic. Outside the wall: it is read before anybody acts."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("user_id", "clinic_id"),)

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    clinic_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("clinic.id"), index=True)
    role: Mapped[Role]
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


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

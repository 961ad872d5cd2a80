"""This file is about clinics, the people who work there, and what each is in a clinic."""

import uuid

from flask_security import AsaList, UserMixin
from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base, db
from clinic.core.permissions import Role

SECRET = {"audit": "secret"}


class Clinic(Base):
    """A place of treatment: every clinical row belongs to one."""

    __tablename__ = "clinic"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    timezone: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str | None] = mapped_column(String(40))
    second_factor_required: Mapped[bool] = mapped_column(default=True)
    idle_minutes: Mapped[int | None]
    absolute_hours: Mapped[int | None]
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

    @property
    def has_second_step(self) -> bool:
        """Whether a person has proved to have something beside the password."""
        return self.tf_primary_method is not None or bool(getattr(self, "has_passkey", False))

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

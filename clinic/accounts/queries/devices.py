"""This file is about what may be asked of shared tablets: which there are, whom each knows."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from flask import g
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.accounts.models import Clinic, Device, DeviceUser, Membership, User
from clinic.accounts.queries.people import full_name
from clinic.accounts.rules.pins import WRONG_PINS
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.permissions import Role


@dataclass(frozen=True)
class Face:
    """Somebody who signed in on this tablet today. digits: how long their PIN is, None: none."""

    user_id: uuid.UUID
    name: str
    role: Role
    digits: int | None
    signed_in_at: datetime
    is_locked: bool


def device_by_token(session: Session, token_hash: str) -> Device | None:
    """An enrolled tablet by the hash of its cookie."""
    return session.scalar(
        select(Device).where(Device.token_hash == token_hash, Device.ended_at.is_(None))
    )


def devices() -> list[Device]:
    """The tablets of the acting clinic, those in use first, then by name."""
    found = db.session.scalars(select(Device).where(Device.clinic_id == acting().clinic_id))
    return sorted(found, key=lambda device: (device.ended_at is not None, device.name, device.id))


def device_label(device_id: str | None) -> str:
    """What a tablet of the acting clinic is called; nothing for what is none. One query a page."""
    if not device_id:
        return ""
    if "device_labels" not in g:
        g.device_labels = {str(device.id): device.label for device in devices()}
    label: str = g.device_labels.get(device_id, "")
    return label


def faces(device: Device, since: datetime) -> list[Face]:
    """Who signed in on a tablet after `since` and works in its clinic now, by name."""
    people = (
        select(User, Membership, DeviceUser)
        .join(DeviceUser, DeviceUser.user_id == User.id)
        .join(Membership, Membership.user_id == User.id)
        .where(
            DeviceUser.device_id == device.id,
            DeviceUser.signed_in_at > since,
            Membership.clinic_id == device.clinic_id,
            Membership.is_active,
            User.active,
        )
        .order_by(User.full_name, User.id)
    )
    return [
        Face(
            user_id=person.id,
            name=full_name(person),
            role=place.role,
            digits=person.pin_digits,
            signed_in_at=known.signed_in_at,
            is_locked=known.wrong_pins >= WRONG_PINS,
        )
        for person, place, known in db.session.execute(people)
    ]


def longest_hours(session: Session, clinic_id: uuid.UUID) -> int | None:
    """How many hours a sitting lasts at most in a clinic; None: it has not said."""
    return session.scalar(select(Clinic.absolute_hours).where(Clinic.id == clinic_id))


def known_on(session: Session, device_id: uuid.UUID, user_id: uuid.UUID) -> DeviceUser | None:
    """That a person signed in on a tablet; locked, so that each wrong PIN counts."""
    return session.scalar(
        select(DeviceUser)
        .where(DeviceUser.device_id == device_id, DeviceUser.user_id == user_id)
        .with_for_update()
    )


def who_may_use_a_pin(
    session: Session, clinic_id: uuid.UUID, user_id: uuid.UUID
) -> tuple[User, Membership] | None:
    """A person with a PIN who works in a clinic now."""
    found = session.execute(
        select(User, Membership)
        .join(Membership, Membership.user_id == User.id)
        .where(
            User.id == user_id,
            User.active,
            User.pin_hash.is_not(None),
            Membership.clinic_id == clinic_id,
            Membership.is_active,
        )
    ).first()
    return (found[0], found[1]) if found else None

"""This file is about shared tablets: enrolled, ended, and whom each of them knows today."""

import secrets
import uuid

from sqlalchemy import select

from clinic.accounts.actions.sittings import TOKEN_BYTES, hash_of
from clinic.accounts.models import Device, DeviceUser
from clinic.accounts.queries.devices import devices, known_on
from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable


def enrol(name: str, room: str | None) -> tuple[Device, str]:
    """A tablet of the acting clinic, and the token of its cookie; only the hash is kept.

    Raises Unprocessable for a name that another tablet in use has.
    """
    if any(one.name == name and one.ended_at is None for one in devices()):
        raise Unprocessable({"name": ["Another tablet has this name. End it, or choose another."]})
    token = secrets.token_urlsafe(TOKEN_BYTES)
    device = Device(
        clinic_id=acting().clinic_id,
        name=name,
        room=room,
        token_hash=hash_of(token),
        enrolled_by_id=acting().actor_id,
        enrolled_at=clock.now(),
    )
    db.session.add(device)
    db.session.flush()
    return device, token


def end_device(device: Device, version: int | None) -> None:
    """A tablet is none of the clinic's any more: its cookie opens nothing. Raises Conflict."""
    if device.version != version or device.ended_at is not None:
        raise Conflict("This tablet was changed by somebody else meanwhile.")
    device.ended_at, device.ended_by_id = clock.now(), acting().actor_id
    db.session.flush()


def know_on(device: Device, user_id: uuid.UUID) -> None:
    """A person signed in on a tablet with all their proofs: their PIN opens it from now on."""
    known = known_on(db.session(), device.id, user_id)
    if known is None:
        known = DeviceUser(clinic_id=device.clinic_id, device_id=device.id, user_id=user_id)
        db.session.add(known)
    known.signed_in_at, known.wrong_pins = clock.now(), 0
    db.session.flush()


def forget_on(device_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """A person signed out on a tablet: it does not know them any more."""
    known = known_on(db.session(), device_id, user_id)
    if known is not None:
        db.session.delete(known)


def forget_everywhere(user_id: uuid.UUID) -> None:
    """No tablet knows a person any more; the next sign-in is a full one."""
    for known in db.session.scalars(select(DeviceUser).where(DeviceUser.user_id == user_id)):
        db.session.delete(known)

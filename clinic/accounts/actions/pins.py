"""This file is about PINs: chosen after the password, tried on a tablet, counted before."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_security import hash_password
from sqlalchemy.orm import Session

from clinic.accounts.models import Device
from clinic.accounts.queries import user_by_id
from clinic.accounts.queries.devices import known_on, who_may_use_a_pin
from clinic.accounts.rules.pins import WRONG_PINS, is_known, pin_weakness
from clinic.core import audit, clock
from clinic.core.db import db
from clinic.core.errors import Unprocessable


@dataclass(frozen=True)
class PinTry:
    """A PIN about to be looked at. wrong: how many in a row, should this one be wrong too."""

    pin_hash: str
    wrong: int
    signed_in_at: datetime


def set_pin(user_id: uuid.UUID, pin: str) -> None:
    """Give a person a PIN, or another one. Raises Unprocessable for a weak one."""
    if weak := pin_weakness(pin, clock.now().year):
        raise Unprocessable({"pin": [weak]})
    person = user_by_id(user_id)
    person.pin_hash, person.pin_digits = hash_password(pin), len(pin)
    db.session.flush()


def take_pin_try(
    session: Session, device: Device, user_id: uuid.UUID, shift: timedelta
) -> PinTry | None:
    """Count a try before it is looked at. None: this person cannot use a PIN here now.

    shift: for how long a full sign-in on the tablet lets a PIN open it.
    """
    known = known_on(session, device.id, user_id)
    found = who_may_use_a_pin(session, device.clinic_id, user_id)
    if known is None or found is None or known.wrong_pins >= WRONG_PINS:
        return None
    if not is_known(known.signed_in_at, clock.now(), shift):
        return None
    known.wrong_pins += 1
    return PinTry(str(found[0].pin_hash), known.wrong_pins, known.signed_in_at)


def note_wrong_pin(
    session: Session, device: Device, user_id: uuid.UUID, wrong: int, **where: Any
) -> None:
    """A wrong PIN is an event, and so is the lock that begins with the last of them."""
    what = where | {"device": str(device.id), "clinic_id": device.clinic_id}
    audit.note(session, "wrong-pin", "User", user_id, **what)
    if wrong >= WRONG_PINS:
        audit.note(session, "lock-pin", "User", user_id, **what)


def note_switch(device: Device, user_id: uuid.UUID) -> None:
    """A right PIN: the count starts afresh, and the trail says who is at the tablet from now."""
    known = known_on(db.session(), device.id, user_id)
    if known is not None:
        known.wrong_pins = 0
    what: dict[str, Any] = {"clinic_id": device.clinic_id, "device": str(device.id)}
    audit.note(db.session(), "switch", "User", user_id, **what)


def note_lock(device: Device, user_id: uuid.UUID) -> None:
    """Somebody left the tablet, or it was left alone: nobody is at it from now on."""
    what: dict[str, Any] = {"clinic_id": device.clinic_id, "device": str(device.id)}
    audit.note(db.session(), "lock", "User", user_id, **what)

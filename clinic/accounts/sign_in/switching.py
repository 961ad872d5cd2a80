"""This file is about changing who is at a shared tablet: by PIN, and nobody while it is locked."""

from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from flask import current_app, request, session
from flask_login import login_user
from sqlalchemy.orm import Session

from clinic.accounts.actions import pins
from clinic.accounts.actions.pins import PinTry
from clinic.accounts.actions.sittings import Person
from clinic.accounts.forms import is_password
from clinic.accounts.models import Device, User
from clinic.accounts.queries import user_by_id
from clinic.accounts.queries.devices import Face, faces, longest_hours
from clinic.accounts.rules.pins import wrong_pin_in_words
from clinic.accounts.web_session import ServerSession, longest_sitting
from clinic.core import clock
from clinic.core.db import apart, db
from clinic.core.errors import Unprocessable

SIGN_IN_FIRST = "Sign in with the password: this tablet does not know this PIN today."


def this_device() -> Device | None:
    """The shared tablet that this request comes from, whoever is at it."""
    return getattr(session, "device", None)


def people_here(device: Device) -> list[Face]:
    """Who may come back to a tablet: those who signed in on it within a shift."""
    return faces(device, clock.now() - shift(db.session(), device))


def shift(session: Session, device: Device) -> timedelta:
    """For how long a full sign-in lets a PIN open the tablet: as long as a sitting may last."""
    return longest_sitting(longest_hours(session, device.clinic_id))


def by_pin(device: Device, user_id: UUID, pin: str) -> User:
    """Let a person take over the tablet. Raises Unprocessable (field `pin`).

    Called before anything is read in the main transaction: the try is counted apart from it.
    """
    with apart() as counting:
        taken = pins.take_pin_try(counting, device, user_id, shift(counting, device))
    if taken is None:
        raise Unprocessable({"pin": [SIGN_IN_FIRST]})
    if not is_password(pin, taken.pin_hash):
        refuse(device, user_id, taken)
    person = user_by_id(user_id)
    pins.note_switch(device, person.id)
    take_over(person, Person(person.id, device.clinic_id), taken.signed_in_at)
    return person


def refuse(device: Device, user_id: UUID, taken: PinTry) -> None:
    """Tell a wrong PIN, and how many are left. It stays counted."""
    with apart() as noting:
        pins.note_wrong_pin(noting, device, user_id, taken.wrong, address=request.remote_addr)
    raise Unprocessable({"pin": [wrong_pin_in_words(taken.wrong)]})


def take_over(person: User, at_work: Person, signed_in_at: datetime) -> None:
    """End the sitting of whoever was there and begin this one, no older than the full sign-in.

    It holds no fresh password, so whatever asks for one asks again.
    """
    browser = cast(ServerSession, session)
    browser.switch(at_work, signed_in_at)
    login_user(person, force=True)
    browser["_fresh"] = False


def lock(device: Device) -> None:
    """Nobody is at the tablet any more; whom it knows, it still knows."""
    browser = cast(ServerSession, session)
    if browser.sitting is not None:
        pins.note_lock(device, browser.sitting.user.id)
    browser.end()


def lock_minutes() -> int:
    """After how many minutes without a touch a tablet locks itself."""
    minutes: int = current_app.config["TABLET_LOCK_MINUTES"]
    return minutes

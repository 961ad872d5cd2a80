"""This file is about clinics and people: made, given a role, given a password, sent home."""

import secrets
import uuid
from zoneinfo import ZoneInfo, available_timezones

from flask import current_app
from flask_security import hash_password

from clinic.accounts.actions.devices import forget_everywhere
from clinic.accounts.actions.sittings import end_sittings
from clinic.accounts.models import Clinic, Membership, User
from clinic.accounts.queries import clinic_by_code, membership_of, user_by_email, user_by_id
from clinic.accounts.queries.passkeys import passkeys_of
from clinic.accounts.rules import is_email, normalised_email
from clinic.core import audit
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.permissions import Role

IN_USE = "Somebody has this email address already."


def create_clinic(
    *,
    code: str,
    name: str,
    timezone: str,
    phone: str | None = None,
    second_factor_required: bool = True,
    idle_minutes: int | None = None,
) -> Clinic:
    """A new clinic. Raises Unprocessable for a code in use or an unknown time zone."""
    faults: dict[str, list[str]] = {}
    if not code.strip() or clinic_by_code(code.strip()) is not None:
        faults["code"] = ["Choose a short name that no other clinic has."]
    if not name.strip():
        faults["name"] = ["Enter the name of the clinic."]
    if timezone not in available_timezones():
        faults["timezone"] = ["Enter a time zone such as Europe/London or America/New_York."]
    refuse(faults)
    clinic = Clinic(
        code=code.strip(),
        name=name.strip(),
        timezone=ZoneInfo(timezone).key,
        phone=phone,
        second_factor_required=second_factor_required,
        idle_minutes=idle_minutes,
    )
    db.session.add(clinic)
    db.session.flush()
    return clinic


def require_second_step(clinic: Clinic, *, required: bool) -> None:
    """Whether everybody in a clinic proves with a second step who they are, from now on."""
    clinic.second_factor_required = required
    db.session.flush()


def limit_sessions(clinic: Clinic, most: int | None, version: int | None) -> None:
    """How many running sessions one nurse may answer for; None: not set (definitions D8.1).

    Raises Conflict when somebody else has changed the clinic meanwhile.
    """
    if clinic.version != version:
        raise Conflict("Somebody else changed this clinic meanwhile. Open the page again.")
    clinic.most_sessions_per_nurse = most
    db.session.flush()


def limit_sittings(
    clinic: Clinic, idle_minutes: int | None, hours: int | None, version: int | None
) -> None:
    """How long a browser stays signed in unused, and at most; None: as the server is set.

    Raises Conflict when somebody else has changed the clinic meanwhile.
    """
    if clinic.version != version:
        raise Conflict("Somebody else changed this clinic meanwhile. Open the page again.")
    clinic.idle_minutes, clinic.absolute_hours = idle_minutes, hours
    db.session.flush()


def choose_hand(user_id: uuid.UUID, *, left_handed: bool) -> None:
    """On which side a person has keypad and save button on a tablet."""
    user_by_id(user_id).left_handed = left_handed
    db.session.flush()


def create_user(*, email: str, full_name: str, password: str, title: str | None = None) -> User:
    """A new person, who can sign in once they are a member of a clinic.

    Raises Unprocessable for an email that is none or is taken (look-alikes too), and for a weak
    password.
    """
    person = User(
        email=normalised_email(email),
        full_name=full_name.strip(),
        title=title,
        password="",
        fs_uniquifier=secrets.token_hex(16),
    )
    faults: dict[str, list[str]] = {}
    if not is_email(person.email):
        faults["email"] = ["Enter an email address, such as name@clinic.example."]
    elif user_by_email(db.session(), person.email) is not None:
        faults["email"] = [IN_USE]
    if not person.full_name:
        faults["full_name"] = ["Enter first and last name."]
    if weak := weaknesses(password, person):
        faults["password"] = weak
    refuse(faults)
    person.password = hash_password(normalised_password(password))
    db.session.add(person)
    db.session.flush()
    return person


def add_membership(user_id: uuid.UUID, clinic_id: uuid.UUID, role: Role) -> Membership:
    """Let a person work in a clinic. Raises Unprocessable when they already do."""
    if membership_of(user_id, clinic_id) is not None:
        raise Unprocessable({"clinic": ["This person has a place in this clinic already."]})
    membership = Membership(user_id=user_id, clinic_id=clinic_id, role=role)
    db.session.add(membership)
    db.session.flush()
    return membership


def set_role(user_id: uuid.UUID, clinic_id: uuid.UUID, role: Role) -> None:
    """Change what a person is in a clinic. They sign in again, so that nothing old stays open."""
    membership = existing_membership(user_id, clinic_id)
    membership.role = role
    membership.is_active = True
    end_sittings(user_id, clinic_id=clinic_id)
    forget_everywhere(user_id)
    db.session.flush()


def deactivate(user_id: uuid.UUID, clinic_id: uuid.UUID | None = None) -> None:
    """Send a person home: from one clinic, or from all when none is named. Never deleted."""
    if clinic_id is not None:
        existing_membership(user_id, clinic_id).is_active = False
    else:
        person = user_by_id(user_id)
        person.active = False
        person.fs_uniquifier = secrets.token_hex(16)
    end_sittings(user_id, clinic_id=clinic_id)
    forget_everywhere(user_id)
    db.session.flush()


def change_password(user_id: uuid.UUID, password: str) -> None:
    """Give a person another password and end every sitting. Raises Unprocessable for a weak one."""
    person = user_by_id(user_id)
    if weak := weaknesses(password, person):
        raise Unprocessable({"password": weak})
    person.password = hash_password(normalised_password(password))
    person.fs_uniquifier = secrets.token_hex(16)
    note_password_change(person)
    db.session.flush()


def forget_second_step(user_id: uuid.UUID) -> None:
    """Take app, passkeys and recovery codes from a person, and end every sitting."""
    person = user_by_id(user_id)
    person.tf_primary_method = person.tf_totp_secret = None
    person.mf_recovery_codes = None
    for passkey in passkeys_of(user_id):
        db.session.delete(passkey)
    end_sittings(user_id)
    forget_everywhere(user_id)
    db.session.flush()


def note_password_change(person: User) -> None:
    """What follows from another password, however it was changed: sittings end, the trail knows."""
    end_sittings(person.id)
    forget_everywhere(person.id)
    audit.note(db.session(), "change-password", "User", person.id, actor_id=str(person.id))


def weaknesses(password: str, person: User) -> list[str]:
    """Why a password will not do for a person, or nothing."""
    passwords = current_app.extensions["security"].password_util
    faults, _normalised = passwords.validate(password, False, user=person)
    return [str(fault) for fault in faults or []]


def normalised_password(password: str) -> str:
    """A password in the one spelling that is hashed."""
    spelling: str = current_app.extensions["security"].password_util.normalize(password)
    return spelling


def existing_membership(user_id: uuid.UUID, clinic_id: uuid.UUID) -> Membership:
    """A membership that must be there."""
    if (membership := membership_of(user_id, clinic_id)) is None:
        raise Unprocessable({"clinic": ["This person has no place in this clinic."]})
    return membership


def refuse(faults: dict[str, list[str]]) -> None:
    """Raise when there are faults."""
    if faults:
        raise Unprocessable(faults)

"""This file is about a forgotten password: a link to the mailbox of whoever has the name.

Whatever was typed is answered alike, and each asking is counted, so that nobody learns who has an
account here and nobody's mailbox is filled.
"""

from zoneinfo import ZoneInfo

from flask import current_app, request

from clinic.accounts.actions import throttle
from clinic.accounts.actions.links import make_link, send_link
from clinic.accounts.models import Clinic, User
from clinic.accounts.queries import clinics_of, user_by_email
from clinic.accounts.queries.colleagues import has_come
from clinic.accounts.rules import (
    TRIES_PER_ADDRESS,
    TRIES_PER_PERSON,
    is_email,
    normalised_email,
)
from clinic.accounts.rules.links import LinkKind
from clinic.accounts.sign_in.tries import key
from clinic.core import audit
from clinic.core.acting import Acting, set_acting
from clinic.core.db import apart, db


def can_write() -> bool:
    """Whether this server sends mail and knows under which address people come."""
    return bool(current_app.config["SMTP_URL"] and current_app.config["PUBLIC_URL"])


def ask(typed: str) -> None:
    """Somebody forgot the password of a name. Called before anything is read."""
    email = normalised_email(typed)
    limits = {
        key("forgotten", email): TRIES_PER_PERSON,
        key("forgotten by address", request.remote_addr or ""): TRIES_PER_ADDRESS,
    }
    with apart() as counting:
        paused = bool(throttle.take_try(counting, limits).paused)
        person = user_by_email(counting, email) if is_email(email) else None
        clinics = clinics_of(counting, person.id) if person else []
        known = bool(person and person.active and clinics and has_come(counting, person.id))
    if paused:
        return
    audit.note(db.session(), "ask-for-password", "User", address=request.remote_addr)
    if known and person is not None:
        write(person, clinics[0])


def write(person: User, clinic: Clinic) -> None:
    """A link to the person's mailbox, in the name of their clinic: nobody is signed in."""
    set_acting(Acting(clinic.id, clinic.id, ZoneInfo(clinic.timezone)))
    made = make_link(person.id, clinic.id, LinkKind.NEW_PASSWORD, made_by_id=None)
    send_link(person.id, LinkKind.NEW_PASSWORD, made)

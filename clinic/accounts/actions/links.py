"""This file is about one-time links: made, sent, taken back, used for a password of one's own."""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app
from flask_security import hash_password
from sqlalchemy import select

from clinic.accounts.actions.people import normalised_password, note_password_change, weaknesses
from clinic.accounts.actions.sittings import hash_of
from clinic.accounts.models import OneTimeLink, User
from clinic.accounts.queries.colleagues import open_link
from clinic.accounts.rules.links import TOKEN_BYTES, WORKS_FOR, LinkKind, as_token
from clinic.core import audit, clock
from clinic.core.db import db, new_id
from clinic.core.errors import Unprocessable

Tell = Callable[[uuid.UUID, str, str], bool]
SENT = {
    LinkKind.INVITATION: "You are invited to sign in at work. Choose your password here",
    LinkKind.NEW_PASSWORD: "A new password was asked for you at work. Choose it here",
}
IF_NOT_YOU = (
    "The address opens once. If you did not expect this, tell the person who looks after accounts."
)


@dataclass(frozen=True)
class MadeLink:
    """A link just made. token: shown or sent now, and known to nobody afterwards."""

    token: str
    expires_at: datetime


def make_link(
    user_id: uuid.UUID,
    clinic_id: uuid.UUID,
    kind: LinkKind,
    *,
    works_for: timedelta | None = None,
    made_by_id: uuid.UUID | None = None,
) -> MadeLink:
    """A link for a person; those made before open nothing any more.

    made_by_id None: made by the operator, or because the person herself asked.
    """
    withdraw_links(user_id)
    token = as_token(secrets.token_bytes(TOKEN_BYTES))
    now = clock.now()
    link = OneTimeLink(
        user_id=user_id,
        clinic_id=clinic_id,
        kind=kind,
        token_hash=hash_of(token),
        made_by_id=made_by_id,
        made_at=now,
        expires_at=now + (works_for or WORKS_FOR[kind]),
    )
    db.session.add(link)
    db.session.flush()
    return MadeLink(token, link.expires_at)


def withdraw_links(user_id: uuid.UUID) -> None:
    """No link of a person opens anything any more."""
    unused = select(OneTimeLink).where(
        OneTimeLink.user_id == user_id,
        OneTimeLink.used_at.is_(None),
        OneTimeLink.withdrawn_at.is_(None),
    )
    for link in db.session.scalars(unused.with_for_update()):
        link.withdrawn_at = clock.now()
    db.session.flush()


def address_of(token: str) -> str | None:
    """The address of a link: under the server's own name as the operator set it, never as a
    request calls it. None: the operator has not said under which address people come."""
    public = current_app.config["PUBLIC_URL"]
    return f"{public}/one-time/{token}" if public else None


def send_link(user_id: uuid.UUID, kind: LinkKind, made: MadeLink) -> bool:
    """Send a link to the person's own mailbox. False: this server cannot; nobody was written to."""
    tell: Tell | None = current_app.extensions.get("clinic.tell_staff")
    address = address_of(made.token)
    if tell is None or address is None:
        return False
    text = f"{SENT[kind]}: {address}\n{IF_NOT_YOU}"
    return tell(user_id, f"one-time/{hash_of(made.token)[:32]}", text)


def warn(user_id: uuid.UUID, text: str) -> None:
    """Write to a person of something done about their account, where this server can."""
    tell: Tell | None = current_app.extensions.get("clinic.tell_staff")
    if tell is not None:
        tell(user_id, f"account/{new_id()}", text)


def use_link(token: str, password: str) -> User | None:
    """Give the person of a link the password they chose; the link opens nothing any more.

    None: the link is none, or over. Raises Unprocessable (field `password`) for a weak one; the
    link then still works.
    """
    found = open_link(db.session(), hash_of(token))
    if found is None:
        return None
    link, person = found
    if weak := weaknesses(password, person):
        raise Unprocessable({"password": weak})
    link.used_at = clock.now()
    person.password = hash_password(normalised_password(password))
    person.fs_uniquifier = secrets.token_hex(16)
    withdraw_links(person.id)
    note_password_change(person)
    about: dict[str, Any] = {"clinic_id": link.clinic_id, "kind": link.kind.value}
    audit.note(db.session(), "use-link", "User", person.id, **about, actor_id=str(person.id))
    db.session.flush()
    return person


def tell_with(app: Flask, tell: Tell) -> None:
    """Messages say here how a person of the staff is written to; False: they cannot be."""
    app.extensions["clinic.tell_staff"] = tell

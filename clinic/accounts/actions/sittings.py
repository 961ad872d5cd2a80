"""This file is about signed-in browsers: begun, kept, ended on the server at once."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.accounts.models import Clinic, UserSession
from clinic.accounts.queries import clinic_by_id, membership_of, stale_browsers, user_by_id
from clinic.core import audit, clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict

TOKEN_BYTES = 32


@dataclass(frozen=True)
class Person:
    """Who sits at a browser, and for which clinic."""

    user_id: uuid.UUID
    clinic_id: uuid.UUID


def hash_of(token: str) -> str:
    """What is kept of a cookie: a table that leaks opens nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin_browser(
    session: Session,
    data: str,
    person: Person | None,
    *,
    forget_after: timedelta,
    began_at: datetime | None = None,
) -> str:
    """A new row under a new id. Returns the id for the cookie; only its hash is kept.

    began_at: since when the person has been signed in; now, unless it is the rest of a sitting.
    """
    now = clock.now()
    for stale in stale_browsers(session, now - forget_after):
        session.delete(stale)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        UserSession(
            token_hash=hash_of(token),
            user_id=person.user_id if person else None,
            clinic_id=person.clinic_id if person else None,
            data=data,
            created_at=began_at or now,
            seen_at=now,
        )
    )
    return token


def keep_browser(
    session: Session, row_id: uuid.UUID, *, data: str | None, seen_at: datetime | None
) -> None:
    """Write what changed in an open row. One that ended meanwhile stays ended and as it was."""
    if (row := locked(session, row_id)) is None or row.ended_at is not None:
        return
    if data is not None:
        row.data = data
    if seen_at is not None:
        row.seen_at = max(row.seen_at, seen_at)


def end_browser(session: Session, row_id: uuid.UUID) -> None:
    """End one row; what it remembered is forgotten."""
    if (row := locked(session, row_id)) is not None:
        end(row)


def end_sittings(
    user_id: uuid.UUID, *, clinic_id: uuid.UUID | None = None, row_id: uuid.UUID | None = None
) -> int:
    """End the sittings of a person: all, those in one clinic, or one. Returns how many."""
    rows = select(UserSession).where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))
    if clinic_id is not None:
        rows = rows.where(UserSession.clinic_id == clinic_id)
    if row_id is not None:
        rows = rows.where(UserSession.id == row_id)
    ended = list(db.session.scalars(rows.with_for_update()))
    for row in ended:
        end(row)
    return len(ended)


def end_own_sitting(user_id: uuid.UUID, row_id: uuid.UUID) -> bool:
    """End one sitting of a person. False when there is no such one, or it is somebody else's."""
    if not end_sittings(user_id, row_id=row_id):
        return False
    audit.note(db.session(), "end-sitting", "UserSession", row_id)
    return True


def change_clinic(user_id: uuid.UUID, clinic_id: uuid.UUID) -> Clinic | None:
    """Let a person go on in another clinic of theirs. None: they do not work there.

    Noted in both trails; neither says which the other clinic is. Raises Conflict where a second
    step is required and the person has none.
    """
    place = membership_of(user_id, clinic_id)
    if place is None or not place.is_active or clinic_id == acting().clinic_id:
        return None
    clinic = clinic_by_id(clinic_id)
    if clinic.second_factor_required and not user_by_id(user_id).has_second_step:
        raise Conflict(f"{clinic.name} asks for a second step. Set it up in your account first.")
    audit.note(db.session(), "leave-clinic", "User", user_id)
    audit.note(db.session(), "enter-clinic", "User", user_id, clinic_id=clinic_id)
    return clinic


def end(row: UserSession) -> None:
    """Mark a row as ended."""
    if row.ended_at is None:
        row.ended_at = clock.now()
        row.data = "{}"


def locked(session: Session, row_id: uuid.UUID) -> UserSession | None:
    """A row, locked until the transaction ends."""
    return session.scalar(select(UserSession).where(UserSession.id == row_id).with_for_update())

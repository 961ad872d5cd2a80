"""This file is about what may be asked of signed-in browsers, and of counts of wrong tries."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from clinic.accounts.models import Clinic, Membership, SignInThrottle, User, UserSession
from clinic.core.db import db


@dataclass(frozen=True)
class Sitting:
    """A signed-in browser: the row, the person, and what they are in the clinic they chose.

    clinics: all in which the person works now, by name.
    """

    row: UserSession
    user: User
    membership: Membership
    clinic: Clinic
    clinics: tuple[Clinic, ...] = ()


def browser_by_token(
    session: Session, token_hash: str
) -> tuple[UserSession, Sitting | None] | None:
    """A browser by the hash of its cookie, with the person when somebody is signed in. One query.

    The person, their memberships and their clinics are read afresh at every request, so that a
    deactivation or a change of role works at once.
    """
    place, every = aliased(Membership), aliased(Clinic)
    found: Sequence[Any] = session.execute(
        select(UserSession, User, Membership, Clinic, every)
        .outerjoin(User, User.id == UserSession.user_id)
        .outerjoin(
            Membership,
            and_(
                Membership.user_id == UserSession.user_id,
                Membership.clinic_id == UserSession.clinic_id,
            ),
        )
        .outerjoin(Clinic, Clinic.id == UserSession.clinic_id)
        .outerjoin(place, and_(place.user_id == UserSession.user_id, place.is_active))
        .outerjoin(every, every.id == place.clinic_id)
        .where(UserSession.token_hash == token_hash, UserSession.ended_at.is_(None))
        .order_by(every.name, every.id)
    ).all()
    if not found:
        return None
    row, user, membership, clinic, _ = found[0]
    if None in (user, membership, clinic):
        return row, None
    clinics = tuple(one for *_, one in found if one is not None)
    return row, Sitting(row, user, membership, clinic, clinics)


def open_browsers(user_id: uuid.UUID, since: datetime) -> list[UserSession]:
    """The browsers in which a person is signed in, begun after `since`, last used first."""
    return list(
        db.session.scalars(
            select(UserSession)
            .where(
                UserSession.user_id == user_id,
                UserSession.ended_at.is_(None),
                UserSession.created_at > since,
            )
            .order_by(UserSession.seen_at.desc(), UserSession.id)
        )
    )


def stale_browsers(session: Session, before: datetime) -> list[UserSession]:
    """A few rows of browsers in which nobody signed in, left over from before a moment."""
    return list(
        session.scalars(
            select(UserSession)
            .where(UserSession.user_id.is_(None), UserSession.seen_at < before)
            .order_by(UserSession.seen_at)
            .limit(20)
            .with_for_update(skip_locked=True)
        )
    )


def counts(session: Session, key_hashes: Collection[str]) -> dict[str, SignInThrottle]:
    """The counts of wrong tries, locked in one order for everybody."""
    rows = session.scalars(
        select(SignInThrottle)
        .where(SignInThrottle.key_hash.in_(key_hashes))
        .order_by(SignInThrottle.key_hash)
        .with_for_update()
    )
    return {row.key_hash: row for row in rows}

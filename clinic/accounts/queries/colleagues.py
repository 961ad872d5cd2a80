"""This file is about what may be asked of the people of a clinic: state, proofs, open links."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.accounts.models import Membership, OneTimeLink, User
from clinic.accounts.queries.people import full_name
from clinic.accounts.rules.links import LinkKind, is_open
from clinic.accounts.rules.staff import Place, place
from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db


@dataclass(frozen=True)
class Colleague:
    """Somebody who works or worked in the acting clinic. link: one that still opens."""

    user: User
    membership: Membership
    place: Place
    link: OneTimeLink | None

    @property
    def name(self) -> str:
        """`Dr Aiko Kimura`."""
        return full_name(self.user)


def colleagues() -> list[Colleague]:
    """Everybody of the acting clinic, those who work here first, then by name."""
    people = (
        select(User, Membership)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.clinic_id == acting().clinic_id)
        .order_by(User.full_name, User.id)
    )
    rows = db.session.execute(people).all()
    links = links_of([user.id for user, _ in rows])
    found = [colleague(user, here, links.get(user.id, [])) for user, here in rows]
    return sorted(found, key=lambda one: one.place is Place.LEFT)


def colleague_or_404(user_id: uuid.UUID) -> Colleague:
    """Somebody of the acting clinic."""
    row = db.session.execute(
        select(User, Membership)
        .join(Membership, Membership.user_id == User.id)
        .where(User.id == user_id, Membership.clinic_id == acting().clinic_id)
    ).first()
    if row is None:
        abort(404)
    return colleague(row[0], row[1], links_of([user_id]).get(user_id, []))


def colleague(user: User, here: Membership, links: list[OneTimeLink]) -> Colleague:
    """A person with what became of their links."""
    live = next((one for one in links if still_opens(one, clock.now())), None)
    works = here.is_active and user.active
    return Colleague(
        user,
        here,
        place(is_active=works, has_come=came(links), link_is_open=live is not None),
        live,
    )


def came(links: Iterable[OneTimeLink]) -> bool:
    """Whether somebody with these links once chose a password of their own."""
    links = list(links)
    invited = any(one.kind is LinkKind.INVITATION for one in links)
    return not invited or any(one.used_at for one in links)


def has_come(session: Session, user_id: uuid.UUID) -> bool:
    """The same of one person, before anybody acts."""
    return came(session.scalars(select(OneTimeLink).where(OneTimeLink.user_id == user_id)))


def links_of(user_ids: list[uuid.UUID]) -> dict[uuid.UUID, list[OneTimeLink]]:
    """User id -> their one-time links, newest first."""
    found: dict[uuid.UUID, list[OneTimeLink]] = {}
    rows = select(OneTimeLink).where(OneTimeLink.user_id.in_(user_ids))
    for one in db.session.scalars(rows.order_by(OneTimeLink.made_at.desc(), OneTimeLink.id)):
        found.setdefault(one.user_id, []).append(one)
    return found


def works_elsewhere(user_id: uuid.UUID) -> bool:
    """Whether a person works in another clinic of this server too."""
    other = select(Membership.id).where(
        Membership.user_id == user_id,
        Membership.clinic_id != acting().clinic_id,
        Membership.is_active,
    )
    return db.session.scalar(other.limit(1)) is not None


def open_link(session: Session, token_hash: str) -> tuple[OneTimeLink, User] | None:
    """A link that still lets somebody in, locked, with the person it lets in."""
    row = session.execute(
        select(OneTimeLink, User)
        .join(User, User.id == OneTimeLink.user_id)
        .where(OneTimeLink.token_hash == token_hash, User.active)
        .with_for_update(of=OneTimeLink)
    ).first()
    return (row[0], row[1]) if row and still_opens(row[0], clock.now()) else None


def still_opens(link: OneTimeLink, now: datetime) -> bool:
    """Whether a link still lets somebody in."""
    return is_open(
        now, expires_at=link.expires_at, used_at=link.used_at, withdrawn_at=link.withdrawn_at
    )

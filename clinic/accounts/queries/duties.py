"""This file is about who holds which duty of the shift, and who is named for the next one."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from clinic.accounts.models import Duty, Membership, User
from clinic.accounts.queries.people import full_name
from clinic.accounts.rules import duties as rules
from clinic.accounts.rules.duties import REMEMBERED, WORDS, DutyKind
from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db

# What a protocol calls those who are called, and the duty that says who it is.
BY_WORDS = {words.lower(): kind for kind, words in WORDS.items()}


@dataclass(frozen=True)
class Cover:
    """One duty at a moment: who holds it, who is named for later."""

    kind: DutyKind
    title: str
    held: list[Duty]
    coming: list[Duty]


def on_duty(kind: str, at: datetime | None = None) -> list[tuple[str, uuid.UUID]]:
    """(name, id) of those who answer for a duty at a moment, now by default; empty: nobody.

    kind: a code of DutyKind.
    """
    at = at or clock.now()
    people = people_at_work()
    found = rules.held(named_around(at), DutyKind(kind), at)
    return [(people[duty.user_id], duty.user_id) for duty in found if duty.user_id in people]


def names_on_duty(words: str) -> str | None:
    """`Aiko Kimura` for what a protocol calls "nurse in charge", `nobody named` when there is none.

    None: these words are no duty.
    """
    kind = BY_WORDS.get(words.lower())
    if kind is None:
        return None
    return ", ".join(name for name, _ in on_duty(kind)) or "nobody named"


def cover(at: datetime) -> list[Cover]:
    """Every duty at a moment. Who no longer works here holds none."""
    people = people_at_work()
    duties = [duty for duty in named_around(at) if duty.user_id in people]
    return [
        Cover(kind, title, rules.held(duties, kind, at), rules.coming(duties, kind, at))
        for kind, title in WORDS.items()
    ]


def on_site(at: datetime) -> list[Duty]:
    """The prescribers on site at a moment."""
    return rules.held(named_around(at), DutyKind.ON_SITE, at)


def named_around(at: datetime) -> Sequence[Duty]:
    """Every person named for a duty that was not over long before a moment."""
    recent = select(Duty).where(Duty.ends_at > at - REMEMBERED)
    return db.session.scalars(recent.order_by(Duty.starts_at, Duty.id)).all()


def people_at_work() -> dict[uuid.UUID, str]:
    """User id -> name of those who work in the clinic now."""
    here = and_(Membership.user_id == User.id, Membership.clinic_id == acting().clinic_id)
    people = select(User).join(Membership, here).where(Membership.is_active, User.active)
    return {person.id: full_name(person) for person in db.session.scalars(people)}


def in_charge(at: datetime) -> set[uuid.UUID]:
    """Who is in charge at a moment."""
    return {person_id for _, person_id in on_duty(DutyKind.IN_CHARGE, at)}

"""This file is about duties of a shift: named, accepted, declined, handed over, ended."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from clinic.accounts.models import Clinic, Duty
from clinic.accounts.queries import membership_of, names_of
from clinic.accounts.queries.duties import in_charge, named_around
from clinic.accounts.rules import duties as rules
from clinic.accounts.rules.duties import ONE_AT_A_TIME, ROLES, WORDS, DutyKind
from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict, Refused, Unprocessable
from clinic.core.permissions import Role

MAY_NAME = (
    "The nurse in charge, a psychiatrist or an administrator names people for duties. "
    "While nobody is in charge, a nurse may take charge herself."
)


def name_for_duty(
    kind: DutyKind,
    user_id: uuid.UUID,
    *,
    starts_at: datetime,
    ends_at: datetime,
    note: str | None = None,
    follows_id: uuid.UUID | None = None,
) -> Duty:
    """Name a person for a duty; naming oneself accepts it. Raises Unprocessable by field.

    Where one person holds it at a time, a duty that begins before another ends takes it over.
    follows_id: whose duty is taken over where several may hold it.
    """
    lock_duties()
    now = clock.now()
    refuse_unfit(kind, user_id, starts_at, ends_at, now)
    known = named_around(min(now, starts_at))
    refuse_double(known, kind, starts_at, ends_at)
    before = rules.taken_over_from(known, kind, starts_at, now) or chosen(known, kind, follows_id)
    duty = Duty(
        kind=kind,
        user_id=user_id,
        starts_at=starts_at,
        ends_at=ends_at,
        note=note,
        named_by_id=acting().actor_id,
        named_at=now,
        follows_id=before.id if before else None,
    )
    put_in(duty, before, known)
    if user_id == acting().actor_id:
        take_over(duty)
    return duty


def put_in(duty: Duty, before: Duty | None, known: Sequence[Duty]) -> None:
    """Add a duty after one and before whoever follows without a gap."""
    db.session.add(duty)
    db.session.flush()
    for later, follows in [*rules.now_follow(known, before, duty)]:
        later.follows_id = follows
    db.session.flush()


def chosen(known: Sequence[Duty], kind: DutyKind, follows_id: uuid.UUID | None) -> Duty | None:
    """The duty of the same kind that somebody chose to take over, where several may hold it."""
    if kind in ONE_AT_A_TIME:
        return None
    return next((duty for duty in known if duty.id == follows_id and duty.kind == kind), None)


def accept(duty: Duty, version: int | None) -> None:
    """Answer for a duty from now, or from its start. Only the person named may."""
    lock_duties()
    refuse_old(duty, version)
    if duty.user_id != acting().actor_id:
        raise Refused("Only the person named accepts a duty.")
    if not rules.is_awaited(duty) or duty.ends_at <= clock.now():
        raise Conflict("This duty can no longer be accepted.")
    take_over(duty)


def withdraw(duty: Duty, version: int | None) -> None:
    """Decline a duty, or take a person off it before it begins."""
    lock_duties()
    refuse_old(duty, version)
    now = clock.now()
    refuse_strangers(duty)
    begun = rules.begins_at(duty)
    if duty.withdrawn_at is not None or (begun is not None and begun <= now):
        raise Conflict("This duty has begun. End it, or name who takes it over.")
    duty.withdrawn_at = now
    former = followed(duty)
    if former is not None and former.ended_at is not None and former.ended_at > now:
        former.ended_at = None
    db.session.flush()


def end_duty(duty: Duty, version: int | None) -> None:
    """End a duty now, although nobody takes it over."""
    lock_duties()
    refuse_old(duty, version)
    refuse_strangers(duty)
    now = clock.now()
    if not rules.is_held(duty, named_around(now), now):
        raise Conflict("Nobody holds this duty now.")
    duty.ended_at = now
    db.session.flush()


def take_over(duty: Duty) -> None:
    """The person accepts: who held it before is free from then on, who never accepted is off."""
    now = clock.now()
    duty.accepted_at = now
    begins_at = max(now, duty.starts_at)
    former = followed(duty)
    while former is not None and rules.is_awaited(former):
        former.withdrawn_at = begins_at
        former = followed(former)
    if former is not None and former.withdrawn_at is None:
        former.ended_at = min(former.ended_at or begins_at, begins_at)
    db.session.flush()


def followed(duty: Duty) -> Duty | None:
    """Whose duty one continues."""
    if duty.follows_id is None:
        return None
    return db.session.scalar(select(Duty).where(Duty.id == duty.follows_id))


def lock_duties() -> None:
    """One change of duties at a time in a clinic, so that no two people are put in charge."""
    own = select(Clinic.id).where(Clinic.id == acting().clinic_id)
    db.session.execute(own.with_for_update(key_share=True))


def refuse_unfit(
    kind: DutyKind, user_id: uuid.UUID, starts_at: datetime, ends_at: datetime, now: datetime
) -> None:
    """Raise Unprocessable for hours that cannot be, or a person who cannot have this duty."""
    faults: dict[str, list[str]] = {}
    if fault := rules.fault_of_hours(starts_at, ends_at, now):
        faults["ends_at"] = [fault]
    place = membership_of(user_id, acting().clinic_id)
    if place is None or not place.is_active or place.role != ROLES[kind]:
        faults["user_id"] = [f"{WORDS[kind]}: choose a {ROLES[kind]} of this clinic."]
    elif not rules.may_name(own_role(), acting().actor_id, user_id, kind, in_charge(now)):
        faults["user_id"] = [MAY_NAME]
    if faults:
        raise Unprocessable(faults)


def refuse_double(
    known: Sequence[Duty], kind: DutyKind, starts_at: datetime, ends_at: datetime
) -> None:
    """Raise Unprocessable when somebody else is named within the hours."""
    other = rules.in_the_way(known, kind, starts_at, ends_at)
    if other is not None:
        name = names_of([other.user_id])[other.user_id]
        raise Unprocessable(
            {
                "ends_at": [
                    f"{name} is named within these hours. End before, or withdraw that first."
                ]
            }
        )


def refuse_strangers(duty: Duty) -> None:
    """Raise Refused for anybody but the person named and those who name people."""
    me, now = acting().actor_id, clock.now()
    if duty.user_id == me:
        return
    if not rules.may_name(own_role(), me, duty.user_id, duty.kind, in_charge(now)):
        raise Refused(MAY_NAME)


def refuse_old(duty: Duty, version: int | None) -> None:
    """Raise Conflict when the duty was changed after the page was opened."""
    db.session.refresh(duty)
    if duty.version != version:
        raise Conflict("This duty was changed meanwhile. Open the duties again.")


def own_role() -> Role:
    """What the acting person is in this clinic."""
    place = membership_of(acting().actor_id, acting().clinic_id)
    if place is None:
        raise Refused("You do not work in this clinic.")
    return place.role

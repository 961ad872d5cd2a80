"""This file is about what may be asked of people, clinics, and who works where."""

import uuid
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.accounts.models import Clinic, Membership, User, UserSession
from clinic.core import formatting
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.permissions import Role


def names_of(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """User id -> name with title, for the ids that are people."""
    if not ids:
        return {}
    people = db.session.scalars(select(User).where(User.id.in_(set(ids))))
    return {person.id: full_name(person) for person in people}


def full_name(person: User) -> str:
    """`Dr Aiko Kimura`."""
    return f"{person.title} {person.full_name}" if person.title else person.full_name


def initials(person_id: uuid.UUID) -> str:
    """`AK`, or nothing for an id that is nobody."""
    return formatting.initials(names_of([person_id]).get(person_id, ""))


def staff(role: Role | None = None) -> list[tuple[uuid.UUID, str]]:
    """(id, name) of those who work in the acting clinic now, by name; of one role when given."""
    people = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.clinic_id == acting().clinic_id, Membership.is_active, User.active)
        .order_by(User.full_name, User.id)
    )
    if role is not None:
        people = people.where(Membership.role == role)
    return [(person.id, full_name(person)) for person in db.session.scalars(people)]


def everybody_here() -> list[tuple[uuid.UUID, str]]:
    """(id, name) of all who work or worked in the acting clinic, by name."""
    people = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.clinic_id == acting().clinic_id)
        .order_by(User.full_name, User.id)
    )
    return [(person.id, full_name(person)) for person in db.session.scalars(people)]


def own_clinic() -> Clinic:
    """The clinic somebody acts for."""
    return db.session.scalars(select(Clinic).where(Clinic.id == acting().clinic_id)).one()


def clinic_by_code(code: str) -> Clinic | None:
    """A clinic by its short name."""
    return db.session.scalar(select(Clinic).where(Clinic.code == code))


def clinic_by_id(clinic_id: uuid.UUID) -> Clinic:
    """A clinic that must be there."""
    return db.session.scalars(select(Clinic).where(Clinic.id == clinic_id)).one()


def user_by_email(session: Session, normalised: str) -> User | None:
    """A person by the one spelling of their email."""
    return session.scalar(select(User).where(User.email == normalised))


def user_by_id(user_id: uuid.UUID) -> User:
    """A person who must be there."""
    return db.session.scalars(select(User).where(User.id == user_id)).one()


def membership_of(user_id: uuid.UUID, clinic_id: uuid.UUID) -> Membership | None:
    """What a person is, or was, in a clinic."""
    return db.session.scalar(
        select(Membership).where(Membership.user_id == user_id, Membership.clinic_id == clinic_id)
    )


def clinics_of(session: Session, user_id: uuid.UUID) -> list[Clinic]:
    """Where a person works now, the clinic of their last sitting first, then by name."""
    clinics = session.scalars(
        select(Clinic)
        .join(Membership, Membership.clinic_id == Clinic.id)
        .where(Membership.user_id == user_id, Membership.is_active)
        .order_by(Clinic.name, Clinic.id)
    ).all()
    last = session.scalar(
        select(UserSession.clinic_id)
        .where(UserSession.user_id == user_id)
        .order_by(UserSession.created_at.desc(), UserSession.id.desc())
        .limit(1)
    )
    return sorted(clinics, key=lambda clinic: clinic.id != last)


def everybody() -> list[tuple[User, Membership, Clinic]]:
    """Every person with each of their clinics, by email."""
    rows = db.session.execute(
        select(User, Membership, Clinic)
        .join(Membership, Membership.user_id == User.id)
        .join(Clinic, Clinic.id == Membership.clinic_id)
        .order_by(User.email, Clinic.code)
    )
    return [(row.User, row.Membership, row.Clinic) for row in rows]

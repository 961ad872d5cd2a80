"""This file is about who is meant by a subject of a sign-in service."""

import uuid

from sqlalchemy import select

from clinic.accounts.models import Clinic, Membership, OpenIdSubject, User
from clinic.core.db import db


def person_behind(issuer: str, subject: str, clinic_code: str) -> tuple[User, uuid.UUID] | None:
    """The person who joined a subject, and the clinic of the service, while they work there."""
    found = db.session.execute(
        select(User, Clinic.id)
        .join(OpenIdSubject, OpenIdSubject.user_id == User.id)
        .join(Membership, Membership.user_id == User.id)
        .join(Clinic, Clinic.id == Membership.clinic_id)
        .where(OpenIdSubject.issuer == issuer, OpenIdSubject.subject == subject)
        .where(User.active, Membership.is_active, Clinic.code == clinic_code)
    ).first()
    return (found[0], found[1]) if found else None


def subject_of(issuer: str, subject: str) -> OpenIdSubject | None:
    """Whether somebody joined it, whoever it is."""
    return db.session.scalar(
        select(OpenIdSubject).where(
            OpenIdSubject.issuer == issuer, OpenIdSubject.subject == subject
        )
    )


def own_subject(user_id: uuid.UUID, issuer: str) -> OpenIdSubject | None:
    """What a person joined of a service."""
    return db.session.scalar(
        select(OpenIdSubject).where(
            OpenIdSubject.issuer == issuer, OpenIdSubject.user_id == user_id
        )
    )

"""This file is about joining a person with what their clinic's sign-in service calls them."""

import uuid

from clinic.accounts.models import OpenIdSubject
from clinic.accounts.queries.openid import own_subject, subject_of
from clinic.core import clock
from clinic.core.db import db
from clinic.core.errors import Conflict


def join(user_id: uuid.UUID, issuer: str, subject: str) -> None:
    """From now on the service's word is enough for the first step. Raises Conflict."""
    if own_subject(user_id, issuer) or subject_of(issuer, subject):
        raise Conflict("This account of the sign-in service is joined already, or you have one.")
    db.session.add(
        OpenIdSubject(user_id=user_id, issuer=issuer, subject=subject, joined_at=clock.now())
    )


def part(user_id: uuid.UUID, issuer: str) -> None:
    """The service's word counts no more."""
    if found := own_subject(user_id, issuer):
        db.session.delete(found)

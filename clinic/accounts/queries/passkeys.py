"""This file is about what may be asked of passkeys: whose they are, which one answered."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from clinic.accounts.models import Passkey
from clinic.core.db import db


def passkeys_of(user_id: uuid.UUID) -> Sequence[Passkey]:
    """The passkeys of a person, oldest first."""
    found = select(Passkey).where(Passkey.user_id == user_id)
    return db.session.scalars(found.order_by(Passkey.made_at, Passkey.id)).all()


def passkey_by_credential(credential_id: str) -> Passkey | None:
    """The passkey that a browser speaks of, locked, so that one answer counts once."""
    found = select(Passkey).where(Passkey.credential_id == credential_id)
    return db.session.scalar(found.with_for_update())

"""This file is about past exports of the clinic."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from clinic.core.db import db
from clinic.reports.models import Export

SHOWN = 20


def recent() -> Sequence[Export]:
    """The newest exports of the clinic, newest first."""
    newest = select(Export).order_by(Export.created_at.desc(), Export.id.desc())
    return db.session.scalars(newest.limit(SHOWN)).all()


def times_since(person_id: uuid.UUID, since: datetime) -> list[datetime]:
    """When a person exported after a moment, oldest first."""
    hers = select(Export.created_at).where(
        Export.created_by_id == person_id, Export.created_at > since
    )
    return list(db.session.scalars(hers.order_by(Export.created_at)))

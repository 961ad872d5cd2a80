"""This file is about what was added to sessions after their signature."""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from clinic.core.db import db
from clinic.sessions.models import Amendment
from clinic.sessions.rules.amending import Amended


def amendments_of(session_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[Amended, ...]]:
    """Session id -> its amendments, oldest first; a session without any is not there."""
    rows = select(Amendment).where(Amendment.session_id.in_(set(session_ids)))
    found: dict[uuid.UUID, list[Amended]] = defaultdict(list)
    for row in db.session.scalars(rows.order_by(Amendment.recorded_at, Amendment.id)):
        found[row.session_id].append(as_amended(row))
    return {session_id: tuple(its) for session_id, its in found.items()}


def amendment_by_id(amendment_id: uuid.UUID) -> Amendment | None:
    """One amendment of this clinic, or None."""
    return db.session.scalar(select(Amendment).where(Amendment.id == amendment_id))


def as_amended(row: Amendment) -> Amended:
    """A row as the rules know it."""
    return Amended(row.id, row.entry_id, row.text, row.reason, row.author_id, row.recorded_at)

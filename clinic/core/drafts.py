"""This file is about drafts: what somebody is still writing, private to them and no record yet.

A draft is kept until its author hands it in or discards it. It stands in no trail, because it may
be deleted, and nobody else reads it; others may only know that it is there.
"""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import Base, db
from clinic.core.tenancy import ClinicOwned, owned


class Draft(ClinicOwned, Base):
    """One per author, kind and subject. Read it through `load`, which gives only one's own."""

    __tablename__ = "draft"
    __table_args__ = owned(
        UniqueConstraint("clinic_id", "author_id", "kind", "subject_id"), trail=False
    )

    author_id: Mapped[uuid.UUID]
    kind: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[uuid.UUID]
    body: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime]

    def content(self) -> dict[str, Any]:
        """What was written so far."""
        content: dict[str, Any] = json.loads(self.body)
        return content


@dataclass(frozen=True)
class BeingWritten:
    """That somebody has a draft, and since when it lies as it is; never what stands in it."""

    kind: str
    author_id: uuid.UUID
    saved_at: datetime


def load(kind: str, subject_id: uuid.UUID) -> Draft | None:
    """The acting person's own draft, or None."""
    mine = select(Draft).where(
        Draft.author_id == acting().actor_id, Draft.kind == kind, Draft.subject_id == subject_id
    )
    return db.session.scalar(mine)


def save(kind: str, subject_id: uuid.UUID, body: dict[str, Any]) -> Draft:
    """Keep what the acting person has written so far, in place of what was kept before."""
    draft = load(kind, subject_id)
    if draft is None:
        draft = Draft(author_id=acting().actor_id, kind=kind, subject_id=subject_id)
        db.session.add(draft)
    # Escaped, so that no character a person can type is one that a column refuses.
    draft.body = json.dumps(body, sort_keys=True, ensure_ascii=True)
    draft.saved_at = clock.now()
    db.session.flush()
    return draft


def discard(kind: str, subject_id: uuid.UUID) -> None:
    """Throw the acting person's own draft away, if there is one."""
    draft = load(kind, subject_id)
    if draft is not None:
        db.session.delete(draft)
        db.session.flush()


def written_by_others(subject_id: uuid.UUID) -> list[BeingWritten]:
    """Who else has drafts about a subject, oldest first."""
    rows = select(Draft.kind, Draft.author_id, Draft.saved_at).where(
        Draft.subject_id == subject_id, Draft.author_id != acting().actor_id
    )
    found = db.session.execute(rows.order_by(Draft.saved_at, Draft.id))
    return [BeingWritten(kind, author_id, saved_at) for kind, author_id, saved_at in found]

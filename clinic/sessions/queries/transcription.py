"""This file is about what came from paper, and whether a second person has compared it."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from clinic.core.db import db
from clinic.core.signatures import DocumentVersion
from clinic.sessions.models import LogEntry

KIND = "transcription-check"


@dataclass(frozen=True)
class Compared:
    """One signature of a second person."""

    by: str
    at: datetime
    entries: int


@dataclass(frozen=True)
class Transcription:
    """`waiting`: id and content hash of what nobody has compared yet, by order of arrival;
    `authors`: who transcribed those."""

    entries: int
    waiting: tuple[tuple[str, str], ...]
    authors: frozenset[uuid.UUID]
    compared: tuple[Compared, ...]

    def may_be_compared_by(self, person_id: uuid.UUID) -> bool:
        """A second person is somebody else than who transcribed."""
        return bool(self.waiting) and person_id not in self.authors


def transcription_of(session_id: uuid.UUID) -> Transcription:
    """What of a session came from paper."""
    rows = db.session.execute(
        select(LogEntry.id, LogEntry.content_hash, LogEntry.author_id)
        .where(LogEntry.session_id == session_id, LogEntry.transcribed)
        .order_by(LogEntry.log_seq)
    ).all()
    checks = checks_of(session_id) if rows else []
    covered = {tuple(pair) for check in checks for pair in check.content()["log"]}
    waiting = [row for row in rows if (str(row.id), row.content_hash) not in covered]
    return Transcription(
        entries=len(rows),
        waiting=tuple((str(row.id), row.content_hash) for row in waiting),
        authors=frozenset(row.author_id for row in waiting),
        compared=tuple(
            Compared(c.signed_by_name, c.signed_at, len(c.content()["log"])) for c in checks
        ),
    )


def checks_of(session_id: uuid.UUID) -> list[DocumentVersion]:
    """The signatures of second persons, oldest first."""
    its = select(DocumentVersion).where(
        DocumentVersion.kind == KIND, DocumentVersion.subject_id == session_id
    )
    return list(db.session.scalars(its.order_by(DocumentVersion.n)))

"""This file is about reading the log: rows of the table as the entries that the rules know."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, select

from clinic.core.db import db
from clinic.sessions.models import Countersignature, LogEntry
from clinic.sessions.queries.reading import READERS
from clinic.sessions.rules import log

# Read as they are, without a record for each row: of a log everything is read, and nothing changed.
LEFT_OUT = ("clinic_id", "patient_id", "content_hash")
SAID = tuple(column for column in LogEntry.__table__.c if column.key not in LEFT_OUT)


def entry_by_id(entry_id: uuid.UUID) -> LogEntry | None:
    """One entry of this clinic, or None."""
    return db.session.scalar(select(LogEntry).where(LogEntry.id == entry_id))


def entries_of(session_id: uuid.UUID) -> list[log.Entry]:
    """The whole log of one session, in order of arrival."""
    return logs_of([session_id])[session_id]


def logs_of(
    session_ids: Iterable[uuid.UUID], kinds: Sequence[str] = ()
) -> dict[uuid.UUID, list[log.Entry]]:
    """The logs of several sessions with one query; `kinds`: these entries alone."""
    found: dict[uuid.UUID, list[log.Entry]] = defaultdict(list)
    rows = select(*SAID).where(LogEntry.session_id.in_(list(session_ids)))
    rows = rows.where(LogEntry.kind.in_(kinds)) if kinds else rows
    # Ordered as the index is: by `log_seq` alone, the whole clinic's log might be walked through.
    for row in db.session.execute(rows.order_by(LogEntry.session_id, LogEntry.log_seq)):
        found[row.session_id].append(as_entry(row))
    return found


def countersigned_in(
    session_ids: Iterable[uuid.UUID],
) -> dict[uuid.UUID, tuple[log.Countersigned, ...]]:
    """Session id -> the countersignatures under its orders by phone, oldest first."""
    found: dict[uuid.UUID, list[log.Countersigned]] = defaultdict(list)
    rows = select(Countersignature).where(Countersignature.session_id.in_(list(session_ids)))
    for row in db.session.scalars(rows.order_by(Countersignature.recorded_at, Countersignature.id)):
        found[row.session_id].append(
            log.Countersigned(row.order_id, row.author_id, row.recorded_at)
        )
    return {session_id: tuple(signed) for session_id, signed in found.items()}


def as_entry(row: LogEntry | Row[Any]) -> log.Entry:
    """A row as the entry that the rules know; `SAID` are the columns that it needs."""
    said = {} if row.detail == "{}" else json.loads(row.detail)
    common: dict[str, Any] = {
        "id": row.id,
        "session_id": row.session_id,
        "effective_at": row.effective_at,
        "recorded_at": row.recorded_at,
        "author_id": row.author_id,
        "log_seq": row.log_seq,
        "device_id": row.device_id,
        "device_at": row.device_at,
        "corrects_id": row.corrects_id,
        "reason": row.reason,
        "withdrawn": row.withdrawn,
        "transcribed": row.transcribed,
    }
    return log.KINDS[row.kind](**common, **READERS[row.kind](row, said))

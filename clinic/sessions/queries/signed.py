"""This file is about what the signature of a session covers: its log, as it lies in the tables."""

import hashlib
import json
import uuid
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.core.signatures import DocumentVersion
from clinic.core.verify import spelled
from clinic.sessions.models import LogEntry

ROWS = LogEntry.__table__


def rows_of_log(session_id: uuid.UUID, session: Session) -> dict[str, Any]:
    """The entries of a session by digests of their rows, in order of arrival.

    Beside what the tablet sent (`content_hash`), so that a value that is changed in the table is
    noticed although its hash was left alone. `columns`: which were digested; later ones may come.
    """
    columns = sorted(column.name for column in ROWS.columns)
    return {"columns": columns, "digests": digests(session_id, columns, session)}


def digests(session_id: uuid.UUID, columns: list[str], session: Session) -> list[list[str]]:
    """Id and SHA-256 in hex of each entry's row."""
    wanted = select(*(getattr(LogEntry, name) for name in columns))
    its = wanted.where(LogEntry.session_id == session_id)
    rows = session.execute(its.order_by(LogEntry.log_seq)).mappings()
    return [[str(row["id"]), digest(dict(row))] for row in rows]


def digest(row: dict[str, Any]) -> str:
    """SHA-256 in hex over every value of a row."""
    said = {
        name: spelled(value, ROWS.c[name].type) for name, value in row.items() if value is not None
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def log_differs(document: DocumentVersion, session: Session) -> str:
    """How the log of a session differs from the one that was signed; nothing when it does not."""
    content = document.content()
    if (rows := content.get("rows")) is None:  # signed before rows were covered
        its = select(LogEntry.id, LogEntry.content_hash).where(
            LogEntry.session_id == document.subject_id
        )
        signed = content["log"]
        now = [[str(id_), hash_] for id_, hash_ in session.execute(its.order_by(LogEntry.log_seq))]
    else:
        known = [name for name in rows["columns"] if name in ROWS.c]
        signed, now = rows["digests"], digests(document.subject_id, known, session)
    return how(dict(signed), dict(now))


def how(signed: dict[str, str], now: dict[str, str]) -> str:
    """How many entries are others than those that were signed."""
    counted = (
        (sum(now.get(id_, hash_) != hash_ for id_, hash_ in signed.items()), "changed"),
        (len(signed.keys() - now.keys()), "taken out"),
        (len(now.keys() - signed.keys()), "put in"),
    )
    said = [
        f"{many} {'entry was' if many == 1 else 'entries were'} {done}"
        for many, done in counted
        if many
    ]
    return f"of the signed log {', '.join(said)} afterwards" if said else ""

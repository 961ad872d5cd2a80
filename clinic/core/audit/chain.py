"""This file is about the chains: each event's hash covers the event before it."""

import hashlib
import json
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, event, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from clinic.core.acting import maybe_acting
from clinic.core.audit.tables import FIRST, AuditEvent, ClinicHead
from clinic.core.db import db
from clinic.core.tenancy import NO_CLINIC, naming


def canonical(body: dict[str, Any]) -> str:
    """One spelling for one content, so that a hash can be checked by anybody."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def link(previous_hash: str, body: str) -> str:
    """The hash of an event: SHA-256 over the hash before it and its own body, in hex."""
    return hashlib.sha256(f"{previous_hash}\n{body}".encode()).hexdigest()


@event.listens_for(Session, "before_commit")
def write_trail(session: Session) -> None:
    """Give the collected events their places. The head row is the last lock of the transaction."""
    session.flush()
    events = session.info.pop("trail", [])
    for chain in sorted({body["chain"] for body in events}):
        with naming(uuid.UUID(chain)):
            own = [body for body in events if body["chain"] == chain]
            append(session.connection(), uuid.UUID(chain), own)


def append(connection: Connection, chain_id: uuid.UUID, events: list[dict[str, Any]]) -> None:
    """Write events at the end of one chain."""
    head = locked_head(connection, chain_id)
    seq, previous = head.audit_seq, head.audit_hash
    rows = []
    for body in events:
        seq += 1
        text = canonical(body | {"seq": seq})
        rows.append(row_of(chain_id, seq, body, text, previous))
        previous = rows[-1]["hash"]
    connection.execute(insert(AuditEvent), rows)
    move_head(connection, chain_id, audit_seq=seq, audit_hash=previous)


def row_of(
    chain_id: uuid.UUID, seq: int, body: dict[str, Any], text: str, previous: str
) -> dict[str, Any]:
    """The columns of one event."""
    return {
        "id": uuid.uuid5(chain_id, str(seq)),
        "chain_id": chain_id,
        "seq": seq,
        "action": body["action"],
        "patient_id": uuid.UUID(body["patient"]) if body["patient"] else None,
        "occurred_at": datetime.fromisoformat(body["at"]),
        "body": text,
        "previous_hash": previous,
        "hash": link(previous, text),
    }


def locked_head(connection: Connection, chain_id: uuid.UUID) -> Any:
    """The head row of a clinic, locked until the transaction ends; made when it is not there."""
    find = select(ClinicHead.__table__).where(ClinicHead.id == chain_id).with_for_update()
    if (head := connection.execute(find).first()) is None:
        dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
        blank = {"id": chain_id, "audit_seq": 0, "audit_hash": FIRST, "log_seq": 0}
        connection.execute(dialect.insert(ClinicHead).values(blank).on_conflict_do_nothing())
        head = connection.execute(find).one()
    return head


def move_head(connection: Connection, chain_id: uuid.UUID, **values: Any) -> None:
    """Store the new end of a chain or of the log."""
    connection.execute(
        update(ClinicHead.__table__).where(ClinicHead.__table__.c.id == chain_id).values(values)  # type: ignore[arg-type]
    )


def next_log_seq() -> int:
    """The next number in the clinic's log of entries. Take it after every other lock."""
    somebody = maybe_acting()
    chain_id = somebody.clinic_id if somebody else NO_CLINIC
    connection = db.session.connection()
    number: int = locked_head(connection, chain_id).log_seq + 1
    move_head(connection, chain_id, log_seq=number)
    return number


def log_seq(clinic_id: uuid.UUID) -> int:
    """How many entries the clinic's log holds: moves with every entry."""
    found = db.session.scalar(select(ClinicHead.log_seq).where(ClinicHead.id == clinic_id))
    return found or 0

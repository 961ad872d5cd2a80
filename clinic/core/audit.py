"""This file is about who changed or read what, and when: written here and nowhere else.

One append-only table. Each clinic has its own chain; events without a clinic (a sign-in that
failed) have theirs. An event's hash covers the event before it, in the same transaction as the
change, so that nothing can be altered, left out or cut off unnoticed.
"""

import base64
import hashlib
import json
import uuid
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet
from flask import current_app, g, has_request_context
from sqlalchemy import Connection, Text, UniqueConstraint, event, insert, inspect, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from clinic.core import clock
from clinic.core.acting import maybe_acting
from clinic.core.db import Base, append_only, db
from clinic.core.tenancy import NO_CLINIC

FIRST = "0" * 64
UNTRACKED = {"trail": False}  # table info: changes of these rows are no events


class AuditEvent(Base):
    """One link of a chain. `body` is canonical JSON and what the hash covers; the other columns
    repeat parts of it for look-ups and are compared with it by `flask audit verify`."""

    __tablename__ = "audit_event"
    __table_args__ = (
        UniqueConstraint("chain_id", "seq"),
        {"info": append_only() | UNTRACKED},
    )

    chain_id: Mapped[uuid.UUID]
    seq: Mapped[int]
    action: Mapped[str]
    patient_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    occurred_at: Mapped[datetime]
    body: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str]
    hash: Mapped[str]


class ClinicHead(Base):
    """The end of each chain and the last number of the log. Locked last, always."""

    __tablename__ = "clinic_head"
    __table_args__ = {"info": UNTRACKED}

    audit_seq: Mapped[int] = mapped_column(default=0)
    audit_hash: Mapped[str] = mapped_column(default=FIRST)
    log_seq: Mapped[int] = mapped_column(default=0)


def note(
    session: Session,
    action: str,
    record_type: str,
    record_id: uuid.UUID | None = None,
    *,
    patient_id: uuid.UUID | None = None,
    **detail: Any,
) -> None:
    """Put an event that is no change of a row into the trail: an opening, a sign-in, an export."""
    add(session, action, record_type, record_id, patient_id=patient_id, detail=detail)


def add(
    session: Session,
    action: str,
    record_type: str,
    record_id: uuid.UUID | None,
    *,
    patient_id: uuid.UUID | None,
    detail: dict[str, Any],
) -> None:
    """Collect an event; `write_trail` gives it its place in the chain just before the commit."""
    somebody = maybe_acting()
    session.info.setdefault("trail", []).append(
        {
            "action": action,
            "actor": plain(somebody.actor_id if somebody else detail.pop("actor_id", None)),
            "at": clock.now().isoformat(),
            "chain": str(somebody.clinic_id if somebody else NO_CLINIC),
            "detail": detail,
            "patient": plain(patient_id),
            "record": plain(record_id),
            "request": g.get("request_id") if has_request_context() else None,
            "type": record_type,
        }
    )


@event.listens_for(Session, "after_flush")
def collect_changes(session: Session, _context: Any) -> None:
    """Every row written by this flush, with its old and new values."""
    for action, records in (
        ("create", session.new),
        ("update", session.dirty),
        ("delete", session.deleted),
    ):
        for record in records:
            if is_tracked(record) and (changes := changes_to(record, action)):
                add(
                    session,
                    action,
                    type(record).__name__,
                    record.id,
                    patient_id=patient_of(record),
                    detail=changes,
                )


def is_tracked(record: Any) -> bool:
    """Whether changes of a row belong into the trail: always, but for a table that says no."""
    return inspect(record).mapper.local_table.info.get("trail", True) is not False


def patient_of(record: Any) -> uuid.UUID | None:
    """The patient a row is about, where it says so itself."""
    if type(record).__name__ == "Patient":
        return record.id
    return getattr(record, "patient_id", None)


def changes_to(record: Any, action: str) -> dict[str, list[Any]]:
    """Field -> [old, new]. Secrets are only said to have changed; sensitive ones are encrypted."""
    state = inspect(record)
    changes: dict[str, list[Any]] = {}
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if action == "delete":
            old, new = getattr(record, attribute.key), None
        elif history.has_changes():
            old, new = first(history.deleted), first(history.added)
        else:
            continue
        mark = attribute.columns[0].info.get("audit")
        changes[attribute.key] = [masked(old, mark), masked(new, mark)]
    return changes


def first(values: Any) -> Any:
    """The one value of a column's history, or None."""
    return values[0] if values else None


def masked(value: Any, mark: str | None) -> Any:
    """A value as the trail may hold it."""
    if value is None or mark is None:
        return plain(value)
    if mark == "secret":
        return "(secret)"
    return "enc:" + vault().encrypt(str(plain(value)).encode()).decode()


def unmasked(value: str) -> str:
    """A sensitive value of the trail in clear, for those who may read it."""
    return vault().decrypt(value.removeprefix("enc:").encode()).decode()


def vault() -> Fernet:
    """The key of sensitive values, derived from the application's secret."""
    secret = current_app.config["SECRET_KEY"].encode()
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"clinic trail\0" + secret).digest()))


def plain(value: Any) -> Any:
    """A value as JSON can hold it; moments in UTC, everything else as written."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


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
        append(session.connection(), uuid.UUID(chain), [b for b in events if b["chain"] == chain])


@event.listens_for(Session, "after_rollback")
def forget(session: Session) -> None:
    """What was not committed did not happen."""
    session.info.pop("trail", None)


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


@event.listens_for(Base, "attribute_instrument", propagate=True)
def keep_old_values(_cls: type[Any], _key: str, attribute: Any) -> None:
    """Load a column before it is overwritten, or its old value would be unknown to the trail."""
    if hasattr(attribute.impl, "active_history"):
        attribute.impl.active_history = True

"""This file is about noticing: each change and each reading becomes an event."""

import uuid
from typing import Any

from flask import g, has_request_context
from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from clinic.core import clock
from clinic.core.acting import maybe_acting
from clinic.core.audit.masking import masked, plain
from clinic.core.db import Base
from clinic.core.tenancy import NO_CLINIC


def note(
    session: Session,
    action: str,
    record_type: str,
    record_id: uuid.UUID | None = None,
    *,
    patient_id: uuid.UUID | None = None,
    clinic_id: uuid.UUID | None = None,
    **detail: Any,
) -> None:
    """Put an event that is no change of a row into the trail: an opening, a sign-in, an export.

    clinic_id: whose trail, when it is another clinic's than the one somebody acts for.
    """
    about = {"patient_id": patient_id, "clinic_id": clinic_id}
    add(session, action, record_type, record_id, **about, detail=detail)


def add(
    session: Session,
    action: str,
    record_type: str,
    record_id: uuid.UUID | None,
    *,
    patient_id: uuid.UUID | None,
    clinic_id: uuid.UUID | None = None,
    detail: dict[str, Any],
) -> None:
    """Collect an event; `write_trail` gives it its place in the chain just before the commit."""
    somebody = maybe_acting()
    chain_id = clinic_id or (somebody.clinic_id if somebody else NO_CLINIC)
    if not session.in_transaction():
        session.begin()  # so that a rollback is noticed even when nothing else happened
    session.info.setdefault("trail", []).append(
        {
            "action": action,
            "actor": plain(somebody.actor_id if somebody else detail.pop("actor_id", None)),
            "at": clock.now().isoformat(),
            "chain": str(chain_id),
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
        old, new = first(history.deleted), first(history.added)
        if action == "create":
            old, new = None, state.dict.get(attribute.key)  # a default leaves no history
        elif action == "delete":
            old, new = getattr(record, attribute.key), None
        if old != new:
            mark = attribute.columns[0].info.get("audit")
            changes[attribute.key] = [masked(old, mark), masked(new, mark)]
    return changes


def first(values: Any) -> Any:
    """The one value of a column's history, or None."""
    return values[0] if values else None


@event.listens_for(Session, "after_soft_rollback")
def forget(session: Session, _transaction: Any) -> None:
    """What was not committed did not happen."""
    session.info.pop("trail", None)


@event.listens_for(Base, "attribute_instrument", propagate=True)
def keep_old_values(_cls: type[Any], _key: str, attribute: Any) -> None:
    """Load a column before it is overwritten, or its old value would be unknown to the trail."""
    if hasattr(attribute.impl, "active_history"):
        attribute.impl.active_history = True

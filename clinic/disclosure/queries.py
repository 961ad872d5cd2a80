"""This file is about all that is kept of one patient: her rows in every table, who looked."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, inspect, or_, select

from clinic.accounts.queries import names_of
from clinic.accounts.queries.trail import looks_at
from clinic.accounts.rules.trail import Look
from clinic.core.acting import acting
from clinic.core.audit import AuditEvent, clear
from clinic.core.audit.reading import event_of
from clinic.core.db import Base, db
from clinic.disclosure.rules import LEFT_OUT
from clinic.operations.queries import clinic_tables, columns_of

PATIENT, PATIENT_ID = "patient", "patient_id"
BESIDE = {"audit_event"}  # the trail has a part of its own


@dataclass(frozen=True)
class Part:
    """Her rows of one table, oldest first; column -> value."""

    table: str
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class Changed:
    """A value that was written over: `before` as it was. The row holds what counts now."""

    at: Any
    person_id: uuid.UUID | None
    action: str
    record: str
    before: dict[str, Any]


@dataclass(frozen=True)
class OwnCopy:
    """All of it. `names`: of the people who wrote or looked."""

    parts: list[Part]
    looks: list[Look]
    changes: list[Changed]
    names: dict[uuid.UUID, str]


def own_copy(patient_id: uuid.UUID) -> OwnCopy:
    """All that is kept of a patient of this clinic, as of now."""
    parts = [one for one in parts_of(patient_id) if one.rows]
    looks, changes = looks_at(patient_id), changes_of(patient_id)
    people = {look.person_id for look in looks} | {one.person_id for one in changes}
    people |= {value for part in parts for row in part.rows for value in row.values()}
    ids = {one for one in people if isinstance(one, uuid.UUID)}
    return OwnCopy(parts, looks, changes, names_of(ids))


def parts_of(patient_id: uuid.UUID) -> Iterator[Part]:
    """Every table that leads to a patient, by her id or by a row of hers."""
    hers: dict[str, ColumnElement[bool]] = {}
    models = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    for table in clinic_tables():
        condition = belongs(table, hers, patient_id)
        if condition is None or table.name in BESIDE:
            continue
        hers[table.name] = condition
        if table.name not in LEFT_OUT:
            yield Part(table.name, rows_of(models[table], table, condition))


def rows_of(
    model: type[Base], table: Table, condition: ColumnElement[bool]
) -> list[dict[str, Any]]:
    """The rows of a table that fulfil a condition, as they are read; what lets somebody in stays.

    A model for each row, since the wall lets nothing else read a clinic's table.
    """
    mapper = inspect(model)
    keys = {
        column.name: mapper.get_property_by_column(column).key
        for column in columns_of(table)
        if column.info.get("audit") != "secret"
    }
    found = db.session.scalars(select(model).where(condition).order_by(table.c.id))
    return [{name: getattr(row, key) for name, key in keys.items()} for row in found]


def belongs(
    table: Table, hers: dict[str, ColumnElement[bool]], patient_id: uuid.UUID
) -> ColumnElement[bool] | None:
    """Which rows of a table are hers; None: the table holds nothing of a patient."""
    if table.name == PATIENT:
        return table.c.id == patient_id
    if PATIENT_ID in table.c:
        return table.c[PATIENT_ID] == patient_id
    ways = [
        key.parent.in_(select(key.column.table.c.id).where(hers[key.column.table.name]))
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if key.column.name == "id"
        and key.column.table.name in hers
        and key.column.table is not table
    ]
    return or_(*ways) if ways else None


def changes_of(patient_id: uuid.UUID) -> list[Changed]:
    """What of her record was written over or removed, oldest first."""
    events = select(AuditEvent).where(
        AuditEvent.chain_id == acting().clinic_id,
        AuditEvent.patient_id == patient_id,
        AuditEvent.action.in_(("update", "delete")),
    )
    found = map(event_of, db.session.scalars(events.order_by(AuditEvent.seq)))
    return [
        Changed(
            at=event.at,
            person_id=event.actor_id,
            action=event.action,
            record=event.type,
            before={name: clear(values[0]) for name, values in event.detail.items()},
        )
        for event in found
    ]

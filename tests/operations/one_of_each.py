"""This file is about one row in each table of a clinic that has none, so that all of them move."""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Enum,
    FromClause,
    Integer,
    LargeBinary,
    String,
    Uuid,
    select,
)

from clinic.core import clock
from clinic.core.acting import Acting
from clinic.core.db import Base, UtcDateTime, db
from clinic.core.db.encrypted import Encrypted
from clinic.operations.queries.schema import tables
from clinic.patients.models import Patient
from clinic.sessions.models import LogEntry

# What a table's own rules ask for, beside the first value of each kind.
PARTICULARS: dict[str, dict[str, Any]] = {
    "wording_comparison": {"same": True, "compared_by_id": uuid.UUID(int=77)},
    "message": {"sent_at": None},
}
ALSO: dict[str, tuple[str, ...]] = {"message": ("patient_id",), "taken": ("response_id",)}


def one_of_each(somebody: Acting, word: str) -> list[str]:
    """Put a row into each empty table, in the order in which they refer to each other."""
    filled = []
    for table in tables():
        if "clinic_id" in table.c and first_of(table) is None:
            given = dict(values(table.c.values(), ALSO.get(table.name, ()), somebody, word))
            db.session.add(model_of(table)(**given | PARTICULARS.get(table.name, {})))
            db.session.flush()
            filled.append(table.name)
    return filled


def model_of(table: FromClause) -> type[Any]:
    """The class whose rows it holds."""
    return next(m for m in Base.registry.mappers if m.local_table is table).class_


def first_of(table: FromClause) -> Any:
    """A row of a table; None while it is empty."""
    return db.session.scalars(select(model_of(table)).limit(1)).first()


def values(
    columns: list[Column[Any]], also: tuple[str, ...], somebody: Acting, word: str
) -> Iterator[tuple[str, Any]]:
    """What each column holds that must hold something."""
    for column in columns:
        made_alone = column.default is not None or column.server_default is not None
        if column.name in also or not (column.nullable or made_alone):
            yield column.name, value(column, somebody, word)


def value(column: Column[Any], somebody: Acting, word: str) -> Any:
    """One value that fits: of another row where it refers to one."""
    if column.name in ("clinic_id", "patient_id", "order_id"):
        return named(column.name, somebody)
    if isinstance(column.type, Uuid):
        others = [key.column.table for key in column.foreign_keys]
        return first_of(others[0]).id if others else somebody.actor_id
    if isinstance(column.type, Enum):
        return next(iter(column.type.enum_class or ()))
    for kind, plain in (
        (UtcDateTime, clock.now()),
        (Date, date(2026, 3, 12)),
        (Boolean, False),
        (Integer, 1),
        (LargeBinary, b"\x00\xff"),
        (String, word),
        (Encrypted, word),
    ):
        if isinstance(column.type, kind):
            return plain
    raise TypeError(column)


def named(name: str, somebody: Acting) -> uuid.UUID | None:
    """Whose it is; the order that waits for a countersignature is an entry."""
    if name == "clinic_id":
        return somebody.clinic_id
    wanted = LogEntry if name == "order_id" else Patient
    return db.session.scalar(select(wanted.id))

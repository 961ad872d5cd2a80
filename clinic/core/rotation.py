"""This file is about closing what may change with the newest key; what may not keeps its own."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, Text, select, type_coerce, update

from clinic.core.acting import Acting, act_as
from clinic.core.db import Base, Encrypted, apart, ring
from clinic.core.db.keys import MARK

ROWS = 200  # in one transaction
NOBODY = uuid.UUID(int=0)
Row = dict[str, Any]


def encrypted_columns(table: Table) -> dict[str, Encrypted]:
    """The columns of a table that lie closed."""
    return {one.name: one.type for one in table.columns if isinstance(one.type, Encrypted)}


def rotate() -> dict[str, int]:
    """Close every value of rows that may change with the newest key: table -> rows.

    A row that somebody changes meanwhile was closed with the newest key by that. Nobody acts.
    """
    with apart(write=False) as session:
        clinics = list(session.connection().scalars(select(Base.metadata.tables["clinic"].c.id)))
    counted: dict[str, int] = {}
    for table in Base.metadata.sorted_tables:
        if encrypted_columns(table) and not table.info.get("append_only"):
            counted[table.name] = sum(closed_anew(table, clinic_id) for clinic_id in clinics)
    return counted


def closed_anew(table: Table, clinic_id: uuid.UUID) -> int:
    """The rows of a clinic in a table, some at a time; how many were closed anew."""
    with act_as(Acting(NOBODY, clinic_id, ZoneInfo("UTC"))):
        done, after = 0, None
        while True:
            with apart() as session:
                connection = session.connection()
                rows = page_of(connection, table, after)
                done += sum(write(connection, table, row) for row in rows)
            if not rows:
                return done
            after = rows[-1]["id"]


def page_of(connection: Connection, table: Table, after: uuid.UUID | None) -> list[Row]:
    """The next rows as they lie in the table, closed."""
    columns = [type_coerce(table.c[name], Text).label(name) for name in encrypted_columns(table)]
    page = select(table.c.id, *columns).order_by(table.c.id).limit(ROWS)
    found = connection.execute(page if after is None else page.where(table.c.id > after))
    return [dict(row) for row in found.mappings()]


def write(connection: Connection, table: Table, row: Row) -> bool:
    """Close a row anew, unless it is or somebody was faster."""
    newest = f"{MARK}{ring().newest.id}:"
    older = {
        name: kind
        for name, kind in encrypted_columns(table).items()
        if row[name] and not row[name].startswith(newest)
    }
    if not older:
        return False
    clear = {name: ring().open(row[name], kind.place) for name, kind in older.items()}
    as_it_was = [type_coerce(table.c[name], Text) == row[name] for name in older]
    change = update(table).where(table.c.id == row["id"], *as_it_was)
    values = clear | dict(marks_of(table, clear))
    return connection.execute(change.values(values)).rowcount == 1


def marks_of(table: Table, clear: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """The marks by which the values are looked up, where a class says how."""
    for mapper in Base.registry.mappers:
        how = getattr(mapper.class_, "PLAIN", None)
        if mapper.local_table is table and how:
            for name in clear.keys() & how.keys():
                plain = how[name](clear[name] or "")
                yield f"{name}_mark", mark(plain, f"{table.name}.{name}")


def mark(plain: str, place: str) -> str | None:
    """The mark of a value; None when there is nothing to look up."""
    return ring().marks(plain, place)[-1] if plain else None

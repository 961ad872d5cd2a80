"""This file is about the rows of a clinic, a page at a time, of one moment."""

import uuid
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select, union

from clinic.operations.queries.schema import columns_of, tables

PAGE = 500  # rows
ORDER = {"audit_event": "seq"}  # else by id
WHOSE = {"clinic": "id", "clinic_head": "id", "audit_event": "chain_id"}  # else by clinic_id
USER = "user"


def clinic_tables() -> list[Table]:
    """The tables that leave with a clinic, each after those it refers to."""
    return tables()


def pages(
    connection: Connection, table: Table, clinic_id: uuid.UUID
) -> Iterator[list[dict[str, Any]]]:
    """The rows of a clinic in a table, by page. Each is asked for by itself: none takes long."""
    order = table.c[ORDER.get(table.name, "id")]
    statement = select(*columns_of(table)).where(belongs(table, clinic_id))
    after: Any = None
    while True:
        wanted = statement if after is None else statement.where(order > after)
        rows = connection.execute(wanted.order_by(order).limit(PAGE)).mappings().all()
        if not rows:
            return
        after = rows[-1][order.name]
        yield [dict(row) for row in rows]


def belongs(table: Table, clinic_id: uuid.UUID) -> ColumnElement[bool]:
    """Which rows are the clinic's; of people those that its rows refer to."""
    if table.name == USER:
        return table.c.id.in_(people_of(clinic_id))
    owner: ColumnElement[bool] = table.c[WHOSE.get(table.name, "clinic_id")] == clinic_id
    return owner


def people_of(clinic_id: uuid.UUID) -> Any:
    """The ids of everybody who works or worked there, or is named by a reference."""
    found = [
        select(key.parent).where(belongs(table, clinic_id))
        for table in tables()
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if key.column.table.name == USER
    ]
    return union(*found).scalar_subquery()

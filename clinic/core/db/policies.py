"""This file is about the lock of PostgreSQL behind the wall: each clinic's rows, for who names it.

A transaction names the clinic that somebody acts for (`core/tenancy.py`); rows of any other one are
then not there, for reading and for writing, whatever the statement. SQLite has no such lock.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, MetaData, Table, inspect

SETTING = "clinic.named"
POLICY = "rows_of_the_named_clinic"
# Nobody's clinic owns nothing; events that belong to no clinic carry it.
NAMED = (
    f"COALESCE(NULLIF(current_setting('{SETTING}', true), '')::uuid,"
    " '00000000-0000-0000-0000-000000000000')"
)


def belongs_by(column: str) -> dict[str, Any]:
    """Table info for rows of a clinic that say so in another column than `clinic_id`."""
    return {"clinic_column": column}


def clinic_column(table: Table) -> str | None:
    """The column that says whose a row is; None: it belongs to no clinic alone."""
    if table.info.get("clinic_owned"):
        return "clinic_id"
    column: str | None = table.info.get("clinic_column")
    return column


def locked_tables(connection: Connection, metadata: MetaData) -> Iterator[tuple[str, str]]:
    """(table, column that says whose a row is) of those that exist, by name."""
    present = set(inspect(connection).get_table_names())
    for name, table in sorted(metadata.tables.items()):
        if name in present and (column := clinic_column(table)):
            yield name, column


def recreate_policies(connection: Connection, metadata: MetaData) -> None:
    """Put the lock (back) on every table of a clinic. Each migration ends with it.

    FORCE: whoever owns the tables meets it too. Does nothing on SQLite.
    """
    order(
        connection,
        *(
            f'DROP POLICY IF EXISTS {POLICY} ON "{table}";'
            f' CREATE POLICY {POLICY} ON "{table}"'
            f" USING ({column} = {NAMED}) WITH CHECK ({column} = {NAMED});"
            f' ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY'
            for table, column in tables_on(connection, metadata)
        ),
    )


def lift_policies(connection: Connection, metadata: MetaData) -> None:
    """Let whoever owns the tables change rows of all clinics, until the lock is put back.

    For a migration: it is undone by `recreate_policies` in the same transaction.
    """
    tables = tables_on(connection, metadata)
    order(connection, *(f'ALTER TABLE "{name}" NO FORCE ROW LEVEL SECURITY' for name, _ in tables))


def drop_policies(connection: Connection, metadata: MetaData) -> None:
    """Take the lock away, for a version of the program that names no clinic."""
    order(
        connection,
        *(
            f'DROP POLICY IF EXISTS {POLICY} ON "{table}";'
            f' ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY'
            for table, _ in tables_on(connection, metadata)
        ),
    )


def tables_on(connection: Connection, metadata: MetaData) -> list[tuple[str, str]]:
    """What carries the lock; nothing on SQLite."""
    postgresql = connection.dialect.name == "postgresql"
    return list(locked_tables(connection, metadata)) if postgresql else []


def order(connection: Connection, *statements: str) -> None:
    """Several statements in one message to the server."""
    if statements:
        connection.exec_driver_sql("; ".join(statements))

"""This file is about a whole clinic from a file into an installation in which there is none.

Rows are written below the session, as they were: the trail comes with them and must hold. Every
trigger stays on, so a signed session is locked again only once its log is in.
"""

import json
import secrets
import uuid
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO

from flask_security import hash_password
from sqlalchemy import Connection, Enum, Table, func, insert, select, update

from clinic.core import audit
from clinic.core.db import Base, db, job
from clinic.core.rotation import marks_of
from clinic.core.tenancy import naming
from clinic.core.verify import Break, chains, walk
from clinic.operations import queries
from clinic.operations.actions.archive import Archive
from clinic.operations.rules import Manifest, OutOfOrder, Unreadable, parents_first, read

BATCH = 500  # rows
Row = dict[str, Any]


class NotEmpty(ValueError):
    """Somebody works here already."""


def load(file: BinaryIO) -> Manifest:
    """Put a clinic where there is none, all of it or nothing. Everybody needs a new password.

    Raises NotEmpty, and Unreadable for a file that is not whole or not of this version.
    """
    with Archive(file) as archive:
        archive.refuse_another_schema(queries.schema())
        archive.refuse_changed_files()
        try:
            # Nobody acts for it yet: its rows are written because it is named.
            with naming(uuid.UUID(archive.manifest.clinic_id)), job():
                fill(archive)
        except OutOfOrder as fault:
            raise Unreadable(f"{fault}.") from fault
        return archive.manifest


def fill(archive: Archive) -> None:
    """Every table in its order; then what must hold."""
    connection = db.session.connection()
    refuse_unless_empty(connection)
    for table in queries.clinic_tables():
        for rows in in_batches(rows_of(archive, table)):
            connection.execute(insert(table), [unlocked(table, row) for row in rows])
    for table in queries.clinic_tables():
        if table.info.get("lockable"):
            lock_again(connection, table, archive)
    clinic_id = uuid.UUID(archive.manifest.clinic_id)
    refuse_a_broken_trail(connection, clinic_id, archive.manifest)
    audit.note(
        db.session(),
        "import-clinic",
        "Clinic",
        clinic_id,
        clinic_id=clinic_id,
        made_at=archive.manifest.made_at,
        rows=archive.manifest.rows,
    )


def refuse_unless_empty(connection: Connection) -> None:
    """Raise NotEmpty where there is a clinic or a person."""
    for name in ("clinic", "user"):
        counted = select(func.count()).select_from(Base.metadata.tables[name])
        if connection.scalar(counted):
            raise NotEmpty("There is a clinic here already. Load it into an empty installation.")


def rows_of(archive: Archive, table: Table) -> Iterator[Row]:
    """The rows of a table in an order in which they can be written, secrets made anew."""
    own = [key.column_keys for key in table.foreign_key_constraints if key.referred_table is table]
    keys = [name for names in own for name in names if name != "clinic_id"]
    rows = (typed(table, line) for line in archive.lines(table.name))
    for row in parents_first(rows, keys) if keys else rows:
        yield dict(row) | anew(table) | dict(marks_of(table, row))


def typed(table: Table, line: str) -> Row:
    """A line as the columns hold it. Raises Unreadable."""
    said = json.loads(line)
    try:
        return {
            column.name: member(column.type, read(queries.kind_of(column), said[column.name]))
            for column in queries.columns_of(table)
        }
    except (KeyError, ValueError) as fault:
        raise Unreadable(f"A row of {table.name} cannot be read: {fault}.") from fault


def member(kind: Any, value: Any) -> Any:
    """A code as the member of its list."""
    is_code = isinstance(kind, Enum) and kind.enum_class and value is not None
    return kind.enum_class(value) if is_code else value


def anew(table: Table) -> Row:
    """What lets somebody in, made so that nobody knows it."""
    names = queries.SECRETS.get(table.name, ())
    blank: Row = dict.fromkeys(names)
    made = {"password": lambda: hash_password(secrets.token_urlsafe(32)), "fs_uniquifier": key}
    return blank | {name: make() for name, make in made.items() if name in blank}


def key() -> str:
    """What a browser would be known by."""
    return uuid.uuid4().hex


def in_batches(rows: Iterator[Row]) -> Iterator[tuple[Row, ...]]:
    """A few rows at a time."""
    while some := tuple(islice(rows, BATCH)):
        yield some


def unlocked(table: Table, row: Row) -> Row:
    """A row that others may still be written beneath."""
    return row | {"locked_at": None} if table.info.get("lockable") else row


def lock_again(connection: Connection, table: Table, archive: Archive) -> None:
    """The moments at which rows were signed."""
    for row in rows_of(archive, table):
        locked_at: datetime | None = row["locked_at"]
        if locked_at is not None:
            signed = update(table).where(table.c.id == row["id"])
            connection.execute(signed.values(locked_at=locked_at))


def refuse_a_broken_trail(connection: Connection, clinic_id: uuid.UUID, manifest: Manifest) -> None:
    """Walk the whole chain as it came. Raises Unreadable for one that does not hold."""
    head = next((one for one in chains(connection) if one.chain_id == clinic_id), None)
    found = walk(connection, clinic_id, head)
    if isinstance(found, Break):
        raise Unreadable(f"Its trail is broken at event {found.seq}: {found.why}.")
    if (found.events, found.hash) != (manifest.trail["events"], manifest.trail["hash"]):
        raise Unreadable("Its trail does not end where the file says.")

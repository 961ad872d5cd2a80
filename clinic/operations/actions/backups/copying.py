"""This file is about a copy of the whole database: as a file, and brought back somewhere else.

Nobody waits for it: SQLite copies beside its writers, PostgreSQL from a moment that it holds.
"""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from flask import current_app
from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool

from clinic.operations.actions.backups import tools
from clinic.operations.queries.contents import contents_of
from clinic.operations.rules.backups import BadBackup, Contents


def own_address() -> URL:
    """The database of this installation, as whoever may read all of it."""
    config = current_app.config
    return make_url(config.get("BACKUP_DATABASE_URI") or config["SQLALCHEMY_DATABASE_URI"])


def is_sqlite(url: URL) -> bool:
    """Whether a database is a file."""
    return url.get_backend_name() == "sqlite"


@contextmanager
def reading(url: URL, **options: str) -> Iterator[Connection]:
    """A connection that reads one moment of a database, past the wall: a copy belongs to nobody."""
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    try:
        with engine.connect().execution_options(begin="DEFERRED", **options) as connection:
            yield connection
            connection.rollback()
    finally:
        engine.dispose()


def copy_into(file: Path) -> Contents:
    """Put a copy of the database into a new file. Returns what is in it."""
    url = own_address()
    if is_sqlite(url):
        ours = sqlite3.connect(source_of(url), uri=True)
        with closing(ours), closing(sqlite3.connect(file)) as copy:
            ours.backup(copy)
            copy.execute("PRAGMA journal_mode = delete")
        with reading(url.set(database=str(file))) as connection:
            return contents_of(connection)
    with reading(url, isolation_level="REPEATABLE READ") as connection:
        refuse_a_narrow_view(connection)
        moment = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
        tools.dump(url, file, moment)
        return contents_of(connection)


def source_of(url: URL) -> str:
    """The file of a database, opened for reading alone."""
    return f"{Path(url.database or '').absolute().as_uri()}?mode=ro"


def refuse_a_narrow_view(connection: Connection) -> None:
    """Raise ToolFailed when row-level security would leave rows out."""
    asked = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    narrowed = "SELECT count(*) FROM pg_class WHERE relrowsecurity"
    sees_all = connection.exec_driver_sql(asked).scalar()
    if not sees_all and connection.exec_driver_sql(narrowed).scalar():
        raise tools.ToolFailed(
            "This role does not see the rows of all clinics: CLINIC_BACKUP_DATABASE_URI names one "
            "that does."
        )


def bring_back(file: Path, url: URL) -> None:
    """Fill an empty database from such a file. Raises BadBackup and ToolFailed."""
    if not is_sqlite(url):
        tools.fill(url, file)
        return
    with closing(sqlite3.connect(file)) as copy:
        if copy.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise BadBackup("The database in it is damaged.")
    target = Path(url.database or "")
    for end in ("-wal", "-shm"):
        Path(f"{target}{end}").unlink(missing_ok=True)
    with file.open("rb") as written:
        os.fsync(written.fileno())
    file.replace(target)


@contextmanager
def scratch(folder: Path) -> Iterator[URL]:
    """An empty place for a copy, on the engine of this installation; thrown away afterwards."""
    url = own_address()
    if is_sqlite(url):
        yield url.set(database=str(folder / "scratch.db"))
        return
    name = f"clinic_scratch_{secrets.token_hex(6)}"
    order(url, f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield url.set(database=name)
    finally:
        order(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def order(url: URL, statement: str) -> None:
    """One statement outside any transaction."""
    with reading(url, isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(statement)

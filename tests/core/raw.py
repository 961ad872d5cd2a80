"""This file is about an intruder who writes SQL to the database itself, past the application."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

REFUSALS = (sqlite3.IntegrityError, psycopg.IntegrityError)


@contextmanager
def intruder(address: str, *, triggers: bool = True, role: str = "postgres") -> Iterator[Any]:
    """A connection as any tool would open it: no pragma of ours, and the rights of a superuser.

    Without triggers: a thief who knows how to put them out of order for himself.
    """
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        connection: Any = sqlite3.connect(url.database, isolation_level=None)
        if not triggers:
            drop_triggers(connection)
    else:
        driver = url.set(drivername="postgresql", username=role)
        plain = driver.render_as_string(hide_password=False)
        connection = psycopg.connect(plain, autocommit=True)
        if not triggers:
            connection.execute("SET session_replication_role = replica")
    try:
        yield connection
    finally:
        connection.close()


def drop_triggers(connection: sqlite3.Connection) -> None:
    """Away with all of them."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        connection.execute(f"DROP TRIGGER {name}")

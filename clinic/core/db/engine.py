"""This file is about the connection: how an engine is opened, how a transaction begins on it."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from flask import Flask, g, has_app_context, has_request_context
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Connection, event
from sqlalchemy.engine import Dialect, Engine, make_url

from clinic.core.db.keys import load_ring
from clinic.core.db.types import Base

SQLITE_SETTINGS = (
    "journal_mode=wal",
    "busy_timeout=5000",
    "foreign_keys=on",
    "recursive_triggers=on",
    "synchronous=full",
)
POSTGRES_SETTINGS = "-c timezone=utc -c lock_timeout=5s -c statement_timeout=10s"


class ClinicSession(FlaskSession):
    """A session without the doors that neither the wall nor the trail could watch."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Any:
        """The engine this session was made for; Flask-SQLAlchemy would only know its own."""
        return self.bind if self.bind is not None else super().get_bind(*args, **kwargs)

    def flush(self, objects: Any = None) -> None:
        """Send what changed; a page that is only looked at changes nothing."""
        reading = has_request_context() and not g.get("writing") and self.bind is None
        if reading and (self.new or self.dirty or self.deleted):
            raise RuntimeError("a GET changes nothing: note what was read in apart()")
        super().flush(objects)

    def begin_nested(self) -> Any:
        """Refused: a savepoint that rolls back would leave its rows in the trail."""
        raise RuntimeError("no savepoints: one request, one transaction")

    def _refuse_bulk(self, *_: Any, **__: Any) -> None:
        raise RuntimeError(
            "no bulk methods: add() the records, so that the wall and the trail see them"
        )

    bulk_save_objects = _refuse_bulk
    bulk_insert_mappings = _refuse_bulk
    bulk_update_mappings = _refuse_bulk


# The metadata only: given the class, Flask-SQLAlchemy would copy it and lose the type map.
db = SQLAlchemy(
    metadata=Base.metadata, session_options={"class_": ClinicSession, "expire_on_commit": False}
)


def is_sqlite(dbapi_connection: Any) -> bool:
    """Whether a driver's connection is SQLite's."""
    return type(dbapi_connection).__module__.startswith("sqlite3")


@event.listens_for(Engine, "do_connect")
def writable_or_not_at_all(dialect: Dialect, _record: Any, args: list[Any], _how: Any) -> None:
    """SQLite opens a file on a read-only disk for reading, and a connection that began so refuses
    every write for as long as the server runs, however well the disk is by then."""
    if dialect.name == "sqlite" and Path(args[0]).exists() and not os.access(args[0], os.W_OK):
        raise sqlite3.OperationalError("attempt to write a readonly database")


@event.listens_for(Engine, "connect")
def open_sqlite(dbapi_connection: Any, _record: Any) -> None:
    """Make SQLite durable, strict about references, and leave BEGIN to us."""
    if not is_sqlite(dbapi_connection):
        return
    dbapi_connection.isolation_level = None
    for setting in SQLITE_SETTINGS:
        dbapi_connection.execute(f"pragma {setting}")


@event.listens_for(Engine, "begin")
def begin_on_sqlite(connection: Connection) -> None:
    """Whoever will write takes the write lock first: a read that becomes a write loses writes."""
    if connection.dialect.name != "sqlite":
        return
    mode = connection.get_execution_options().get("begin") or default_begin()
    connection.exec_driver_sql(f"BEGIN {mode}")


def default_begin() -> str:
    """IMMEDIATE where something may be written: the view of an unsafe request, a job, a test."""
    if not has_request_context():
        return "DEFERRED" if has_app_context() and g.get("only_reading") else "IMMEDIATE"
    return "IMMEDIATE" if g.get("writing") else "DEFERRED"


def engine_options(uri: str) -> dict[str, Any]:
    """Settings of the engine for a database address."""
    # hide_parameters: an error goes to the log with its statement, and no value of a patient.
    always: dict[str, Any] = {"pool_timeout": 5, "hide_parameters": True}
    if make_url(uri).get_backend_name() == "sqlite":
        return always | {"connect_args": {"timeout": 5, "check_same_thread": False}}
    # prepare_threshold: a pooler in transaction mode knows no prepared statements.
    return always | {
        "pool_pre_ping": True,
        "connect_args": {"options": POSTGRES_SETTINGS, "prepare_threshold": None},
    }


def init_app(app: Flask) -> None:
    """Connect the application to its database."""
    options = engine_options(app.config["SQLALCHEMY_DATABASE_URI"])
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", options)
    load_ring(app)
    db.init_app(app)

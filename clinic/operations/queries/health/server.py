"""This file is about the server: database, tables, disks, clock, backups, the key of backups."""

import ctypes
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import Connection, inspect
from sqlalchemy.engine import make_url

from clinic.core import clock
from clinic.core.db import Base, db, end_reading, reading
from clinic.core.db.roles import faults
from clinic.operations.queries.backups import backup_folder, backups
from clinic.operations.queries.contents import newest_revision, revision_of
from clinic.operations.rules import health
from clinic.operations.rules.health import FULL, Line
from clinic.reports.actions.jobs import folder as export_folder

GIGABYTE = 1_000_000_000
NOTHING = timedelta(0)
NOT_SYNCHRONISED = 5  # what adjtimex(2) returns then


def lines_of_server(newest_at: datetime | None) -> list[Line]:
    """How the server stands; says nothing of any clinic. newest_at: of the newest event known."""
    now = clock.now()
    end_reading()
    with reading():
        connection = db.session.connection()
        kept = health.database(engine_of(connection), weak(connection), standby(connection))
        tables = health.migrations(present_revision(connection), newest_revision())
        written_at = max(filter(None, (newest_at, databases_clock(connection))), default=now)
    backup = health.backup(backups(), now, named=backup_folder() is not None)
    time = health.clock(synchronised=is_synchronised(), ahead=max(written_at - now, NOTHING))
    return [kept, tables, *disks(), backup, time]


def why_not_ready() -> list[str]:
    """What keeps the server from saving, a word each; nothing: it is ready."""
    with reading():
        connection = db.session.connection()
        away = [] if present_revision(connection) == newest_revision() else ["tables"]
        away += ["standby"] if standby(connection) == "gone" else []
    return away + (["disk"] if any(used_of(place) > FULL for _, place in places()) else [])


def engine_of(connection: Connection) -> str:
    """The engine as it calls itself."""
    return "SQLite" if connection.dialect.name == "sqlite" else "PostgreSQL"


def weak(connection: Connection) -> list[str]:
    """Why the role of the program could get past what the database refuses. In the demo it may."""
    return [] if current_app.config["DEMO"] else faults(connection, Base.metadata)


def standby(connection: Connection) -> str:
    """Whether a save waits for a standby, and whether that is there: empty, `there`, `gone`."""
    if connection.dialect.name == "sqlite":
        return ""
    waits = connection.exec_driver_sql("SHOW synchronous_standby_names").scalar()
    followed = connection.exec_driver_sql("SELECT count(*) FROM pg_stat_replication").scalar()
    return ("there" if followed else "gone") if waits else ""


def present_revision(connection: Connection) -> str | None:
    """The revision of the tables. Where none is written down, the newest when no table is missing:
    so they are made for a trial."""
    if found := revision_of(connection):
        return found
    there = set(inspect(connection).get_table_names())
    return newest_revision() if Base.metadata.tables.keys() <= there else None


def places() -> Iterator[tuple[str, Path]]:
    """The folders that must not be full, by what lies there."""
    url = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() == "sqlite":
        yield "the database", Path(url.database or "").absolute().parent
    yield "exports", export_folder()
    folder = backup_folder()
    if folder is not None and folder.is_dir():
        yield "backups", folder


def used_of(place: Path) -> int:
    """How full a disk is, in percent."""
    usage = shutil.disk_usage(place)
    return round(100 * (usage.total - usage.free) / usage.total)


def disks() -> list[Line]:
    """Each disk once, by the first that lies on it."""
    found: dict[int, Line] = {}
    for name, place in places():
        line = health.disk(name, used_of(place), shutil.disk_usage(place).free / GIGABYTE)
        found.setdefault(place.stat().st_dev, line)
    return list(found.values())


def is_synchronised() -> bool | None:
    """Whether the machine's clock follows a time server, by adjtimex(2). None: it does not say."""
    try:
        answer: int = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(512))
    except (OSError, AttributeError):
        return None
    return None if answer < 0 else answer != NOT_SYNCHRONISED


def databases_clock(connection: Connection) -> datetime | None:
    """What time it is for the database, which may be another machine's clock; None: it has none."""
    if connection.dialect.name == "sqlite":
        return None
    found: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    return found

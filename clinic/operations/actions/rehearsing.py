"""This file is about an upgrade tried on a copy: how long it takes, what it keeps and breaks."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import Connection
from sqlalchemy.engine import URL

from clinic.core.db import Base, db
from clinic.core.verify import examine
from clinic.operations.actions.backups import copying
from clinic.operations.queries.contents import contents_of
from clinic.operations.rules.backups import Contents, lost_rows


@dataclass(frozen=True)
class Rehearsal:
    """What came of it. `faults`: what the upgrade would lose or leave wrong, as sentences."""

    before: Contents
    after: Contents
    copying_seconds: float
    upgrade_seconds: float
    faults: tuple[str, ...]


def rehearse(folder: Path) -> Rehearsal:
    """Copy the database, upgrade the copy, look at all of it, throw it away.

    Nobody waits for it, and nothing of the database is changed. Raises ToolFailed, and what a
    revision raises.
    """
    with TemporaryDirectory(dir=folder, prefix="rehearsing-") as room:
        begun = time.monotonic()
        file = Path(room) / "copy"
        before = copying.copy_into(file)
        with copying.scratch(Path(room)) as place:
            copying.bring_back(file, place)
            copied = time.monotonic()
            upgrade_at(place)
            upgraded = time.monotonic()
            with copying.reading(place) as connection:
                after = contents_of(connection)
                faults = tuple(faults_of(connection, before, after))
    return Rehearsal(before, after, copied - begun, upgraded - copied, faults)


def upgrade_at(place: URL) -> None:
    """What `flask db upgrade` does, to another database than ours."""
    from clinic import create_app

    address = place.render_as_string(hide_password=False)
    other = create_app(dict(current_app.config) | {"SQLALCHEMY_DATABASE_URI": address})
    with other.app_context():
        try:
            upgrade()
        finally:
            db.engine.dispose()


def faults_of(connection: Connection, before: Contents, after: Contents) -> Iterator[str]:
    """Rows that went, tables that are not those of the program, a trail that does not hold."""
    yield from lost_rows(before, after)
    compare = MigrationContext.configure(connection, opts={"compare_type": True})
    if compare_metadata(compare, Base.metadata):
        yield "the tables are not those that the program wants"
    for checked in examine(connection):
        yield from (one.text for one in checked.breaks)

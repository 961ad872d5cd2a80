"""This file is about restoring: a backup into the installation, in which there is nothing yet."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import current_app
from sqlalchemy.engine import URL, make_url

from clinic.core import audit
from clinic.core.db import Base, db, job
from clinic.core.db.roles import recreate_grants
from clinic.operations.actions.backups import copying
from clinic.operations.actions.backups.creating import EXPORTS
from clinic.operations.actions.backups.unpacking import database_in, unpack
from clinic.operations.actions.backups.verifying import compared
from clinic.operations.queries.contents import tables_in
from clinic.operations.queries.fingerprints import fingerprints
from clinic.operations.rules.backups import Inventory
from clinic.reports.actions.jobs import folder as export_folder


class NotRestored(ValueError):
    """Something is there already, or the keys are not those of the backup."""


def restore(path: Path, *, other_keys: bool = False) -> Inventory:
    """Put a backup where there is nothing; it is walked and counted before it is used.

    On PostgreSQL whoever owns the tables does it, as for a migration.
    Raises NotRestored, BadBackup, NoKey, ToolFailed.
    """
    url = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"])
    refuse_unless_empty(url)
    with TemporaryDirectory(dir=beside(url, path), prefix="restoring-") as room:
        folder = Path(room)
        said = unpack(path, folder)
        refuse_another_engine(url, said)
        if not other_keys:
            refuse_other_keys(said)
        db.engine.dispose()
        copying.bring_back(database_in(folder), url)
        with db.engine.begin() as connection:
            recreate_grants(connection, Base.metadata)
        with copying.reading(copying.own_address()) as connection:
            compared(connection, said.contents)
        bring_files(folder / EXPORTS)
    note_it(said)
    return said


def beside(url: URL, path: Path) -> Path:
    """A folder on the disk on which the database will lie."""
    return Path(url.database or "").absolute().parent if copying.is_sqlite(url) else path.parent


def refuse_unless_empty(url: URL) -> None:
    """Raise NotRestored where there are tables."""
    if copying.is_sqlite(url) and not Path(url.database or "").exists():
        return
    with copying.reading(url) as connection:
        if tables_in(connection):
            raise NotRestored(
                "There is a database already. Nothing is written over it: put it aside, or name "
                "an empty place in CLINIC_DATABASE_URI."
            )


def refuse_another_engine(url: URL, said: Inventory) -> None:
    """Raise NotRestored when it is a backup of the other engine."""
    if url.get_backend_name() != said.contents.engine:
        raise NotRestored(
            f"It is a backup of {said.contents.engine}; CLINIC_DATABASE_URI names "
            f"{url.get_backend_name()}. A clinic changes its engine by `flask clinic export`."
        )


def refuse_other_keys(said: Inventory) -> None:
    """Raise NotRestored when what is encrypted in it could not be read."""
    ours = fingerprints()
    other = sorted(name for name, mark in said.keys.items() if ours.get(name) != mark)
    if other:
        raise NotRestored(
            f"These keys are not those of the backup: {', '.join(other)}. With others, what was "
            "encrypted cannot be read. Set the right ones; if they are lost, say --other-keys."
        )


def bring_files(source: Path) -> None:
    """The files of exports, where they lay."""
    if source.is_dir():
        shutil.copytree(source, export_folder(), dirs_exist_ok=True)


def note_it(said: Inventory) -> None:
    """From here on the trail knows that it was brought back."""
    if said.contents.chains:
        with job():
            audit.note(db.session(), "restore", "Backup", made_at=said.made_at)

"""A copy that follows a SQLite database by seconds has the last entry when the disk is gone."""

import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from clinic import create_app
from clinic.core.acting import Acting, act_as
from clinic.core.db import apart, db, job
from clinic.core.verify import Chain, verify
from tests.conftest import configuration
from tests.desk import somebody
from tests.factories import make_patient
from tests.operations.test_backups import rows_of
from tests.torture.table import Table

__all__ = ["somebody"]

PROGRAM = Path(sysconfig.get_path("scripts")) / "litestream"
WOMEN = 200
BEHIND = 10.0  # seconds that the copy may need at most


@contextmanager
def following(database: Path, folder: Path) -> Iterator[Path]:
    """Litestream follows a database; it is killed at the end, not ended. Gives its settings."""
    settings = folder / "litestream.yml"
    replica = f"type: file, path: {folder / 'copy'}"
    settings.write_text(f"dbs: [{{path: {database}, replica: {{{replica}}}}}]")
    process = subprocess.Popen(
        [PROGRAM, "replicate", "-config", settings], stdout=subprocess.DEVNULL, stderr=-2
    )
    try:
        yield settings
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_was_saved_is_in_the_copy_seconds_later(
    app: Flask, somebody: Acting, tmp_path: Path, table: Table
) -> None:
    database = Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
    back = tmp_path / "back.db"
    with table.fault("disk gone, restored from a copy that follows, sqlite") as line:
        with following(database, tmp_path) as settings:
            for number in range(WOMEN):
                with app.app_context(), act_as(somebody), job():
                    make_patient(number=f"N{number}")
            time.sleep(BEHIND)
        fetched = [PROGRAM, "restore", "-config", settings, "-o", back, database]
        subprocess.run(fetched, check=True, capture_output=True)
        other = create_app(configuration(f"sqlite:///{back}"))
        before, after = rows_of(app), rows_of(other)
        line.tries, line.lost = WOMEN, len(set(before["patient"]) - set(after["patient"]))
        line.passed = WOMEN - line.lost
        with other.app_context(), apart(write=False) as session:
            found = list(verify(session.connection()))
            db.engine.dispose()

    assert after == before
    assert all(isinstance(one, Chain) for one in found)

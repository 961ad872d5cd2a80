"""The drill of a restore with the records of years: made, verified, brought back, compared."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from clinic import create_app
from clinic.bench.actions import fill_trail
from clinic.core.acting import Acting, act_as
from clinic.core.db import db
from clinic.operations.actions import backups
from tests.clock import Clock
from tests.conftest import configuration
from tests.desk import somebody, stranger
from tests.operations.test_backups import rows_of, with_backups
from tests.review.house import furnish
from tests.torture.table import Table

__all__ = ["somebody", "stranger"]

EVENTS = 60_000
MINUTES = 30  # within which a clinic works again


@pytest.fixture
def years(app: Flask, somebody: Acting, tmp_path: Path) -> Flask:
    """A clinic with the records of years."""
    furnish(app, somebody, "Zephyrine")
    with with_backups(app, tmp_path).app_context(), act_as(somebody):
        fill_trail(EVENTS, lambda _text: None)
    return app


@pytest.fixture
def elsewhere(template, clock: Clock, tmp_path: Path) -> Iterator[Flask]:
    """A new server with the keys, and without a database."""
    address = template.blank()
    app = with_backups(create_app(configuration(address), clock=clock), tmp_path)
    yield app
    with app.app_context():
        db.engine.dispose()
    template.drop(address)


def test_a_clinic_of_years_is_back_within_minutes(
    years: Flask, elsewhere: Flask, engine_name: str, table: Table
) -> None:
    with table.fault(f"server gone, restored from the backup, {engine_name}") as line:
        line.tries, begun = 1, time.monotonic()
        with years.app_context():
            path, made = backups.create(Path(years.config["BACKUP_FOLDER"]))
            copied = time.monotonic()
            check = backups.verify(path)
        looked = time.monotonic()
        with elsewhere.app_context():
            backups.restore(path)
        back = time.monotonic()
        before, after = rows_of(years), rows_of(elsewhere)
        differ = [set(rows) - set(after[name]) for name, rows in before.items()]
        line.lost = sum(map(len, differ)) - len(differ[list(before).index("clinic_head")])
        line.passed = int(check.whole and not line.lost)
        size = f"{made.contents.rows} rows, {path.stat().st_size / 1e6:.0f} MB"
        took = [f"{span:.0f} s" for span in (copied - begun, looked - copied, back - looked)]
        line.said.append(f"{size}: made in {took[0]}, verified in {took[1]}, back in {took[2]}")

    assert check.whole, check.why
    assert line.lost == 0
    assert back - looked < MINUTES * 60

"""The server's clock is put back an hour, and forward again, while tablets log."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from clinic.core.db import apart
from tests.durability.load import system_now
from tests.durability.server import KillableServer
from tests.torture.table import Table
from tests.torture.weather import Trial

SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
HOUR = 3600


class BentServer(KillableServer):
    """A server whose clock a test moves."""

    serves = "tests.torture.bent:app"

    def __init__(self, database_uri: str, folder: Path) -> None:
        super().__init__(database_uri)
        self.offset = folder / "offset"
        self.environment["TORTURE_OFFSET_FILE"] = str(self.offset)
        self.moves_to(0)

    def moves_to(self, seconds: int) -> None:
        """Its clock is so many seconds beside the machine's."""
        fresh = self.offset.with_suffix(".new")
        fresh.write_text(str(seconds))
        fresh.rename(self.offset)


@pytest.fixture
def server(database_uri: str, tmp_path: Path) -> Iterator[BentServer]:
    """The real server, with a clock of its own."""
    running = BentServer(database_uri, tmp_path)
    running.start()
    yield running
    running.close()


@SQLITE
def test_a_clock_put_back_an_hour_and_forward_again_five_times(
    app: Flask, trial: Trial, server: BentServer, table: Table
) -> None:
    @contextmanager
    def put_back() -> Iterator[None]:
        server.moves_to(-HOUR)
        time.sleep(0.5)
        yield
        server.moves_to(0)

    with table.fault("clock put back an hour, and forward again, SQLite") as line:
        # Nothing may be taken in the future, so each bears a time that has passed on every clock.
        earlier = (system_now() - timedelta(seconds=HOUR)).isoformat()
        replace(trial, at=earlier).survives(line, put_back, times=5, refuses=False)
        line.said.append(f"the trail shows {steps_back(app)} steps back")
        assert steps_back(app) >= line.tries


def steps_back(app: Flask) -> int:
    """How often an event of the trail bears an earlier time than the one before it."""
    in_order = text("SELECT occurred_at FROM audit_event ORDER BY chain_id, seq")
    with app.app_context(), apart(write=False) as reading:
        moments = list(reading.connection().execute(in_order).scalars())
    return sum(later < earlier for earlier, later in pairwise(moments))

"""The database goes away: killed, stopped, frozen, locked by somebody else."""

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.databases import PostgresTemplate, Prepare
from tests.torture.processes import end, family
from tests.torture.table import Table
from tests.torture.weather import Trial

SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def own_server(prepare: Prepare) -> Iterator[PostgresTemplate]:
    """A PostgreSQL of this test's own, which may be killed."""
    made = PostgresTemplate(f"away-{os.getpid()}", "main", prepare)
    yield made
    made.close()


class TestPostgresql:
    """A server of its own that is treated badly."""

    @pytest.fixture
    def database_uri(self, own_server: PostgresTemplate) -> str:
        """A database on it."""
        return own_server.new()

    def test_killed_ten_times_and_started_again(
        self,
        trial: Trial,
        own_server: PostgresTemplate,
        table: Table,
    ) -> None:
        @contextmanager
        def killed() -> Iterator[None]:
            end(first_process(own_server))
            yield
            start_again(own_server)

        with table.fault("PostgreSQL killed (kill -9) and started again") as line:
            trial.survives(line, killed, times=10)

    def test_frozen_for_twelve_seconds(
        self,
        trial: Trial,
        own_server: PostgresTemplate,
        table: Table,
    ) -> None:
        @contextmanager
        def frozen() -> Iterator[None]:
            everyone = family(first_process(own_server))
            for process in everyone:
                os.kill(process, signal.SIGSTOP)
            time.sleep(12)
            for process in everyone:
                os.kill(process, signal.SIGCONT)
            yield

        with table.fault("PostgreSQL gives no answer for 12 s") as line:
            trial.survives(line, frozen, times=2, refuses=False)

    def test_the_log_locked_by_somebody_else(
        self,
        trial: Trial,
        own_server: PostgresTemplate,
        table: Table,
        database_uri: str,
    ) -> None:
        address = own_server.server.get_uri(database=make_url(database_uri).database)

        @contextmanager
        def locked() -> Iterator[None]:
            with psycopg.connect(address) as somebody:
                somebody.execute("LOCK TABLE entry IN ACCESS EXCLUSIVE MODE")
                yield

        with table.fault("PostgreSQL: the log locked by somebody else") as line:
            trial.survives(line, locked, times=3)


@SQLITE
def test_a_file_locked_by_somebody_else(trial: Trial, database_uri: str, table: Table) -> None:
    @contextmanager
    def locked() -> Iterator[None]:
        somebody = sqlite3.connect(database_uri.removeprefix("sqlite:///"), isolation_level=None)
        somebody.execute("PRAGMA busy_timeout = 20000")
        somebody.execute("BEGIN EXCLUSIVE")
        yield
        somebody.close()

    with table.fault("SQLite: the file locked by somebody else") as line:
        trial.survives(line, locked, times=3)


def first_process(own_server: PostgresTemplate) -> int:
    """The one that started all others."""
    number = own_server.server.get_pid()
    assert number is not None
    return number


def start_again(own_server: PostgresTemplate) -> None:
    """As the machine does: once more until it runs. It refuses while one of the dead is not buried,
    and its note of who runs is taken for true as long as that one is a zombie."""
    deadline = time.monotonic() + 30
    while True:
        (own_server.server.pgdata / "postmaster.pid").unlink(missing_ok=True)
        try:
            return own_server.server.ensure_postgres_running()
        except subprocess.SubprocessError:
            assert time.monotonic() < deadline, own_server.server.log.read_text()[-2000:]
            time.sleep(0.3)

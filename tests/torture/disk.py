"""The disk fills up, and turns read-only: nothing half written, and all goes on by itself."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import Template
from tests.databases import SqliteTemplate
from tests.torture.table import Table
from tests.torture.weather import Trial

SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
ROOM = "64m"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own. Mounting one is for root: `sudo make torture`."""
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "clinic", folder], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def database_uri(template: Template, small_disk: Path) -> str:
    """A database on the small disk."""
    assert isinstance(template, SqliteTemplate)
    shutil.copyfile(template.file, small_disk / "clinic.db")
    return f"sqlite:///{small_disk / 'clinic.db'}"


@SQLITE
def test_a_disk_that_is_full_three_times(trial: Trial, small_disk: Path, table: Table) -> None:
    filling = small_disk / "filling"

    @contextmanager
    def full() -> Iterator[None]:
        with filling.open("wb") as filled:
            free = os.statvfs(small_disk)
            os.posix_fallocate(filled.fileno(), 0, free.f_bavail * free.f_bsize)
        yield
        filling.unlink()

    with table.fault("disk full, SQLite") as line:
        trial.survives(line, full, times=3)


@SQLITE
def test_a_disk_that_may_only_be_read_for_a_while(
    trial: Trial, small_disk: Path, table: Table
) -> None:
    def turn(how: str) -> None:
        remount = ["mount", "-o", f"remount,{how},size={ROOM}", small_disk]
        deadline = time.monotonic() + 10
        while subprocess.run(remount, capture_output=True, check=False).returncode != 0:
            assert time.monotonic() < deadline, "somebody still writes to the disk"
            time.sleep(0.05)

    @contextmanager
    def read_only() -> Iterator[None]:
        trial.server.kill()
        turn("ro")
        trial.server.start_without_waiting()
        yield
        turn("rw")

    with table.fault("disk read-only, SQLite") as line:
        trial.survives(line, read_only, times=3)

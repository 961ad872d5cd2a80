"""Each entry is on the disk before "saved" is answered: kill -9 cannot show it, strace does."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.durability.load import logging
from tests.durability.server import KillableServer
from tests.torture.table import Table
from tests.torture.weather import ENTRIES_EACH, Trial

SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
# 1234 sendto(11<...>, "HTTP/1.1 201 CREATED...   and   1234 fdatasync(9</.../x.db-wal>) = 0
CALL = re.compile(r"^(?P<thread>\d+) +(?P<call>\w+)\(\d+<(?P<what>[^>]*)>(?P<rest>.*)$")


@contextmanager
def watched(server: KillableServer, into: Path) -> Iterator[None]:
    """Note what the server asks of the machine: to write to the disk, and to send an answer."""
    strace = shutil.which("strace")
    assert strace, "apt-get install strace"
    assert server.process is not None
    group = subprocess.run(
        ["pgrep", "-g", str(server.process.pid)], capture_output=True, text=True, check=True
    )
    calls = "trace=fdatasync,fsync,sendto,sendmsg"
    watching = subprocess.Popen(
        [strace, "-f", "-y", "-s", "32", "-e", calls, "-o", str(into)]
        + [word for process in group.stdout.split() for word in ("-p", process)],
        stderr=subprocess.DEVNULL,
    )
    time.sleep(1)
    yield
    watching.terminate()
    watching.wait()


@SQLITE
def test_an_entry_is_on_the_disk_before_it_is_called_saved(
    trial: Trial, server: KillableServer, table: Table, tmp_path: Path
) -> None:
    calls = tmp_path / "calls"
    with table.fault("saved only after fdatasync of the log, SQLite (strace)") as line:
        trial.lets_go()
        with (
            watched(server, calls),
            logging(server.port, trial.ward, ENTRIES_EACH) as work,
        ):
            work.ends()
        kept_first = list(answers(calls.read_text().splitlines()))
        line.tries, line.passed = len(kept_first), sum(kept_first)

    assert line.tries == work.in_all
    assert line.passed == line.tries


def answers(calls: list[str]) -> Iterator[bool]:
    """For each 201: whether its thread had the database's log written since its last answer."""
    written: set[str] = set()
    for said in calls:
        found = CALL.match(said)
        if found is None:
            continue
        if found["call"] in ("fsync", "fdatasync"):
            if found["what"].endswith("-wal"):
                written.add(found["thread"])
        elif "HTTP/1.1 " in found["rest"]:
            if "HTTP/1.1 201" in found["rest"]:
                yield found["thread"] in written
            written.discard(found["thread"])

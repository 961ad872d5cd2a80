"""This file is about files that a worker makes: whole or none, taken up, cancelled, deleted."""

import errno
import hashlib
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from clinic.core.acting import act_as
from clinic.core.db import db, job
from clinic.reports import actions
from clinic.reports.actions.formats import FORMATS, Format
from clinic.reports.commands import tick
from clinic.reports.models import ExportJob
from clinic.reports.rules.jobs import JobState
from tests.clock import Clock
from tests.reports.conftest import People
from tests.reports.ordered import job_of, made, ordered
from tests.reports.room import events

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def folder(app: Flask, tmp_path: Path) -> Path:
    """Where the files of this test lie."""
    app.config["EXPORT_FOLDER"] = str(tmp_path / "exports")
    return tmp_path / "exports"


@pytest.fixture
def writing(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`writing(write)`: the format "odd" is written so."""

    def install(write: Any) -> str:
        odd = Format("odd", "Odd", "for a test", ".odd", "text/plain", write)
        monkeypatch.setitem(FORMATS, "odd", odd)
        return "odd"

    return install


def test_a_file_is_made_with_its_size_rows_and_checksum(
    app: Flask, people: People, folder: Path, writing: Any, clock: Clock
) -> None:
    def write(order: Any, source: Any, mask: Any, file: Any, progress: Any) -> int:
        progress.step(0, 2)
        file.write(b"two words")
        return 2

    job_id = ordered(app, people["administrator"], format=writing(write))

    assert made(app, people["administrator"]) is True

    found = job_of(app, people["administrator"], job_id)
    assert (found.state, found.rows, found.size) == (JobState.READY, 2, 9)
    assert found.sha256 == hashlib.sha256(b"two words").hexdigest()
    assert found.file_name == "harbour-odd-2026-03-01-to-2026-03-31.odd"
    assert found.expires_at == clock.now + timedelta(days=30)
    [path] = folder.iterdir()
    assert path.read_bytes() == b"two words"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [e["detail"]["sha256"] for e in events(app, "file-ready")] == [found.sha256]


def test_two_workers_never_make_the_same_file(app: Flask, people: People) -> None:
    ordered(app, people["administrator"])
    with app.app_context(), act_as(people["administrator"]):
        first, second = actions.claim_next(), actions.claim_next()

    assert first is not None
    assert second is None


def test_the_oldest_comes_first_and_a_clinic_gets_only_its_own(app: Flask, people: People) -> None:
    older = ordered(app, people["administrator"])
    ordered(app, people["administrator"])
    with app.app_context(), act_as(people["other"]):
        assert actions.claim_next() is None
    with app.app_context(), act_as(people["administrator"]):
        claim = actions.claim_next()

    assert claim is not None
    assert claim.job_id == older


KILLED = """
import os, signal, sys
from datetime import datetime
from clinic import create_app
from clinic.reports.actions.formats import FORMATS, Format
from clinic.reports.commands import work_off
from tests.conftest import configuration

def die(order, source, mask, file, progress):
    progress.step(1, 2)
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)

app = create_app(configuration(sys.argv[1]), clock=lambda: datetime.fromisoformat(sys.argv[2]))
app.config["EXPORT_FOLDER"] = sys.argv[3]
FORMATS["odd"] = Format("odd", "Odd", "for a test", ".odd", "text/plain", die)
with app.app_context():
    work_off()
"""


@ON_ONE
def test_what_a_killed_worker_left_is_taken_up_again(
    app: Flask, people: People, folder: Path, writing: Any, clock: Clock
) -> None:
    def write(order: Any, source: Any, mask: Any, file: Any, progress: Any) -> int:
        file.write(b"whole")
        return 1

    job_id = ordered(app, people["administrator"], format=writing(write))
    address = app.config["SQLALCHEMY_DATABASE_URI"]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, address, clock.now.isoformat(), str(folder)], check=False
    )
    assert killed.returncode == -9
    [left] = folder.iterdir()
    assert (left / "file").read_bytes() == b"half"
    assert job_of(app, people["administrator"], job_id).done == 1
    assert made(app, people["administrator"]) is None, "it may still be alive"

    clock.advance(seconds=61)

    assert made(app, people["administrator"]) is True
    assert [path.read_bytes() for path in folder.iterdir()] == [b"whole"]
    assert job_of(app, people["administrator"], job_id).tries == 2


@ON_ONE
def test_a_worker_that_lost_its_claim_leaves_the_file_of_the_other_alone(
    app: Flask, people: People, folder: Path, writing: Any, clock: Clock
) -> None:
    contents = iter([b"slow", b"quick"])

    def write(order: Any, source: Any, mask: Any, file: Any, progress: Any) -> int:
        mine = next(contents)
        file.write(mine)
        if mine == b"slow":
            clock.advance(seconds=61)
            overtake()
            progress.step(1, 1)
        return 1

    def overtake() -> None:
        with app.app_context():
            assert made(app, people["administrator"]) is True

    ordered(app, people["administrator"], format=writing(write))

    assert made(app, people["administrator"]) is False
    assert [path.read_bytes() for path in folder.iterdir()] == [b"quick"]


@ON_ONE
def test_a_cancelled_file_stops_at_its_next_step_and_leaves_nothing(
    app: Flask, people: People, folder: Path, writing: Any, clock: Clock
) -> None:
    def write(order: Any, source: Any, mask: Any, file: Any, progress: Any) -> int:
        progress.step(1, 4)
        clock.advance(seconds=2)
        cancelled(app, people, job_id)
        progress.step(2, 4)
        raise AssertionError("it went on")

    job_id = ordered(app, people["administrator"], format=writing(write))

    assert made(app, people["administrator"]) is False
    found = job_of(app, people["administrator"], job_id)
    assert (found.state, found.done, found.total) == (JobState.CANCELLED, 1, 4)
    assert list(folder.iterdir()) == []


def cancelled(app: Flask, people: People, job_id: Any) -> None:
    """Somebody presses Cancel."""
    with app.app_context(), act_as(people["administrator"]), job():
        actions.cancel_job(db.session.get_one(ExportJob, job_id))


@ON_ONE
def test_a_full_disk_is_said_and_the_file_can_be_tried_again(
    app: Flask, people: People, folder: Path, writing: Any, clock: Clock
) -> None:
    def write(order: Any, source: Any, mask: Any, file: Any, progress: Any) -> int:
        progress.step(148, 231)
        raise OSError(errno.ENOSPC, "No space left on device")

    job_id = ordered(app, people["administrator"], format=writing(write))

    assert made(app, people["administrator"]) is False
    found = job_of(app, people["administrator"], job_id)
    assert found.state is JobState.FAILED
    assert found.fault == "Stopped at 148 of 231: storage full. Nothing was saved."
    assert list(folder.iterdir()) == []


@ON_ONE
def test_a_file_that_kills_every_worker_is_given_up_after_five_tries(
    app: Flask, people: People, clock: Clock
) -> None:
    job_id = ordered(app, people["administrator"])
    with app.app_context(), act_as(people["administrator"]):
        for _ in range(5):
            assert actions.claim_next() is not None
            clock.advance(seconds=61)
        assert actions.claim_next() is None

    found = job_of(app, people["administrator"], job_id)
    assert found.fault == "Stopped: the worker was interrupted too often. Nothing was saved."


@ON_ONE
@pytest.mark.usefixtures("treated")
def test_the_timer_makes_what_waits_and_deletes_what_has_expired(
    app: Flask, people: People, folder: Path, clock: Clock
) -> None:
    job_id = ordered(app, people["administrator"])
    with app.app_context():
        assert tick(people["administrator"]) == "1 export made"
        clock.advance(days=29)
        assert tick(people["administrator"]) is None
        assert len(list(folder.iterdir())) == 1
        clock.advance(days=1)
        assert tick(people["administrator"]) == "1 file deleted"

    found = job_of(app, people["administrator"], job_id)
    assert (found.state, found.deleted_at) == (JobState.DELETED, clock.now)
    assert list(folder.iterdir()) == []
    assert [e["record"] for e in events(app, "delete-file")] == [str(job_id)]


@ON_ONE
def test_what_a_killed_worker_left_of_a_cancelled_file_goes_with_the_next_tick(
    app: Flask, people: People, folder: Path
) -> None:
    job_id = ordered(app, people["administrator"])
    place = folder / f"{job_id}.{job_id}.part"
    place.mkdir(parents=True)
    (place / "file").write_bytes(b"half")
    cancelled(app, people, job_id)

    with app.app_context():
        tick(people["administrator"])

    assert list(folder.iterdir()) == []


@ON_ONE
def test_a_worker_that_is_stopped_puts_its_file_back(
    app: Flask, people: People, folder: Path, writing: Any
) -> None:
    def write(order: Any, source: Any, mask: Any, file: Any, progress: Any) -> int:
        (progress.place / "beside").write_bytes(b"rows")
        raise SystemExit(0)

    job_id = ordered(app, people["administrator"], format=writing(write))
    with pytest.raises(SystemExit):
        made(app, people["administrator"])

    found = job_of(app, people["administrator"], job_id)
    assert (found.state, found.tries) == (JobState.QUEUED, 0), "nothing failed"
    assert list(folder.iterdir()) == []


@ON_ONE
def test_the_timer_does_not_make_what_takes_longer_than_it_has(
    app: Flask, people: People, writing: Any, clock: Clock
) -> None:
    def write(order: Any, source: Any, mask: Any, file: Any, progress: Any) -> int:
        progress.step(1, 100)
        clock.advance(seconds=46)
        progress.step(2, 100)
        raise AssertionError("it went on")

    job_id = ordered(app, people["administrator"], format=writing(write))
    with app.app_context():
        tick(people["administrator"])

    fault = job_of(app, people["administrator"], job_id).fault
    assert fault is not None
    assert "this server runs no flask worker" in fault

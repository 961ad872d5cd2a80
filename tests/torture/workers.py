"""The worker is killed again and again while it makes one export."""

import hashlib
import io
import os
import signal
import time
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import func, select

from clinic.core.acting import act_as
from clinic.core.db import apart
from clinic.reports.actions.csv_files import CSV
from clinic.reports.models import Export, ExportJob
from clinic.reports.queries.masking import mask_for
from clinic.reports.queries.source import Source
from clinic.reports.rules.jobs import JobState
from clinic.reports.rules.ordering import Unwatched
from tests.clock import Clock
from tests.durability.server import warm
from tests.reports.conftest import People, Work, people
from tests.reports.made import T0
from tests.reports.ordered import job_of, ordered
from tests.reports.room import events, make_session, spray, write
from tests.torture.table import Table

__all__ = ["people"]

KILLS, WOMEN = 50, 80
WHAT = ("sessions", "observations", "side-effects", "scores", "medicines", "courses", "audit")
PATIENCE = 60.0


def work(database_uri: str, folder: str, now: str) -> None:
    """What `flask worker` does until it is killed, at a moment; each woman's part is a piece."""
    from clinic import create_app
    from clinic.reports.actions import pieces
    from clinic.reports.commands import work_off
    from tests.conftest import configuration

    os.setsid()
    pieces.FULL = 1
    app = create_app(configuration(database_uri), clock=lambda: datetime.fromisoformat(now))
    app.config["EXPORT_FOLDER"] = folder
    with app.app_context():
        work_off()


class Workers:
    """One worker after the other, each a minute later: the lease of the one before is over."""

    def __init__(self, database_uri: str, folder: Path, clock: Clock, job_id: Any) -> None:
        self.database_uri, self.folder, self.clock = database_uri, folder, clock
        self.job_id, self.pieces = job_id, folder / f"{job_id}.pieces"
        self.warm = warm()

    def start(self) -> BaseProcess:
        """The next one."""
        self.clock.advance(seconds=61)
        given = (self.database_uri, str(self.folder), self.clock.now.isoformat())
        process = self.warm.Process(target=work, args=given)
        process.start()
        return process

    def killed(self, finished: int, moment: float) -> None:
        """One that is killed a moment (seconds) after so many pieces were finished."""
        process, deadline = self.start(), time.monotonic() + PATIENCE
        while self.finished() < finished and process.is_alive():
            assert time.monotonic() < deadline, "no piece was finished"
            time.sleep(0.002)
        time.sleep(moment)
        assert process.is_alive(), "it was ready before it was killed"
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        assert process.exitcode == -signal.SIGKILL

    def finished(self) -> int:
        """How many pieces there are."""
        return len(list(self.pieces.iterdir())) if self.pieces.is_dir() else 0


@pytest.fixture
def women(work: Work, people: People, clock: Clock) -> None:
    """Eighty women with a session each."""
    clock.now = T0 + timedelta(hours=3)
    with work(people["nurse"]):
        for n in range(WOMEN):
            session = make_session(T0 + timedelta(minutes=n), number=f"P-{n}")
            spray(session, T0)
            for minute in (10, 40, 90):
                at = T0 + timedelta(minutes=minute)
                write(session, "observation", at, spo2=97, heart_rate=60 + n % 40)


def undisturbed(app: Flask, people: People, job_id: Any) -> tuple[bytes, int]:
    """The file of the same order at the same moment, made in one go, and its rows."""
    whole = io.BytesIO()
    with app.app_context(), act_as(people["administrator"]):
        with apart(write=False) as session:
            job = session.scalars(select(ExportJob).where(ExportJob.id == job_id)).one()
            export = session.scalars(select(Export).where(Export.id == job.export_id)).one()
        order, source = export.order, Source(export.order, export.created_at)
        rows = CSV.write(order, source, mask_for(order), whole, Unwatched())
    return whole.getvalue(), rows


@pytest.fixture
def workers(app: Flask, people: People, women: None, clock: Clock, tmp_path: Path) -> Workers:
    """An export is ordered."""
    job_id = ordered(app, people["administrator"], what=WHAT, identified=False)
    return Workers(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path, clock, job_id)


def test_an_export_whose_worker_is_killed_fifty_times_is_whole(
    app: Flask, people: People, workers: Workers, engine_name: str, table: Table
) -> None:
    whole, rows = undisturbed(app, people, workers.job_id)
    with table.fault(f"worker killed (kill -9) while it makes an export, {engine_name}") as line:
        for kill in range(KILLS):
            line.tries += 1
            before = workers.finished()
            workers.killed(before + 1 + kill % 4, kill % 11 * 0.005)
            assert workers.finished() > before
            line.passed += 1
        last = workers.start()
        last.join(PATIENCE)

        found = job_of(app, people["administrator"], workers.job_id)
        assert found.state is JobState.READY
        [path] = workers.folder.iterdir()
        content = path.read_bytes()
        line.lost = rows - (found.rows or 0)
        same = content == whole
        line.said.append(f"{found.rows} of {rows} rows, {len(content):,} bytes, equal: {same}")
        assert same
        assert found.rows == rows
        assert found.sha256 == hashlib.sha256(content).hexdigest()
        assert ZipFile(io.BytesIO(content)).testzip() is None
        assert len(events(app, "file-ready")) == len(events(app, "export")) == 1
        with app.app_context(), act_as(people["administrator"]), apart(write=False) as session:
            assert session.scalar(select(func.count()).select_from(Export)) == 1

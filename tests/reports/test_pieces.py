"""This file is about pieces: a worker that dies costs what it had not finished, and no more."""

import io
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from clinic.core import paper
from clinic.core.acting import act_as
from clinic.core.db import apart
from clinic.reports.actions import csv_files, pieces
from clinic.reports.actions.formats import FORMATS
from clinic.reports.actions.pieces import KeptPieces
from clinic.reports.commands import tick
from clinic.reports.models import Export, ExportJob
from clinic.reports.queries.masking import mask_for
from clinic.reports.queries.source import Source
from clinic.reports.rules import column
from clinic.reports.rules.jobs import JobState
from clinic.reports.rules.ordering import Unwatched
from clinic.reports.rules.pieces import Mark
from clinic.reports.rules.tables import DICTIONARY
from tests.clock import Clock
from tests.reports.conftest import People, Work
from tests.reports.made import T0
from tests.reports.ordered import job_of, made, ordered
from tests.reports.room import events, make_session, spray, write
from tests.reports.test_jobs import cancelled

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
WOMEN = 6
WHAT = ("sessions", "observations", "courses", "audit")


@pytest.fixture(autouse=True)
def folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the files of this test lie; whatever was worked out is a piece at once."""
    app.config["EXPORT_FOLDER"] = str(tmp_path / "exports")
    monkeypatch.setattr(pieces, "FULL", 1)
    return tmp_path / "exports"


@pytest.fixture(autouse=True)
def women(work: Work, people: People, clock: Clock) -> None:
    """Six women with a session each, one dose and one set of readings; it is 13:00."""
    clock.now = T0 + timedelta(hours=3)
    with work(people["nurse"]):
        for n in range(WOMEN):
            session = make_session(T0 + timedelta(minutes=n), number=f"P-{n}")
            spray(session, T0)
            write(session, "observation", T0 + timedelta(minutes=40), spo2=97, heart_rate=70 + n)


def undisturbed(app: Flask, people: People, job_id: Any) -> bytes:
    """The file of the same order at the same moment, made in one go."""
    whole = io.BytesIO()
    with app.app_context(), act_as(people["administrator"]):
        with apart(write=False) as session:
            job = session.scalars(select(ExportJob).where(ExportJob.id == job_id)).one()
            export = session.scalars(select(Export).where(Export.id == job.export_id)).one()
        order, source = export.order, Source(export.order, export.created_at)
        FORMATS[order.format].write(order, source, mask_for(order), whole, Unwatched())
    return whole.getvalue()


def file_of(folder: Path, job_id: Any) -> bytes:
    """The file that is ready; nothing else may be left."""
    [path] = folder.iterdir()
    assert path.name == f"{job_id}.file"
    return path.read_bytes()


def dies_after(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """The worker is stopped when it has finished so many pieces."""
    finish = KeptPieces.finish

    def finish_and_go(self: KeptPieces, path: Path) -> None:
        finish(self, path)
        if self.number == number:
            raise SystemExit

    monkeypatch.setattr(KeptPieces, "finish", finish_and_go)


KILLED = """
import os, signal, sys
from datetime import datetime
from clinic import create_app
from clinic.reports.actions import pieces
from clinic.reports.commands import work_off
from tests.conftest import configuration

class Dying(pieces.KeptPieces):
    def written(self, mark):
        if self.number == 4:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().written(mark)

import clinic.reports.actions.telling as telling
telling.KeptPieces, pieces.FULL = Dying, 1
app = create_app(configuration(sys.argv[1]), clock=lambda: datetime.fromisoformat(sys.argv[2]))
app.config["EXPORT_FOLDER"] = sys.argv[3]
with app.app_context():
    work_off()
"""


def test_what_a_killed_worker_had_finished_is_not_worked_out_again(
    app: Flask, people: People, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = ordered(app, people["administrator"], what=WHAT, identified=False)
    whole = undisturbed(app, people, job_id)
    address, now = app.config["SQLALCHEMY_DATABASE_URI"], clock.now.isoformat()
    killed = subprocess.run([sys.executable, "-c", KILLED, address, now, str(folder)], check=False)
    assert killed.returncode == -9
    finished = list((folder / f"{job_id}.pieces").iterdir())
    assert len(finished) == 4
    assert job_of(app, people["administrator"], job_id).done >= 4
    again: list[Any] = []
    line_of = column.line_of

    def counting(columns: Any, *given: Any) -> str:
        if columns is not DICTIONARY:
            again.append(given)
        return line_of(columns, *given)

    monkeypatch.setattr(csv_files, "line_of", counting)
    clock.advance(seconds=61)

    assert made(app, people["administrator"]) is True

    found = job_of(app, people["administrator"], job_id)
    assert found.rows is not None
    assert len(again) == found.rows - 4, "each of the four pieces held the session of one woman"
    assert file_of(folder, job_id) == whole
    assert len(events(app, "file-ready")) == 1


@pytest.mark.parametrize(
    "given", [(code, named) for code in ("csv", "xlsx", "fhir", "sdtm") for named in (True, False)]
)
def test_a_file_of_two_workers_is_the_file_of_one(
    app: Flask,
    people: People,
    folder: Path,
    given: tuple[str, bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    what = ("sessions", "observations", "courses")
    code, named = given
    job_id = ordered(app, people["administrator"], what=what, identified=named, format=code)
    whole = undisturbed(app, people, job_id)
    with monkeypatch.context() as patch:
        dies_after(patch, 2)
        with pytest.raises(SystemExit):
            made(app, people["administrator"])

    assert made(app, people["administrator"]) is True

    assert job_of(app, people["administrator"], job_id).tries == 1
    assert file_of(folder, job_id) == whole


def test_pages_that_were_printed_are_not_printed_again(
    app: Flask, people: People, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[Any] = []

    def page(session_id: Any, named: bool) -> bytes:
        printed.append(session_id)
        return b"%PDF-"

    paper.print_with(app, "session", page)
    job_id = ordered(app, people["administrator"], what=(), identified=False, format="records")
    with monkeypatch.context() as patch:
        dies_after(patch, 3)
        with pytest.raises(SystemExit):
            made(app, people["administrator"])

    assert made(app, people["administrator"]) is True

    assert len(printed) == len(set(printed)) == WOMEN
    assert job_of(app, people["administrator"], job_id).rows == WOMEN


@pytest.mark.parametrize("damage", ["bent", "short", "gone", "another version"])
def test_a_damaged_piece_and_all_after_it_are_worked_out_again(
    app: Flask, people: People, folder: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = ordered(app, people["administrator"], what=WHAT, identified=False)
    whole = undisturbed(app, people, job_id)
    with monkeypatch.context() as patch:
        dies_after(patch, 5)
        if damage == "another version":
            patch.setattr(pieces, "program_version", lambda: "0.0.1")
        with pytest.raises(SystemExit):
            made(app, people["administrator"])
    third = sorted((folder / f"{job_id}.pieces").iterdir())[2]
    if damage == "gone":
        third.unlink()
    elif damage == "short":
        third.write_bytes(third.read_bytes()[:-1])
    elif damage == "bent":
        third.write_bytes(third.read_bytes().replace(b"finished", b"Finished"))

    assert made(app, people["administrator"]) is True

    assert file_of(folder, job_id) == whole


def test_a_file_that_is_cancelled_while_nobody_makes_it_leaves_no_pieces(
    app: Flask, people: People, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = ordered(app, people["administrator"], what=WHAT, identified=False)
    with monkeypatch.context() as patch:
        dies_after(patch, 2)
        with pytest.raises(SystemExit):
            made(app, people["administrator"])
    assert [path.name for path in folder.iterdir()] == [f"{job_id}.pieces"]
    cancelled(app, people, job_id)

    with app.app_context():
        tick(people["administrator"])

    assert list(folder.iterdir()) == []


def test_a_worker_that_lost_its_claim_finishes_no_piece(
    app: Flask, people: People, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = ordered(app, people["administrator"], what=WHAT, identified=False)
    whole = undisturbed(app, people, job_id)
    written = KeptPieces.written
    overtaken: list[Path] = []

    def slow(self: KeptPieces, mark: Mark) -> Path:
        path = written(self, mark)
        if not overtaken:
            overtaken.append(path)
            clock.advance(seconds=61)
            assert made(app, people["administrator"]) is True
        return path

    monkeypatch.setattr(KeptPieces, "written", slow)

    assert made(app, people["administrator"]) is False

    assert job_of(app, people["administrator"], job_id).state is JobState.READY
    assert file_of(folder, job_id) == whole

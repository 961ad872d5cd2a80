"""These tests hold the folder for a day without power, and the operator's commands."""

import threading
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pymupdf
import pytest

from clinic.core import paper
from clinic.core.acting import act_as
from clinic.core.db import job
from clinic.core.permissions import Role
from clinic.sessions.views import downtime
from tests.desk import Desk
from tests.factories import make_user
from tests.sessions.paper.test_importing import COLUMNS, HEAD, rows, text_of
from tests.sessions.room import put

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

AT = "2026-03-12T09:05:00+00:00"


@pytest.fixture
def folder(desk: Desk, tmp_path: Path) -> Path:
    """Where the clinic wants the sheets."""
    desk.app.config["DOWNTIME_FOLDER"] = str(tmp_path)
    return tmp_path / "harbour"


def printed(desk: Desk) -> None:
    """Wait until the thread has nothing more to do."""
    desk.app.extensions[downtime.PRINTER].work.join()


def observed(desk: Desk, session_id: uuid.UUID, pulse: int, at: str = AT) -> int:
    return put(desk, session_id, kind="observation", effective_at=at, heart_rate=pulse).status_code


def text_in(file: Path) -> str:
    return " ".join("".join(page.get_text() for page in pymupdf.open(file)).split())


def test_after_every_reading_the_sheet_of_a_running_session_is_fresh_and_private(
    desk, arrived, folder
):
    assert observed(desk, arrived, 71) == 201
    printed(desk)
    assert observed(desk, arrived, 77, "2026-03-12T09:07:00+00:00") == 201
    printed(desk)

    (file,) = folder.glob("*.pdf")
    assert file.name == f"room-2-P-1001-{arrived}.pdf"
    assert file.stat().st_mode & 0o777 == 0o600
    assert "09:05 71" in text_in(file)
    assert "09:07 77" in text_in(file)
    assert not list(folder.glob("*.part"))


def test_the_sheet_of_a_session_that_is_over_is_removed_and_no_other_file(desk, arrived, folder):
    observed(desk, arrived, 71)
    printed(desk)
    (folder / "plan of the ward.pdf").write_bytes(b"theirs")

    answer = put(
        desk, arrived, kind="transition", effective_at=AT, event="cancelled", text="went home"
    )
    printed(desk)

    assert answer.status_code == 201
    assert [file.name for file in folder.glob("*.pdf")] == ["plan of the ward.pdf"]


def test_a_folder_that_fails_is_said_to_the_operator_and_the_reading_is_saved(
    desk, arrived, folder, caplog
):
    folder.write_text("a file where the folder should be")

    status = observed(desk, arrived, 71)
    printed(desk)

    assert status == 201
    assert "The sheets in it are old." in caplog.text
    assert "P-1001" not in caplog.text


def test_a_save_does_not_wait_for_the_printer(desk, arrived, folder, monkeypatch):
    go_on, at_work = threading.Event(), threading.Event()

    def slow(html: str) -> bytes:
        at_work.set()
        assert go_on.wait(20)
        return b"%PDF-"

    monkeypatch.setattr(paper, "as_pdf", slow)

    first = observed(desk, arrived, 71)
    assert at_work.wait(20)
    others = [observed(desk, arrived, 70 + n, f"2026-03-12T09:0{n}:00+00:00") for n in (6, 7)]
    go_on.set()
    printed(desk)

    assert [first, *others] == [201, 201, 201]


def test_what_was_refused_prints_nothing(desk, arrived, folder):
    assert observed(desk, arrived, 999) == 422

    assert downtime.PRINTER not in desk.app.extensions
    assert not folder.exists()


@pytest.fixture
def nurse(desk: Desk) -> str:
    """The address of the nurse at the desk."""
    with desk.app.app_context(), act_as(desk.somebody), job():
        return make_user(id=desk.somebody.actor_id).email


def run(desk: Desk, *arguments: str) -> tuple[int, str]:
    result = desk.app.test_cli_runner().invoke(args=["sessions", *arguments])
    return result.exit_code, result.output


def test_the_operator_imports_a_sheet_and_reads_what_became_of_each_line(
    desk, session_id, nurse, tmp_path, clock
):
    clock.now = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
    file = tmp_path / "sheet.csv"
    table = "08:50,,,,,,,arrives,\r\n08:55,118/76,7z,,,,,,\r\n08:56,,72,,,,,,\r\n"
    file.write_bytes((HEAD + COLUMNS + table).replace(",", ";").encode("utf-8-sig"))
    who = ("--clinic", "harbour", "--by", nurse)

    first = run(desk, "import", str(file), *who)
    again = run(desk, "import", str(file), *who, "--session", str(session_id))

    assert first[0] == again[0] == 1
    assert "line 6: HR '7z' cannot be read" in first[1]
    assert "2 stored, 0 stored before, 1 refused" in first[1]
    assert "0 stored, 2 stored before, 1 refused" in again[1]
    assert [row.author_id for row in rows(desk, session_id)] == [desk.somebody.actor_id] * 2


def test_an_import_by_the_wrong_person_or_of_the_wrong_sheet_stops_with_a_sentence(
    desk, session_id, nurse, tmp_path
):
    file = tmp_path / "sheet.csv"
    file.write_bytes(text_of("gaps"))
    with desk.app.app_context(), act_as(desk.somebody), job():
        auditor = make_user(role=Role.AUDITOR).email

    hers = run(desk, "import", str(file), "--clinic", "harbour", "--by", nurse)
    theirs = run(desk, "import", str(file), "--clinic", "harbour", "--by", auditor)

    assert hers[0] == theirs[0] == 1
    assert "P-2305 has no sessions on 2026-03-18; say --session." in hers[1]
    assert "may not write in the log of a session" in theirs[1]


def test_the_operator_prints_all_that_run_and_is_told_when_that_fails(desk, arrived, nurse, folder):
    who = ("--clinic", "harbour", "--by", nurse)

    good = run(desk, "downtime", *who)
    desk.app.config["DOWNTIME_FOLDER"] = "/proc/nowhere"
    bad = run(desk, "downtime", *who)
    desk.app.config["DOWNTIME_FOLDER"] = None
    unset = run(desk, "downtime", *who)

    assert good == (0, f"1 running sessions are in {folder.parent}\n")
    assert len(list(folder.glob("*.pdf"))) == 1
    assert bad[0] == unset[0] == 1
    assert "Downtime folder /proc/nowhere" in bad[1]
    assert "CLINIC_DOWNTIME_FOLDER is not set." in unset[1]

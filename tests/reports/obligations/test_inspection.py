"""An inspector reads one session: its log as it arrived, corrections, signatures, its trail."""

import re
import uuid

import pymupdf
import pytest
from outloud import check
from sqlalchemy import text

from clinic.core.acting import act_as
from clinic.core.db import db, job, new_id
from clinic.core.permissions import Role
from clinic.core.signatures import Proof
from clinic.sessions.actions.reviewing import review_session
from tests.desk import Desk
from tests.sessions.room import put

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def corrected(desk: Desk, before_leaving: uuid.UUID, tell) -> uuid.UUID:
    """A note that was corrected."""
    note = new_id()
    said = {"kind": "note", "effective_at": "2026-03-12T11:30:00+00:00"}
    assert put(desk, before_leaving, note, **said, text="Glasses off").status_code == 201
    again = {"corrects_id": str(note), "reason": "Wrong word", "text": "Glasses on"}
    assert put(desk, before_leaving, **said, **again).status_code == 201
    return before_leaving


@pytest.fixture
def inspected(desk: Desk, corrected: uuid.UUID, signed: uuid.UUID) -> uuid.UUID:
    """The same, signed; an auditor sits at the desk."""
    desk.role = Role.AUDITOR
    return signed


def plain(desk: Desk, address: str) -> str:
    """A page without its marks."""
    page = desk.get(address)
    assert page.status_code == 200, page.status_code
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def test_it_shows_what_was_written_what_corrects_it_and_why(desk, inspected):
    page = plain(desk, f"/sessions/{inspected}/inspection")

    assert "Glasses off" in page
    assert re.search(r"Glasses on \(corrects no\. \d+, because Wrong word\)", page)
    assert "Device 1, given in full, lot 25K118" in page


def test_she_stands_in_it_by_her_number_alone(desk, inspected):
    page = plain(desk, f"/sessions/{inspected}/inspection")

    assert "P-1001" in page
    assert "Maya" not in page
    assert "Osei" not in page


def test_it_says_whether_what_was_signed_is_still_the_same(desk, inspected):
    assert "hash fits, log as it was signed" in plain(desk, f"/sessions/{inspected}/inspection")

    with desk.app.app_context(), db.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER document_version_no_update"))
        connection.execute(text("UPDATE document_version SET meaning = 'x' WHERE kind='discharge'"))

    assert "SIGNATURE BROKEN: HASH DOES NOT FIT" in plain(desk, f"/sessions/{inspected}/inspection")


def test_a_review_stands_among_what_was_signed_with_name_time_and_zone(desk, inspected):
    with desk.app.app_context(), act_as(desk.somebody), job():
        review_session(inspected, seen=0, proof=Proof(desk.somebody.actor_id, "Aiko Kimura"))

    page = plain(desk, f"/sessions/{inspected}/inspection")

    row = r"2026, \d\d:\d\d, Europe/\w+ [\w ]+ Review of the session I have reviewed this session"
    assert re.search(row, page)


def test_it_shows_the_trail_of_the_session_and_is_an_event_of_it(desk, inspected):
    plain(desk, f"/sessions/{inspected}/inspection")
    page = plain(desk, f"/sessions/{inspected}/inspection")

    assert "Opened inspection.show" in page
    assert "Made LogEntry" in page


def test_a_therapist_and_a_nurse_do_not_inspect(desk, inspected):
    for role in (Role.NURSE, Role.THERAPIST, Role.ADMINISTRATOR):
        desk.role = role
        assert desk.get(f"/sessions/{inspected}/inspection").status_code == 403


def test_an_auditor_finds_it_by_the_number_of_the_patient(desk, inspected):
    answer = desk.post("/inspection", number="P-1001")

    assert answer.status_code == 303
    assert "Session 1" in plain(desk, answer.location)
    assert "No patient has this number." in desk.post("/inspection", number="P-9").text


def test_the_printed_inspection_is_tagged_for_everybody(desk, inspected, tmp_path):
    answer = desk.get(f"/sessions/{inspected}/inspection.pdf")

    file = tmp_path / "inspection.pdf"
    file.write_bytes(answer.data)
    assert [one for one in check(str(file)).findings if one.severity == "error"] == []
    opened = pymupdf.open(stream=answer.data, filetype="pdf")
    words = " ".join("".join(page.get_text() for page in opened).split())
    assert "because Wrong word" in words
    assert "log as it was signed" in words
    assert "Maya" not in words

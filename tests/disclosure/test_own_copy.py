"""This file is about a patient's own copy: complete, hers alone, in two spellings."""

import io
import json
import zipfile

import pytest

from clinic.core.permissions import Role
from clinic.disclosure.queries import parts_of
from clinic.disclosure.rules import LEFT_OUT
from clinic.emergency.actions import open_record
from clinic.operations.queries import clinic_tables
from tests.desk import Desk
from tests.review.house import THEIRS, ours, staff, theirs

__all__ = ["ours", "staff", "theirs"]

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def administrator(app, somebody, monkeypatch) -> Desk:
    """A desk where the password is "right"."""
    monkeypatch.setitem(app.extensions, "clinic.reauthenticate", lambda typed: typed == "right")
    return Desk(app, somebody, Role.ADMINISTRATOR)


def taken(desk, patient_id, **given):
    """The two files of her copy."""
    said = {"purpose": "She asked for it", "password": "right"} | given
    answer = desk.post(f"/patients/{patient_id}/own-copy", **said)
    assert answer.status_code == 200, answer.text
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    return json.loads(archive.read("record.json")), archive.read("record.htm").decode()


def test_it_holds_every_row_of_hers_in_every_table(
    administrator, ours, theirs, work, somebody
) -> None:
    record, page = taken(administrator, ours["patient_id"])

    with work(somebody):
        expected = {part.table: len(part.rows) for part in parts_of(ours["patient_id"])}
    held = {name: len(rows) for name, rows in record["tables"].items()}
    assert held == {name: rows for name, rows in expected.items() if rows}
    assert {"patient", "infant", "entry", "treatment_session", "questionnaire_response"} <= set(
        held
    )
    assert THEIRS not in page + json.dumps(record)
    assert record["left_out"] == LEFT_OUT


def test_every_table_that_names_a_patient_is_in_it_or_left_out_with_a_reason(
    work, somebody, ours
) -> None:
    with work(somebody):
        looked_at = {part.table for part in parts_of(ours["patient_id"])} | set(LEFT_OUT)

    by_patient = {one.name for one in clinic_tables() if "patient_id" in one.c}
    assert by_patient - {"audit_event"} <= looked_at


def test_it_says_who_looked_and_marks_an_emergency(
    administrator, desk, work, somebody, ours
) -> None:
    desk.get(f"/patients/{ours['patient_id']}")
    with work(somebody):
        open_record(ours["patient_id"], "She collapsed, nobody else is here.")
    administrator.get(f"/courses/{ours['course_id']}")

    record, page = taken(administrator, ours["patient_id"])

    looks = {(look["page"], look["emergency"]) for look in record["who_looked"]}
    assert {("patients.show", False), ("courses.show", True)} <= looks
    assert "(emergency access)" in page


def test_the_page_that_she_reads_runs_nothing(administrator, ours) -> None:
    _, page = taken(administrator, ours["patient_id"])

    assert "<script" not in page
    assert "&lt;script&gt;alert" in page


def test_it_wants_the_password_and_a_purpose(administrator, ours) -> None:
    where = f"/patients/{ours['patient_id']}/own-copy"

    wrong = administrator.post(where, purpose="She asked for it", password="wrong")
    silent = administrator.post(where, purpose="", password="right")

    assert (wrong.status_code, silent.status_code) == (422, 422)
    assert "Enter your own password" in wrong.text
    assert "She asked for it" in wrong.text


def test_that_it_was_made_is_in_the_trail(administrator, app, ours) -> None:
    taken(administrator, ours["patient_id"])

    auditor = Desk(app, administrator.somebody, Role.AUDITOR)
    assert "Made a patient’s own copy" in auditor.get("/trail?action=own-copy").text


def test_a_number_leads_to_her_and_stands_in_no_address(administrator, ours) -> None:
    number = administrator.get(f"/patients/{ours['patient_id']}/own-copy")
    assert number.status_code == 200

    assert administrator.post("/own-copy", number="P-9999").status_code == 422
    assert "/own-copy" in administrator.get("/own-copy").text

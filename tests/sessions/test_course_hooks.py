"""What a course's pages say of its sessions: how far they are, what was given, the agreed pause."""

import re
import uuid
from datetime import UTC, datetime

import pytest

from clinic.core.db import new_id
from clinic.core.permissions import Role
from clinic.courses import queries
from clinic.courses.actions import add_medication
from clinic.courses.rules import DrugClass, MedicationFacts, Progress, Stage
from clinic.patients.rules import Feeding
from tests.desk import Desk
from tests.sessions.room import check_everything_before_the_dose, put, record

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

DEVICE = {
    "kind": "administration",
    "event": "device",
    "device_number": "1",
    "outcome": "complete",
    "lot": "25K118",
    "expires_on": "2027-12-31",
    "effective_at": "2026-03-12T09:10:00+00:00",
}
READING = {
    "kind": "observation",
    "systolic": 118,
    "diastolic": 76,
    "effective_at": "2026-03-12T09:08:00+00:00",
}
LORAZEPAM = MedicationFacts("Lorazepam", DrugClass.BENZODIAZEPINE, "1 mg")


@pytest.fixture
def course_id(desk: Desk, session_id: uuid.UUID) -> uuid.UUID:
    """The course of the session of this morning."""
    with record(desk.app, desk.somebody, session_id) as session:
        return session.course_id


def sessions_of(work, somebody, course_id):
    """The report of the stage of sessions."""
    with work(somebody):
        return queries.stage_reports(queries.course_or_raise(course_id))[Stage.SESSIONS]


def words(desk: Desk, course_id: uuid.UUID) -> str:
    """The course's front page without its marks."""
    page = desk.get(f"/courses/{course_id}").text
    return " ".join(re.sub(r"<[^>]+>", " ", page).split()).replace("\u2009", " ")


def give(desk: Desk, session_id: uuid.UUID) -> None:
    """The first device, after everything was asked and measured."""
    check_everything_before_the_dose(desk, session_id, "2026-03-12T09:05:00+00:00")
    for entry in (READING, DEVICE):
        answer = put(desk, session_id, new_id(), **entry)
        assert answer.status_code == 201, answer.text


def test_a_planned_session_is_the_next_one(desk, work, somebody, course_id):
    report = sessions_of(work, somebody, course_id)

    assert (report.progress, report.words) == (Progress.RUNNING, "0 given, next 12 Mar 2026")
    assert "Agreed pause 12 h after the last dose, order of session 1" in words(desk, course_id)


def test_no_pause_is_said_of_an_order_when_no_infant_has_her_milk(desk, work, somebody, course_id):
    with work(somebody):
        for infant in queries.infants_of_course(queries.course_or_raise(course_id)):
            infant.feeding = Feeding.FORMULA

    assert "Agreed pause" not in words(desk, course_id)


def test_a_running_session_is_said_and_keeps_the_course_open(
    desk, work, somebody, course_id, arrived
):
    report = sessions_of(work, somebody, course_id)
    desk.role = Role.PSYCHIATRIST
    ended = {"reason": "completed", "text": "", "ended_on": "2026-03-12"}

    answer = desk.post(f"/courses/{course_id}/end", **ended)

    assert report.words == "0 given, one runs now"
    assert answer.status_code == 422
    assert "Session 1 is not signed yet. Sign it first." in answer.text


def test_a_cancelled_session_is_nothing_begun(desk, work, somebody, course_id, session_id):
    says = {"event": "cancelled", "text": "She is ill"}
    at = datetime(2026, 3, 12, 9, 0, tzinfo=UTC).isoformat()
    assert put(desk, session_id, kind="transition", effective_at=at, **says).status_code == 201

    report = sessions_of(work, somebody, course_id)

    assert (report.progress, report.words) == (Progress.NOT_STARTED, "")


def test_a_dose_is_counted_and_the_pause_has_its_end(desk, course_id, arrived):
    give(desk, arrived)

    page = words(desk, course_id)

    assert "given: 28 mg" in page
    assert "Agreed pause ends 21:10 12 Mar 2026" in page


def test_a_medicine_on_her_list_stands_beside_its_question(
    desk, work, somebody, course_id, arrived
):
    with work(somebody):
        add_medication(course_id, LORAZEPAM)

    page = desk.get(f"/sessions/{arrived}").text

    assert "on her list: Lorazepam 1 mg" in page
    assert page.count("on her list:") == 1

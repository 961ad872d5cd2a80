"""A serious event stays to be reported, on session and course, until somebody writes to whom."""

import re
import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest

from clinic.core.db import new_id
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.permissions import Role
from clinic.sessions import actions
from clinic.sessions.queries import reports_of, unreported_of_course
from clinic.sessions.rules.reporting import ReportedTo
from tests.desk import Desk
from tests.sessions.room import put, record

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

TEN_PAST = datetime(2026, 3, 12, 9, 10, tzinfo=UTC)
CHEST_PAIN = {
    "kind": "adverse-event",
    "event": "onset",
    "term": "chest-pain",
    "severity": "severe",
    "serious": True,
    "criterion": "hospitalisation",
    "effective_at": "2026-03-12T09:08:00+00:00",
}
TO_REPORT = "Chest pain: hospitalisation. Nobody wrote down yet to whom it was reported."


@pytest.fixture
def onset_id(desk: Desk, arrived: uuid.UUID) -> uuid.UUID:
    """Chest pain at 09:08, serious."""
    onset = new_id()
    answer = put(desk, arrived, onset, **CHEST_PAIN)
    assert answer.status_code == 201, answer.text
    return onset


def plain(desk: Desk, address: str) -> str:
    """A page without its marks."""
    page = desk.get(address)
    assert page.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def course_of(desk: Desk, session_id: uuid.UUID) -> uuid.UUID:
    with record(desk.app, desk.somebody, session_id) as session:
        return session.course_id


def report(session_id: uuid.UUID, onset_id: uuid.UUID, **says: Any) -> Any:
    """A report to the REMS today, or as said."""
    values = {"to": ReportedTo.REMS, "on": date(2026, 3, 12), "text": "No. 17"} | says
    return actions.report_event(session_id, onset_id, **values)


def test_an_event_that_is_not_reported_stands_on_session_and_course(desk, arrived, onset_id):
    session = plain(desk, f"/sessions/{arrived}")
    course = plain(desk, f"/courses/{course_of(desk, arrived)}")

    assert TO_REPORT in session
    assert "an inpatient unit calls 1-855-382-6022" in session
    assert "Serious event to report. Chest pain, session 1" in course


def test_a_report_on_its_page_ends_that(desk, arrived, onset_id):
    page = f"/sessions/{arrived}/events/{onset_id}"

    answer = desk.post(page, reported_to="rems", reported_on="2026-03-12", text="No. 17")

    assert answer.status_code == 303
    session = plain(desk, f"/sessions/{arrived}")
    assert TO_REPORT not in session
    assert "REMS, 12 Mar 2026, No. 17" in session
    assert "Serious event to report." not in plain(desk, f"/courses/{course_of(desk, arrived)}")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reported_to": ""}, "Choose who was told."),
        ({"reported_on": "2026-03-13"}, "Enter a day that is not after today."),
        ({"reported_to": "none", "text": ""}, "Enter why nobody has to be told"),
    ],
)
def test_a_report_that_cannot_be_is_refused_and_kept(desk, arrived, onset_id, change, sentence):
    fields = {"reported_to": "medwatch", "reported_on": "2026-03-12", "text": "By mail"} | change

    answer = desk.post(f"/sessions/{arrived}/events/{onset_id}", **fields)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{fields["reported_on"]}"' in answer.text


def test_a_report_entered_in_error_opens_it_again(desk, work, somebody, arrived, onset_id):
    with work(somebody):
        wrong = report(arrived, onset_id).id

    page = f"/sessions/{arrived}/events/{onset_id}"
    unsaid = desk.post(f"{page}/reports/{wrong}/error", reason="")
    taken_back = desk.post(f"{page}/reports/{wrong}/error", reason="It was another woman")

    assert unsaid.status_code == 422
    assert taken_back.status_code == 303
    assert TO_REPORT in plain(desk, f"/sessions/{arrived}")
    with work(somebody), pytest.raises(Conflict, match="taken back already"):
        actions.take_back_report(arrived, wrong, reason="Twice")


def test_what_is_not_serious_has_no_page_and_no_report(desk, work, somebody, arrived):
    nausea = new_id()
    says = CHEST_PAIN | {"term": "nausea", "serious": False, "criterion": None}
    put(desk, arrived, nausea, **{name: value for name, value in says.items() if value is not None})

    assert desk.get(f"/sessions/{arrived}/events/{nausea}").status_code == 404
    with work(somebody), pytest.raises(Conflict, match="no such serious event"):
        report(arrived, nausea)


def test_an_event_is_reported_after_the_session_was_signed(desk, work, somebody, arrived, onset_id):
    with record(desk.app, desk.somebody, arrived) as session:
        course_id = session.course_id
    with work(somebody):
        from clinic.core.db import db
        from clinic.sessions.models import TreatmentSession

        db.session.get_one(TreatmentSession, arrived).locked_at = TEN_PAST
    with work(somebody):
        waiting = [one.effect.onset_id for one in unreported_of_course(course_id)]
        report(arrived, onset_id)

    with work(somebody):
        assert unreported_of_course(course_id) == []
        assert [one.text for one in reports_of([arrived])[arrived]] == ["No. 17"]
    assert waiting == [onset_id]


def test_nobody_to_be_told_needs_words(work, somebody, arrived, onset_id):
    with work(somebody), pytest.raises(Unprocessable):
        report(arrived, onset_id, to=ReportedTo.NONE, text=" ")


def test_a_therapist_reads_it_and_cannot_report(desk, arrived, onset_id):
    desk.role = Role.THERAPIST

    assert TO_REPORT in plain(desk, f"/sessions/{arrived}")
    assert desk.get(f"/sessions/{arrived}/events/{onset_id}").status_code == 403

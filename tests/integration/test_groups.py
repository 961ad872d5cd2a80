"""This file is about groups, treatments that last, and notes that stay with whoever wrote them."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from clinic.core.acting import Acting
from clinic.core.audit import AuditEvent
from clinic.core.db import db
from clinic.core.permissions import Role
from clinic.courses.actions import open_course
from clinic.courses.models import Course
from clinic.integration import queries
from clinic.integration.rules import (
    GroupFacts,
    Kind,
    Status,
    TreatmentFacts,
    fault_of_attendance,
    faults_of_group,
    faults_of_treatment,
    is_on,
)
from tests.desk import DUBLIN, STRANGER_ID
from tests.factories import CLINIC_ID, make_patient

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CBT = TreatmentFacts(Kind.PSYCHOTHERAPY, "CBT, Wednesdays", date(2026, 2, 18))
MEETING = {
    "kind": "peer-group",
    "title": "Harbour Mothers",
    "starts_at": "2026-03-09T10:00",
    "therapist_id": "not-ours",
    "therapist_name": "Rosa Lind",
}
SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def test_a_treatment_ends_not_before_it_began_and_is_no_talk_after_a_dose():
    def fields(**changes):
        facts = TreatmentFacts(**{**vars(CBT), **changes})
        return [field for field, _ in faults_of_treatment(facts)]

    assert fields() == fields(stopped_on=CBT.started_on) == []
    assert fields(stopped_on=date(2026, 2, 17)) == ["stopped_on"]
    assert fields(kind=Kind.INTEGRATION) == ["kind"]


@pytest.mark.parametrize(
    ("day", "on"),
    [(date(2026, 2, 17), False), (date(2026, 2, 18), True), (date(2030, 1, 1), True)],
)
def test_the_first_day_counts_and_without_a_last_day_it_goes_on(day, on):
    assert is_on(CBT, day) is on


def test_a_group_is_held_by_one_person_and_is_no_talk_after_a_dose():
    group = GroupFacts(Kind.PEER_GROUP, "Harbour Mothers", NOW, therapist_name="Rosa Lind")
    alone = GroupFacts(Kind.INTEGRATION, "Talk", NOW)

    assert list(faults_of_group(group)) == []
    assert [field for field, _ in faults_of_group(alone)] == ["kind", "therapist_id"]


@pytest.mark.parametrize(
    ("status", "reason", "starts_at", "says"),
    [
        (Status.PLANNED, None, NOW + MINUTE, None),
        (Status.PLANNED, None, NOW, "The meeting is over: say whether she came."),
        (Status.DONE, None, NOW, None),
        (Status.DONE, None, NOW + MINUTE, "The meeting is still to come."),
        (Status.MISSED, None, NOW, "Write the reason."),
        (Status.MISSED, "Leo unwell", NOW, None),
    ],
)
def test_whether_she_came_is_said_of_a_meeting_that_is_over(status, reason, starts_at, says):
    assert fault_of_attendance(status, reason, starts_at, NOW) == says


@pytest.fixture
def other_course(work, somebody, course_id):
    """Ruth is in a course too."""
    with work(somebody):
        ruth = make_patient(number="P-2002", given_name="Ruth", family_name="Levy")
        course = db.session.get_one(Course, course_id)
        return open_course(ruth.id, course.protocol_version_id).id


@pytest.fixture
def meeting(desk, course_id, other_course):
    """Harbour Mothers on Monday, with Maya and Ruth on the list."""
    address = desk.post("/groups", **MEETING).location
    for course in (course_id, other_course):
        assert desk.post(f"{address}/list", course_id=str(course)).status_code == 303
    return address


@SQLITE
def test_on_her_page_stands_the_group_and_no_name_of_another_woman(desk, course_id, meeting):
    page = desk.get(f"/courses/{course_id}/integration").text

    assert "Peer group, group" in page
    assert "Harbour Mothers" in page
    assert "Ruth" not in page
    assert "Levy" not in page
    assert "Ruth Levy" in desk.get(meeting).text


@SQLITE
def test_who_came_and_who_did_not_stands_with_each_of_them(
    desk, work, somebody, course_id, meeting
):
    with work(somebody):
        (visit,) = queries.activities_of(course_id)

    refused = desk.post(f"{meeting}/list/{visit.id}", status="missed", reason="")
    noted = desk.post(f"{meeting}/list/{visit.id}", status="missed", reason="Leo unwell")

    assert (refused.status_code, noted.status_code) == (422, 303)
    assert "Write the reason." in refused.text
    with work(somebody):
        (visit,) = queries.activities_of(course_id)
        assert (visit.status, visit.reason) == (Status.MISSED, "Leo unwell")


@SQLITE
def test_nobody_is_put_twice_on_a_list(desk, course_id, meeting):
    again = desk.post(f"{meeting}/list", course_id=str(course_id))

    assert again.status_code == 422
    assert "Choose who from the list." in again.text


@SQLITE
def test_a_meeting_that_moves_moves_for_each_of_them(desk, work, somebody, course_id, meeting):
    moved = MEETING | {"starts_at": "2026-03-10T11:00", "version": "1"}
    answer = desk.post(f"{meeting}/edit", **moved)

    assert answer.status_code == 303
    with work(somebody):
        (visit,) = queries.activities_of(course_id)
        assert visit.starts_at == datetime(2026, 3, 10, 11, 0, tzinfo=UTC)


@SQLITE
def test_a_treatment_that_lasts_is_a_bar_with_its_visits_counted(desk, course_id):
    answer = desk.post(
        f"/courses/{course_id}/integration/treatments/new",
        kind="psychotherapy",
        title="CBT, Wednesdays",
        given_by="L. Moreau",
        visits_planned="8",
        started_on="2026-02-18",
    )

    page = desk.get(f"/courses/{course_id}/integration").text
    assert answer.status_code == 303
    assert "Psychotherapy, CBT, Wednesdays, L. Moreau: 0 of 8 done, since 18 Feb." in page
    assert 'class="lasting"' in page


@SQLITE
def test_a_day_unit_that_is_over_says_when_it_ended(desk, course_id):
    days = {"started_on": "2026-02-16", "stopped_on": "2026-03-06"}
    to = f"/courses/{course_id}/integration/treatments/new"
    desk.post(to, kind="day-unit", title="Day place, Mon and Fri", **days)

    page = desk.get(f"/courses/{course_id}/integration").text

    assert "ended 06 Mar" in page
    assert "06 Mar 2026" in page


@SQLITE
def test_a_note_of_ones_own_is_read_by_nobody_else(desk, work, somebody, course_id, meeting):
    with work(somebody):
        (visit,) = queries.activities_of(course_id)
    address = f"/courses/{course_id}/integration/visits/{visit.id}/notes"
    desk.role = Role.THERAPIST
    written = desk.post(address, text="Afraid of the next dose")

    own = desk.get(address).text
    desk.somebody = Acting(STRANGER_ID, CLINIC_ID, DUBLIN)
    of_another = desk.get(address).text
    page = desk.get(f"/courses/{course_id}/integration").text
    desk.role = Role.NURSE

    assert written.status_code == 303
    assert "Afraid of the next dose" in own
    assert "Afraid" not in of_another
    assert "Afraid" not in page
    assert desk.get(address).status_code == 403


@SQLITE
@pytest.mark.usefixtures("meeting")
def test_the_trail_holds_no_word_of_such_a_note(desk, work, somebody, course_id):
    with work(somebody):
        (visit,) = queries.activities_of(course_id)
        patient_id = visit.patient_id
    desk.role = Role.THERAPIST
    desk.post(f"/courses/{course_id}/integration/visits/{visit.id}/notes", text="Afraid")

    with work(somebody):
        bodies = [e.body for e in db.session.query(AuditEvent) if e.patient_id == patient_id]
    assert any("care_note" in body or "CareNote" in body for body in bodies)
    assert not any(re.search("Afraid", body) for body in bodies)

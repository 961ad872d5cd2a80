"""This file is about opening a course: under a protocol in force, one at a time, by who may."""

import uuid
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from clinic.core.db import db
from clinic.core.permissions import Role
from clinic.courses import queries
from clinic.courses.models import Course
from clinic.courses.rules import CourseStatus, EndReason
from clinic.protocols.actions import publish_from_library
from tests.desk import NURSE_ID
from tests.factories import make_patient

CODE = "esketamine-nasal-56-84"


@pytest.fixture
def maya(work, somebody):
    with work(somebody):
        return make_patient()


@pytest.fixture
def version(work, somebody):
    with work(somebody):
        return publish_from_library(CODE)


@pytest.fixture
def courses(work, somebody, maya):
    def read() -> list[Course]:
        with work(somebody):
            return list(queries.of_patient(maya.id))

    return read


def send(desk, patient, version_id):
    return desk.post(f"/patients/{patient.id}/courses", protocol_version_id=str(version_id))


def test_a_course_opens_today_under_the_chosen_protocol(desk, maya, version, courses):
    answer = send(desk, maya, version.id)

    (course,) = courses()
    assert (answer.status_code, answer.location) == (303, f"/courses/{course.id}")
    assert (course.protocol_version_id, course.status) == (version.id, "active")
    assert (course.opened_on, course.opened_by_id) == (date(2026, 3, 12), NURSE_ID)
    assert course.ended_on is None


def test_the_chart_shows_the_course_and_says_that_its_protocol_is_a_demonstration(
    desk, maya, version
):
    send(desk, maya, version.id)

    page = desk.get(f"/patients/{maya.id}").text
    assert version.title in page
    assert "Demonstration, not approved by a clinician" in page
    assert "Open a course" not in page


def test_a_second_course_beside_an_active_one_is_refused(desk, maya, version, courses):
    send(desk, maya, version.id)

    answer = send(desk, maya, version.id)

    assert answer.status_code == 409
    assert "She has an active course already." in answer.text
    assert len(courses()) == 1


def test_the_database_refuses_a_second_active_course_too(work, somebody, maya, version):
    def row() -> Course:
        return Course(
            patient_id=maya.id,
            protocol_version_id=version.id,
            status=CourseStatus.ACTIVE,
            opened_on=date(2026, 3, 12),
            opened_by_id=NURSE_ID,
        )

    with pytest.raises(IntegrityError), work(somebody):
        db.session.add_all([row(), row()])


def test_after_a_course_has_ended_another_one_opens(desk, work, maya, version, courses):
    send(desk, maya, version.id)
    with work(desk.somebody):
        course = queries.active_course(maya.id)
        course.status, course.ended_on = CourseStatus.FINISHED, date(2026, 3, 12)
        course.end_reason = EndReason.COMPLETED

    assert send(desk, maya, version.id).status_code == 303
    assert sorted(course.status for course in courses()) == ["active", "finished"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Choose the protocol of this course."),
        ("1 OR 1=1", "Choose protocol from the list."),
        ("😀" * 5000, "Choose protocol from the list."),
        (str(uuid.UUID(int=7)), "Choose protocol from the list."),
    ],
)
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_protocol_that_is_not_offered_is_refused(desk, maya, version, typed, sentence):
    answer = send(desk, maya, typed)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_without_a_protocol_in_force_no_course_is_offered(desk, maya):
    assert "No protocol is in force in this clinic" in desk.get(f"/patients/{maya.id}").text


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        (Role.NURSE, (200, 303)),
        (Role.PSYCHIATRIST, (200, 303)),
        (Role.THERAPIST, (200, 403)),
        (Role.ADMINISTRATOR, (403, 403)),
        (Role.AUDITOR, (403, 403)),
    ],
)
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_who_may_see_courses_and_who_may_open_one(desk, maya, version, role, answers):
    desk.role = role

    seen = desk.get(f"/patients/{maya.id}/courses")
    opened = send(desk, maya, version.id)

    assert (seen.status_code, opened.status_code) == answers


def test_a_patient_of_another_clinic_has_no_courses_here(desk, maya, version, stranger):
    desk.somebody = stranger

    assert desk.get(f"/patients/{maya.id}/courses").status_code == 404
    assert send(desk, maya, version.id).status_code == 404


def test_the_courses_are_opened_in_the_trail_exactly_once(desk, maya):
    desk.get(f"/patients/{maya.id}/courses")

    assert len(desk.openings(maya.id)) == 1

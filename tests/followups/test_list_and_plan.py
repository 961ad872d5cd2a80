"""This file is about the work list and the plan of a course: due, overdue, moved, missed."""

from datetime import timedelta

import pytest

from clinic.core.permissions import Role
from clinic.followups import queries
from clinic.followups.rules import State
from tests.followups.room import CALL_AT, CALM, T0, dosed_course, left_against_advice, words

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def test_the_list_says_whom_to_call_today(desk, at_the_call):
    page = desk.get("/follow-ups")

    assert page.status_code == 200
    said = words(page.text)
    assert "Due today 1" in said
    assert "Maya Osei" in said
    assert "Thu 12 Mar 09:30, until 13:30" in said


def test_an_empty_list_says_what_comes_next(desk, course_id, clock):
    clock.now = T0 + timedelta(hours=1)

    said = words(desk.get("/follow-ups").text)

    assert "Nothing is due today" in said
    assert "Next: Maya Osei, Thu 12 Mar, 24 hours after the dose." in said


def test_a_call_that_nobody_made_is_overdue_and_wants_a_reason(desk, at_the_call, clock):
    clock.now = T0 + timedelta(hours=29)
    plan = at_the_call.replace("/24-hours/1/contact", "")

    assert "Overdue 1" in words(desk.get("/follow-ups").text)
    refused = desk.post(at_the_call.replace("contact", "missed"))
    assert refused.status_code == 422
    assert "Enter why it was missed." in refused.text
    desk.post(at_the_call.replace("contact", "missed"), reason="Phone switched off")

    assert "Phone switched off" in desk.get(plan).text
    assert 'id="overdue"' not in desk.get("/follow-ups").text


def test_while_its_window_is_open_it_cannot_be_given_up(desk, at_the_call):
    refused = desk.post(at_the_call.replace("contact", "missed"), reason="busy")

    assert refused.status_code == 409
    assert "Its window is open until Thu 12 Mar 2026, 13:30." in refused.text
    assert "busy" in refused.text


def test_moved_inside_its_window_it_waits_for_its_new_time(desk, at_the_call, state):
    answer = desk.post(
        at_the_call.replace("contact", "move"), moved_to_at="2026-03-12T12:00", reason="asleep"
    )

    assert answer.status_code == 303
    assert state() is State.MOVED
    assert "asleep" in desk.get(answer.location).text


def test_a_move_out_of_the_window_is_asked_once(desk, at_the_call):
    address, to = at_the_call.replace("contact", "move"), "2026-03-12T15:00"

    refused = desk.post(address, moved_to_at=to, reason="travels")

    assert refused.status_code == 422
    assert "This is outside the window, Thu 12 Mar 2026, 08:00 to" in refused.text
    assert "travels" in refused.text
    assert desk.post(address, moved_to_at=to, reason="travels", confirmed="y").status_code == 303


@pytest.mark.parametrize("to", ["", "2026-03-12T09:40", "tomorrow"])
def test_a_move_wants_a_time_to_come_and_a_reason(desk, at_the_call, to):
    refused = desk.post(at_the_call.replace("contact", "move"), moved_to_at=to, reason="")

    assert refused.status_code == 422
    assert "Enter why it is moved." in refused.text


def test_a_follow_up_that_is_not_in_the_plan_is_not_found(desk, course_id):
    for tail in ("24-hours/2/contact", "day-3/1/contact", "24-hours/1e9/contact"):
        assert desk.get(f"/courses/{course_id}/follow-ups/{tail}").status_code == 404


def test_the_course_shows_its_stage_and_what_is_next(desk, at_the_call, course_id):
    said = words(desk.get(f"/courses/{course_id}").text)

    assert "Due now: 24 hours after the dose" in said
    assert "Plan and contacts" in said


def test_the_board_shows_what_is_overdue(desk, at_the_call, clock):
    clock.now = T0 + timedelta(hours=29)

    said = words(desk.get("/board").text)

    assert "1 overdue, 0 today" in said
    assert desk.get("/follow-ups/rail").status_code == 200


def test_before_the_first_dose_there_is_no_plan(app, desk, nurse):
    course_id = dosed_course(app, nurse, number="P-2")

    assert "No follow-up yet" in desk.get(f"/courses/{course_id}/follow-ups").text


def test_d6_a_welfare_call_stands_in_the_list_once_she_left_against_advice(
    desk, app, nurse, course_id, clock
):
    clock.now = T0 + timedelta(hours=1)
    left_against_advice(app, nurse, course_id, clock.now)

    assert "Welfare call, session 1" in words(desk.get("/follow-ups").text)
    call = f"/courses/{course_id}/follow-ups/welfare/1/contact"
    said = CALM | {"contacted_at": "2026-03-11T10:30"}
    assert desk.post(call, **said).status_code == 303
    assert "Done since yesterday 1" in words(desk.get("/follow-ups").text)


def test_a_therapist_reads_and_does_not_write(desk, at_the_call, course_id):
    desk.role = Role.THERAPIST

    assert desk.get("/follow-ups").status_code == 200
    assert desk.get(f"/courses/{course_id}/follow-ups").status_code == 200
    assert desk.get(at_the_call).status_code == 403


def test_nobody_of_another_clinic_finds_her(desk, at_the_call, stranger, course_id):
    desk.somebody = stranger

    assert "Maya" not in desk.get("/follow-ups").text
    assert desk.get(at_the_call).status_code == 404


def test_opening_a_plan_is_noted(desk, course_id, work, nurse):
    with work(nurse):
        patient_id = queries.of_course(course_id, CALL_AT)[0].dose.patient_id

    desk.get(f"/courses/{course_id}/follow-ups")

    assert [str(course_id) in body for body in desk.openings(patient_id)] == [True]

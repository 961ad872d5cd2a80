"""This file is about follow-ups that wait for her own answers, and women whom nobody reaches."""

import re
import uuid
from datetime import timedelta

import pytest

from clinic.core.db import db
from clinic.core.permissions import Role
from clinic.followups.rules import Status
from clinic.followups.rules.due import due_follow_ups
from clinic.followups.rules.missed import is_unreached
from clinic.sessions.models import TreatmentSession
from tests.factories import make_user
from tests.followups.doses import dose
from tests.followups.room import CALL_AT, T0, words
from tests.followups.test_due import DUBLIN, PROTOCOL, handled
from tests.links.conftest import DOCTOR_ID
from tests.links.room import Phone, reachable, set_up

sqlite = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
TRIED = [T0 + timedelta(hours=hours) for hours in (23, 24, 25)]


def first_call(*handled_ones, now=CALL_AT):
    return due_follow_ups(PROTOCOL, [dose(T0)], handled_ones, now, DUBLIN)[0]


def test_three_tries_in_the_window_without_an_answer_are_told_of_and_two_are_not():
    assert is_unreached(first_call(), TRIED, 3)
    assert not is_unreached(first_call(), TRIED[:2], 3)


def test_a_try_outside_the_window_does_not_count():
    assert not is_unreached(first_call(), [T0, *TRIED[:2]], 3)


def test_a_follow_up_that_is_done_waits_for_nobody():
    assert not is_unreached(first_call(handled(Status.DONE, at=CALL_AT)), TRIED, 3)


def test_tries_that_the_clinic_has_not_set_tell_nobody():
    assert not is_unreached(first_call(), TRIED, None)


@pytest.fixture
def written_to(app, work, nurse, course_id):
    """She may be written to."""
    set_up(app)
    with work(nurse):
        reachable(course_id)


@pytest.fixture
def link_id(written_to, desk, course_id, at_the_call):
    """The nurse sends a link from the page of the 24-hour call."""
    subject = re.search(r'name="subject" value="([^"]+)"', desk.get(at_the_call).text).group(1)
    sent = desk.post(f"/courses/{course_id}/links", part="check-in", subject=subject, way="phone")
    withdraw = re.search(r"/links/([^/]+)/withdraw", desk.get(sent.location).text)
    return uuid.UUID(withdraw.group(1))


@sqlite
def test_a_call_for_which_staff_sent_a_link_waits_for_her_while_it_runs(app, desk, link_id):
    said = words(desk.get("/follow-ups").text)
    assert "Waiting for the patient’s answers 1" in said
    assert "Link, not opened sent Thu 12 Mar 09:40" in said
    assert "Due today 0" in said

    phone = Phone(app, link_id)
    phone.begin()
    phone.answer(1, "none")
    phone.answer(2, "none")

    assert re.search(r"Opened, 2 of \d+ last seen Thu", words(desk.get("/follow-ups").text))


@sqlite
def test_a_link_that_ends_unanswered_gives_the_call_back(desk, link_id):
    desk.post(f"/links/{link_id}/withdraw")

    said = words(desk.get("/follow-ups").text)

    assert "Due today 1" in said
    assert "Link withdrawn Thu 12 Mar 09:40" in said
    assert "Waiting for the patient’s answers" not in said


@sqlite
def test_a_window_that_closes_meanwhile_is_overdue_for_us(desk, link_id, clock):
    clock.now = T0 + timedelta(hours=29)

    said = words(desk.get("/follow-ups").text)

    assert "Overdue 1" in said
    assert "Waiting for the patient’s answers" not in said


@sqlite
def test_after_three_tries_the_row_is_overdue_names_the_psychiatrist_and_offers_the_letter(
    desk, work, nurse, at_the_call, course_id
):
    with work(nurse):
        make_user(id=DOCTOR_ID, role=Role.PSYCHIATRIST, full_name="Chidi Okafor", title="Dr")
        db.session.query(TreatmentSession).one().ordered_by_id = DOCTOR_ID
    no_answer = {"how": "call", "reached": "no-answer", "next_try_at": "2026-03-12T12:00"}
    for number, at in enumerate(("08:10", "08:40", "09:30"), 1):
        assert f"Overdue {number}" not in words(desk.get("/follow-ups").text)
        tried = desk.post(at_the_call, contacted_at=f"2026-03-12T{at}", **no_answer)
        assert tried.status_code == 303

    page = desk.get("/follow-ups").text

    said = words(page)
    assert "Overdue 1" in said
    assert "Not reached" in said
    assert "Call, 3 tries no answer 09:30" in said
    assert "Dr Chidi Okafor decides what next" in said
    assert f'href="/courses/{course_id}/letters/gp"' in page
    assert "not reached" in words(desk.get("/board").text)

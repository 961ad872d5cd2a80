"""This file is about the page of a review, and the decision that is signed on it."""

import json
import re
from datetime import date

import pytest

from clinic.core.db import db
from clinic.core.permissions import Role
from clinic.courses.actions import end_course, open_course
from clinic.courses.queries import course_or_raise
from clinic.courses.rules import CourseStatus, EndReason
from clinic.review import queries
from clinic.review.rules import Decision
from tests.review.room import give_two_doses, score_her

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
SEEN = re.compile(r'name="seen" value="(\w+)"')
READ = re.compile(r'name="read" id="read-\d" value="([\w-]+)"')
BESIDE = {
    "continue": {},
    "change": {"dose": "84"},
    "stop": {"stopped_because": "no-effect"},
}
CHART = re.compile(r'id="course-chart">(.*?)</script>', re.S)


def sign(desk, course_id, decision="continue", reason="", **fields):
    page = desk.get(f"/courses/{course_id}/review?decide=new").text
    shown = SEEN.search(page)
    read = {"seen": shown.group(1) if shown else "", "read": READ.findall(page)}
    sent = {"decision": decision, "reason": reason, "password": "right"} | BESIDE[decision]
    sent |= read | fields
    return desk.post(f"/courses/{course_id}/review/decision", **sent)


def test_the_page_shows_outcome_chart_tables_and_sessions(desk, course_id):
    page = desk.get(f"/courses/{course_id}/review")

    assert page.status_code == 200
    assert "MADRS, standard 36 to 18" in page.text
    assert "−50\u202f%" in page.text
    assert "Not enough data" in page.text
    assert "No PHQ-9 yet" in page.text
    assert "+46/+26" in page.text
    spec = json.loads(CHART.search(page.text).group(1))
    assert [p["data"]["name"] for p in spec["vconcat"]][:2] == ["sessions", "scale-MADRS-standard"]


@sqlite_only
def test_before_session_1_the_chart_starts_and_the_decision_waits(psychiatrist, new_course):
    page = psychiatrist.get(f"/courses/{new_course}/review").text

    assert "Opens after session 1." in page
    assert 'id="decision-form"' not in page
    refused = sign(psychiatrist, new_course)
    assert (refused.status_code, "This opens after session 1." in refused.text) == (422, True)


@sqlite_only
@pytest.mark.parametrize("shown", ["course", "since-first-dose", "last-14-days", "nonsense"])
def test_any_range_can_be_asked_for(desk, course_id, shown):
    assert desk.get(f"/courses/{course_id}/review?range={shown}").status_code == 200


@sqlite_only
def test_a_nurse_reads_and_does_not_sign(desk, course_id, decisions):
    page = desk.get(f"/courses/{course_id}/review").text

    assert "A psychiatrist decides and signs." in page
    assert 'id="decision-form"' not in page
    assert sign(desk, course_id).status_code == 403
    assert decisions(course_id) == []


@sqlite_only
def test_another_clinic_finds_nothing(desk, stranger, course_id):
    desk.somebody = stranger

    assert desk.get(f"/courses/{course_id}/review").status_code == 404


def test_a_psychiatrist_signs_and_the_page_says_who_and_when(psychiatrist, course_id, decisions):
    answer = sign(psychiatrist, course_id)

    assert answer.status_code == 303, answer.text
    page = psychiatrist.get(f"/courses/{course_id}/review").text
    assert "Signed by Aiko Kimura, Thu 12 Mar 2026, 09:00" in page
    assert "New decision" in page
    assert 'id="decision-form"' not in page
    [decided] = decisions(course_id)
    assert (decided.decision, decided.after_session, decided.unchanged) == (
        Decision.CONTINUE,
        2,
        True,
    )
    assert "Decision after session 2" in psychiatrist.get(f"/courses/{course_id}").text


@sqlite_only
@pytest.mark.parametrize("decision", ["change", "stop"])
def test_change_and_stop_need_a_reason(psychiatrist, course_id, decisions, decision):
    refused = sign(psychiatrist, course_id, decision)

    assert (refused.status_code, decisions(course_id)) == (422, [])
    assert "Enter the reason for this." in refused.text
    assert sign(psychiatrist, course_id, decision, "Rise of 46/26.").status_code == 303


@sqlite_only
def test_a_wrong_password_signs_nothing_and_keeps_what_was_typed(
    psychiatrist, course_id, decisions
):
    refused = sign(psychiatrist, course_id, "change", "56 mg from now on.", password="wrong")

    assert (refused.status_code, decisions(course_id)) == (422, [])
    assert "56 mg from now on." in refused.text
    assert "Enter your own password to sign." in refused.text
    assert 'value="change" checked' in refused.text


@sqlite_only
def test_an_alert_that_was_not_read_blocks_signing(psychiatrist, course_id, decisions):
    refused = sign(psychiatrist, course_id, read=[])

    assert (refused.status_code, decisions(course_id)) == (422, [])
    assert re.search(r"Read the alerts? of session 2 first\.", refused.text)


@sqlite_only
def test_an_unreviewed_safety_answer_blocks_signing(
    psychiatrist, work, somebody, new_course, decisions
):
    with work(somebody):
        give_two_doses(course_or_raise(new_course))
        score_her(new_course, thoughts=1)

    page = psychiatrist.get(f"/courses/{new_course}/review").text
    refused = sign(psychiatrist, new_course)

    assert "EPDS item 10: 1: review it first." in page
    assert 'id="decision-form"' not in page
    assert (refused.status_code, decisions(new_course)) == (422, [])


@sqlite_only
def test_a_record_that_changed_meanwhile_is_read_again(
    psychiatrist, course_id, work, somebody, decisions
):
    page = psychiatrist.get(f"/courses/{course_id}/review").text
    sign(psychiatrist, course_id, "continue")

    late = sign(
        psychiatrist, course_id, "stop", "Enough.", seen=SEEN.search(page).group(1), read=[]
    )

    assert late.status_code == 409
    assert "The record changed while you read it." in late.text
    assert "Enough." in late.text
    assert [one.decision for one in decisions(course_id)] == ["continue"]


@sqlite_only
def test_a_new_decision_stands_before_the_earlier_one(psychiatrist, course_id, decisions):
    sign(psychiatrist, course_id)
    sign(psychiatrist, course_id, "stop", "She wants to stop.")

    assert [(one.n, one.decision) for one in decisions(course_id)] == [(2, "stop"), (1, "continue")]
    assert "Earlier decisions" in psychiatrist.get(f"/courses/{course_id}/review").text


@sqlite_only
def test_stop_leaves_the_course_open_and_offers_its_end(psychiatrist, course_id, work, somebody):
    sign(psychiatrist, course_id, "stop", "No effect.")

    page = psychiatrist.get(f"/courses/{course_id}/review").text
    with work(somebody):
        assert course_or_raise(course_id).status is CourseStatus.ACTIVE
    assert "Why: No effect" in page
    assert f'href="/courses/{course_id}/end?reason=no-effect"' in page
    end = psychiatrist.get(f"/courses/{course_id}/end?reason=no-effect").text
    assert re.search(r'value="no-effect"\s+selected', end)


@sqlite_only
def test_a_course_that_has_ended_takes_no_decision(
    psychiatrist, course_id, work, somebody, decisions
):
    with work(somebody):
        ended_on = date(2026, 3, 12)
        end_course(course_id, reason=EndReason.COMPLETED, text=None, ended_on=ended_on)

    page = psychiatrist.get(f"/courses/{course_id}/review").text
    refused = sign(psychiatrist, course_id)

    assert "Its decisions stay as they are." in page
    assert (refused.status_code, decisions(course_id)) == (409, [])


@sqlite_only
def test_what_was_signed_holds_the_evidence(psychiatrist, course_id, work, somebody):
    sign(psychiatrist, course_id)

    with work(somebody):
        [document] = queries.decisions.decisions_of(course_id)
        content = document.content()
        db.session.expunge_all()
    assert ["day-7", "MADRS", "standard", "response", 36, 18] in content["outcome"]
    assert [row[3] for row in content["sessions"]] == ["+22/+12", "+46/+26"]
    assert content["alerts"]


@sqlite_only
def test_a_therapist_reads_the_course(desk, course_id):
    desk.role = Role.THERAPIST

    assert desk.get(f"/courses/{course_id}/review").status_code == 200


@sqlite_only
def test_a_second_course_has_its_own_tab_and_the_same_length(
    psychiatrist, course_id, work, somebody
):
    with work(somebody):
        first = course_or_raise(course_id)
        ended_on = date(2026, 3, 12)
        end_course(course_id, reason=EndReason.COMPLETED, text=None, ended_on=ended_on)
        second = open_course(first.patient_id, first.protocol_version_id).id

    pages = [psychiatrist.get(f"/courses/{one}/review").text for one in (course_id, second)]

    lengths = set()
    for page in pages:
        assert "Course 1, from 24 Feb 2026" in page
        assert f'href="/courses/{second}/review"' in page
        low, high = json.loads(CHART.search(page).group(1))["usermeta"]["axis"]
        lengths.add(round(high - low, 1))
    assert len(lengths) == 1

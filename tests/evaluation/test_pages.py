"""This file is about the page of an evaluation: drafts, handing in, who may, what is shown."""

import re

import pytest

from clinic.core.db import db
from clinic.core.permissions import Role
from clinic.courses.models import Course
from clinic.courses.queries import course_or_raise
from clinic.evaluation import queries
from clinic.evaluation.queries.severity import scales_of
from clinic.instruments.rules import MomentCode
from tests.evaluation.room import (
    NOTHING_AGAINST,
    address,
    course_to_evaluate,
    hand_in_all,
    words,
)
from tests.instruments.room import items, used

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@sqlite_only
def test_the_page_has_eight_sections_and_preselects_nothing(desk, course_id):
    page = desk.get(address(course_id)).text

    assert len(re.findall(r'id="s-[a-z]+"', page)) == 8
    assert "checked" not in page
    assert "0 of 8 sections complete" in page


@sqlite_only
def test_what_the_record_says_is_filled_in_and_not_asked(desk, course_id):
    page = words(desk.get(address(course_id)))

    assert "49 days, 7 weeks postpartum filled in for you, Chart" in page
    assert "Gives her milk Yes (mixed)" in page


def test_a_section_that_is_handed_in_is_part_of_the_record(desk, course_id, rows, somebody):
    answer = desk.post(address(course_id, "severity"), **NOTHING_AGAINST["severity"])

    assert answer.status_code == 303
    assert rows() == [("severity", 1, NOTHING_AGAINST["severity"], somebody.actor_id)]


def test_handing_in_again_adds_a_version_and_the_latest_counts(
    desk, course_id, rows, work, somebody
):
    desk.post(address(course_id, "severity"), based_on="0", harm_infant="no")
    desk.post(address(course_id, "severity"), based_on="1", harm_infant="yes")

    assert [(n, said) for _, n, said, _ in rows()] == [
        (1, {"harm_infant": "no"}),
        (2, {"harm_infant": "yes"}),
    ]
    assert "Thoughts of harming the baby: crisis pathway" in words(desk.get(address(course_id)))


@sqlite_only
def test_a_gap_is_handed_in_and_named_as_missing(desk, course_id):
    desk.post(address(course_id, "history"), episode="first", other_conditions="none")

    page = words(desk.get(address(course_id)))

    assert "1 Medical history 7 to answer" in page
    assert "Pain, urgency or frequency when passing urine?" in page


@sqlite_only
def test_an_answer_to_a_question_that_is_not_asked_is_left_out(desk, course_id, rows):
    desk.post(address(course_id, "severity"), suicidal_now="no", safety_plan="yes")

    assert rows()[0][2] == {"suicidal_now": "no"}


@pytest.mark.parametrize(
    "case",
    [
        ("infant_weight", "42", "Enter the baby’s weight in kg, between 0.5 and 15."),
        ("infant_weight", "４.２", "Enter the baby’s weight in kg, between 0.5 and 15."),
        ("infant_weight", "NaN", "Enter the baby’s weight in kg, between 0.5 and 15."),
        ("pause_agreed_on", "31.02.2026", "as year-month-day"),
        ("milk_choice", "' OR 1=1", "from the list"),
        ("carer_name", "x" * 2001, "at most 2000 characters"),
        ("carer_name", "\x00", "characters that cannot be seen"),
    ],
)
@sqlite_only
def test_what_cannot_be_stored_is_said_beside_its_field_and_kept_as_typed(
    desk, course_id, rows, case
):
    code, typed, sentence = case
    answer = desk.post(address(course_id, "infant"), **{code: typed, "escort": "yes"})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert rows() == []
    if code == "infant_weight":
        assert f'value="{typed}"' in answer.text
    assert re.search(r'value="yes" checked>Yes', answer.text)


def test_a_draft_is_kept_for_its_author_right_or_wrong(desk, course_id, rows):
    answer = desk.post(address(course_id, "infant", "draft"), infant_weight="42", carer="yes")
    page = desk.get(address(course_id) + "?section=infant").text

    assert answer.status_code == 303
    assert 'value="42"' in page
    assert "Enter the baby’s weight in kg" in page
    assert "Draft saved 09:00, only you see it" in page
    assert rows() == []


def test_a_draft_never_leaks_to_a_colleague(desk, course_id, colleague, clock):
    desk.post(address(course_id, "severity", "draft"), suicidal_now="yes")
    desk.somebody = colleague
    clock.advance(minutes=2)

    page = desk.get(address(course_id) + "?section=severity")

    assert "checked" not in page.text
    assert "Draft saved" not in page.text
    assert "has a draft of this section, saved Thu 12 Mar 2026, 09:00" in words(page)


@sqlite_only
def test_a_draft_raises_no_flag(desk, course_id):
    desk.post(address(course_id, "contraindications", "draft"), aneurysm="yes")

    assert "Contraindicated:" not in desk.get(address(course_id)).text


@sqlite_only
def test_a_script_that_saves_a_draft_gets_its_age(desk, course_id, clock):
    token = re.search(r'"X-CSRFToken": "([^"]+)"', desk.get(address(course_id)).text).group(1)
    clock.advance(minutes=3)

    answer = desk.client.post(
        address(course_id, "severity", "draft"),
        data={"harm_infant": "no"},
        headers={"HX-Request": "true", "X-CSRFToken": token},
    )

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "Draft saved 09:03, only you see it" in words(answer)


@sqlite_only
def test_handing_in_ends_the_draft_and_discarding_throws_it_away(desk, course_id):
    for end in ("severity", "severity/discard"):
        desk.post(address(course_id, "severity", "draft"), based_on="1", harm_infant="no")
        desk.post(address(course_id, end), harm_infant="no")

        assert "Draft saved" not in desk.get(address(course_id) + "?section=severity").text


@sqlite_only
def test_a_draft_that_says_what_is_handed_in_is_none(desk, course_id):
    desk.post(address(course_id, "severity"), harm_infant="no")
    desk.post(address(course_id, "severity", "draft"), based_on="1", harm_infant="no")

    assert "Draft saved" not in desk.get(address(course_id) + "?section=severity").text


@sqlite_only
@pytest.mark.parametrize(("seconds", "kept"), [(59, False), (60, True)])
def test_a_draft_overtaken_by_its_own_hand_in_does_not_come_back(
    desk, course_id, clock, seconds, kept
):
    desk.post(address(course_id, "severity"), based_on="0", harm_infant="no")
    clock.advance(seconds=seconds)

    desk.post(address(course_id, "severity", "draft"), based_on="0", harm_infant="")

    page = desk.get(address(course_id) + "?section=severity").text
    assert ("Draft saved" in page) is kept


def test_who_comes_second_sees_both_and_nothing_is_overwritten(desk, course_id, colleague, rows):
    desk.post(address(course_id, "severity"), based_on="0", harm_infant="yes")
    desk.somebody = colleague

    answer = desk.post(address(course_id, "severity"), based_on="0", harm_infant="no")

    assert answer.status_code == 409
    assert "handed this section in meanwhile" in answer.text
    assert 'name="based_on" value="1"' in answer.text
    assert re.search(r'value="no" checked>No', answer.text)
    assert len(rows()) == 1


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        (Role.NURSE, (200, 303, 303)),
        (Role.PSYCHIATRIST, (200, 303, 303)),
        (Role.THERAPIST, (200, 403, 403)),
        (Role.ADMINISTRATOR, (403, 403, 403)),
        (Role.AUDITOR, (403, 403, 403)),
    ],
)
@sqlite_only
def test_who_may_read_and_who_may_write(desk, course_id, role, answers):
    desk.role = role

    found = (
        desk.get(address(course_id)),
        desk.post(address(course_id, "severity", "draft"), harm_infant="no"),
        desk.post(address(course_id, "severity"), harm_infant="no"),
    )

    assert tuple(answer.status_code for answer in found) == answers


@sqlite_only
def test_a_therapist_reads_answers_and_gets_no_form(desk, app, course_id):
    hand_in_all(app, desk.somebody, course_id)
    desk.role = Role.THERAPIST

    page = desk.get(address(course_id) + "?section=severity").text

    assert "Does she have thoughts of harming the baby?" in page
    assert "Hand in" not in page


def test_the_other_clinic_finds_no_such_evaluation(desk, course_id, stranger):
    desk.somebody = stranger

    assert desk.get(address(course_id)).status_code == 404
    assert desk.post(address(course_id, "severity"), harm_infant="no").status_code == 404
    assert desk.post(address(course_id, "severity", "draft"), harm_infant="no").status_code == 404


@pytest.mark.parametrize("code", ["decision-of-nobody", "consent", "..", "history%00"])
@sqlite_only
def test_a_section_that_takes_no_answers_is_not_there(desk, course_id, code):
    assert desk.post(address(course_id, code), harm_infant="no").status_code == 404


@sqlite_only
def test_the_page_opens_the_record_in_the_trail_once(desk, work, course_id):
    with work(desk.somebody):
        patient_id = db.session.get_one(Course, course_id).patient_id

    desk.get(address(course_id))

    assert len(desk.openings(patient_id)) == 1


@sqlite_only
def test_a_course_that_has_ended_takes_no_answers(desk, work, course_id, rows):
    with work(desk.somebody):
        course = db.session.get_one(Course, course_id)
        course.status = "finished"
        course.ended_on, course.end_reason = course.opened_on, "other"

    answer = desk.post(address(course_id, "severity"), harm_infant="no")

    assert answer.status_code == 409
    assert "This course has ended" in answer.text
    assert rows() == []


@sqlite_only
def test_without_milk_no_pause_is_asked_for(app, desk, somebody):
    course_id = course_to_evaluate(app, somebody, feeding="formula", number="P-1002")

    hand_in_all(app, somebody, course_id)

    page = words(desk.get(address(course_id)))
    assert "Agreed pause after the last dose 12" not in page
    assert "Gives her milk: No (formula)" in page


@sqlite_only
def test_the_answers_that_count_are_asked_for_by_section(work, app, somebody, course_id):
    hand_in_all(app, somebody, course_id)

    with work(somebody):
        assert queries.latest_answers(course_id).keys() == NOTHING_AGAINST.keys()


@sqlite_only
def test_a_score_after_the_first_dose_does_not_stand_among_those_of_the_evaluation(
    app, work, somebody, course_id, clock
):
    hand_in_all(app, somebody, course_id)
    clock.advance(days=20)
    with work(somebody):
        used(course_id, "PHQ9", items(10, 0), moment=MomentCode.DAY_14)

    with work(somebody):
        lines = {line.code: line.score for line in scales_of(course_or_raise(course_id))}

    assert lines["PHQ9"] == "16 / 27"

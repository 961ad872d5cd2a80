"""This file is about the front page of a course, what is written down of it, and its end."""

from datetime import date

import pytest

from clinic import courses
from clinic.core.permissions import Role
from clinic.courses import queries
from clinic.courses.rules import Progress, Stage, StageReport

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
DESCRIBED = {
    "diagnosis_text": "Depression with peripartum onset",
    "diagnosis_code": "f53.0",
    "onset": "pregnancy",
    "onset_week": "16",
    "gestation_weeks": "39",
    "birth_mode": "caesarean",
    "birth_complications": "Mild gestational hypertension, resolved.",
    "version": "1",
}
ENDED = {"reason": "side-effects", "text": "Dissociation was too much.", "ended_on": "2026-03-12"}
FAULTY = [
    ({"diagnosis_code": "depressed"}, "Enter the ICD-10 code, for example F53.0."),
    ({"onset": "after-lunch"}, "Choose when it began from the list."),
    ({"onset": "unknown"}, "Choose when it began, or empty this week."),
    ({"onset_week": "46"}, "Enter a week of pregnancy, at most 45."),
    ({"onset_week": "0"}, "between 1 and 200"),
    ({"gestation_weeks": "39.5"}, "a whole number"),
    ({"gestation_weeks": "12"}, "between 20 and 45"),
]
FAULTY_ENDS = [
    ({"reason": ""}, "Choose why the course ends."),
    ({"reason": "bored"}, "Choose why it ends from the list."),
    ({"text": ""}, "Write how the course ended and why."),
    ({"ended_on": "2026-03-13"}, "Enter a day from 02 Mar 2026, when it opened, to today."),
    ({"ended_on": "2026-03-01"}, "Enter a day from 02 Mar 2026, when it opened, to today."),
]


@pytest.fixture
def course(work, somebody, course_id):
    def read():
        with work(somebody):
            return queries.course_or_raise(course_id)

    return read


def test_the_page_says_who_she_is_which_infant_and_that_nothing_was_asked_yet(desk, course_id):
    page = desk.get(f"/courses/{course_id}").text

    for words in ("Maya Osei", "7 weeks postpartum", "G1P1", "Kofi", "born 22 Jan 2026"):
        assert words in page
    assert "Diagnosis and onset not written down yet." in page
    assert "Demonstration, not approved by a clinician" in page
    assert f"/courses/{course_id}/sessions/new" in page


def test_the_course_is_opened_in_the_trail_exactly_once(desk, course_id, course):
    desk.get(f"/courses/{course_id}")

    assert len(desk.openings(course().patient_id)) == 1


def test_rooms_say_how_far_their_stage_is_and_add_panels_and_facts(app, desk, course_id):
    done = StageReport(Progress.DONE, "Done 17 Feb · eligible, Dr Okafor")
    courses.add_stage(app, Stage.EVALUATION, lambda _: done)
    courses.add_stage(app, Stage.SESSIONS, lambda _: StageReport(Progress.RUNNING, "2 of 6 done"))
    courses.add_panel(app, "later", 20, lambda _: "<p>second panel</p>")
    courses.add_panel(app, "sooner", 10, lambda course: f"<p>first panel {course.status}</p>")
    courses.add_fact(app, "pause", 10, lambda _: ("5 pauses kept", "12 h each"))
    courses.add_fact(app, "nothing", 5, lambda _: None)

    page = desk.get(f"/courses/{course_id}").text

    assert "Done 17 Feb · eligible, Dr Okafor" in page
    here = page.index('aria-current="step"')
    assert here < page.index("Monitored sessions") < page.index("2 of 6 done")
    assert "5 pauses kept" in page
    assert page.index("first panel active") < page.index("second panel")


def test_the_stage_is_asked_of_the_rooms(app, work, somebody, course_id):
    courses.add_stage(app, Stage.EVALUATION, lambda _: StageReport(Progress.DONE))
    courses.add_stage(app, Stage.SESSIONS, lambda _: StageReport(Progress.NOT_STARTED))

    with work(somebody):
        assert queries.stage_of(course_id) is Stage.SESSIONS


def test_diagnosis_onset_and_birth_become_one_line(desk, course_id, course):
    answer = desk.post(f"/courses/{course_id}/edit", **DESCRIBED)

    assert answer.status_code == 303
    assert course().diagnosis_code == "F53.0"
    assert (
        "Depression with peripartum onset (F53.0), from week 16 of pregnancy."
        " Caesarean birth at 39 weeks. Mild gestational hypertension, resolved."
    ) in desk.get(f"/courses/{course_id}").text


def test_what_cannot_be_is_refused_beside_its_field(desk, course_id, course):
    for changes, sentence in FAULTY:
        answer = desk.post(f"/courses/{course_id}/edit", **DESCRIBED | changes)
        assert (changes, answer.status_code) == (changes, 422)
        assert sentence in answer.text
        assert "Depression with peripartum onset" in answer.text
    assert course().diagnosis_text is None


def test_an_edit_that_comes_second_is_shown_not_lost(desk, course_id, course):
    desk.post(f"/courses/{course_id}/edit", **DESCRIBED)

    answer = desk.post(f"/courses/{course_id}/edit", **DESCRIBED | {"onset_week": "20"})

    assert answer.status_code == 409
    assert 'value="20"' in answer.text
    assert 'name="version" value="2"' in answer.text
    assert course().onset_week == 16


def test_a_course_ends_with_day_reason_words_and_person(desk, course_id, course):
    desk.role = Role.PSYCHIATRIST

    answer = desk.post(f"/courses/{course_id}/end", **ENDED)

    page = desk.get(f"/courses/{course_id}").text
    assert answer.status_code == 303
    assert (course().status, course().ended_on) == ("finished", date(2026, 3, 12))
    assert "12 Mar 2026: side effects, by Aiko Kimura" in page
    assert "Dissociation was too much." in page
    assert "Plan a session" not in page
    assert desk.post(f"/courses/{course_id}/end", **ENDED).status_code == 303
    assert course().version == 2


def test_an_end_with_something_wrong_says_so(desk, course_id, course):
    desk.role = Role.PSYCHIATRIST

    for changes, sentence in FAULTY_ENDS:
        answer = desk.post(f"/courses/{course_id}/end", **ENDED | changes)
        assert (changes, answer.status_code) == (changes, 422)
        assert sentence in answer.text
    assert course().ended_on is None


def test_a_completed_course_needs_no_more_words(desk, course_id, course):
    desk.role = Role.PSYCHIATRIST

    desk.post(f"/courses/{course_id}/end", reason="completed", ended_on="2026-03-12")

    assert (course().status, course().end_text) == ("finished", None)


def test_a_course_does_not_end_while_a_room_has_something_open(app, desk, course_id, course):
    courses.add_hindrance(app, "sessions", lambda _: "Session 2 is running.")
    desk.role = Role.PSYCHIATRIST

    answer = desk.post(f"/courses/{course_id}/end", **ENDED)

    assert answer.status_code == 422
    assert "Session 2 is running." in answer.text
    assert course().ended_on is None


def test_who_may_see_describe_and_end_a_course(desk, course_id):
    answers = {}

    for role in reversed(Role):
        desk.role = role
        answers[role] = (
            desk.get(f"/courses/{course_id}").status_code,
            desk.get(f"/courses/{course_id}/edit").status_code,
            desk.post(f"/courses/{course_id}/edit", **DESCRIBED).status_code,
            desk.get(f"/courses/{course_id}/end").status_code,
        )

    assert answers == {
        Role.AUDITOR: (403, 403, 403, 403),
        Role.ADMINISTRATOR: (403, 403, 403, 403),
        Role.THERAPIST: (200, 403, 403, 403),
        Role.PSYCHIATRIST: (200, 200, 303, 200),
        Role.NURSE: (200, 200, 409, 403),
    }


def test_a_course_of_another_clinic_is_not_there(desk, course_id, stranger):
    desk.somebody = stranger

    for page in ("", "/edit", "/end", "/medications/new"):
        desk.role = Role.PSYCHIATRIST
        assert desk.get(f"/courses/{course_id}{page}").status_code == 404

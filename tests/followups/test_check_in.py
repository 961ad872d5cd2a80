"""This file is about the check-in that she answers on her own form, and what it becomes."""

from dataclasses import replace

import pytest

from clinic.core.acting import act_as
from clinic.core.db import job
from clinic.courses.queries import course_or_raise
from clinic.followups import queries
from clinic.followups.actions import CHECK_IN_PART
from clinic.followups.rules import Amount, Reply, State
from clinic.followups.rules.check_in import answers_of
from clinic.links.rules import Support
from tests.followups.room import CALL_AT, words

SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
CALM = {"effect_dizziness": "none", "bladder": "none", "q_hard-to-wake": "no", "q_warning": "no"}


@pytest.fixture
def about(work, nurse, at_the_call, course_id):
    """What the link of the 24-hour follow-up is for."""
    with work(nurse):
        session_id = queries.of_course(course_id, CALL_AT)[0].session_id
    return ("followup", "24-hours", str(session_id))


@pytest.fixture
def tell(app, nurse, course_id, about):
    """`tell(answers, finished)`: she answers; the contacts of her course then."""

    def write(given, *, finished=True):
        with app.app_context():
            with act_as(nurse):
                patient_id = course_or_raise(course_id).patient_id
            with act_as(replace(nurse, actor_id=patient_id)), job():
                course = course_or_raise(course_id)
                CHECK_IN_PART.store(course, about, given, finished=finished)
            with act_as(nurse):
                return queries.contacts_of(course_id)

    return write


def test_a_question_of_safety_that_she_skipped_is_open_once_she_is_done_and_never_a_no():
    given = {"effect_nausea": "mild", "bladder": None, "q_breathing": None}

    assert answers_of(given, finished=False).replies == {}
    done = answers_of(given, finished=True)
    assert done.replies == {"breathing": Reply.REFUSED}
    assert (done.effects, done.bladder) == ({"nausea": Amount.MILD}, None)


@SQLITE
def test_she_is_asked_in_plain_words_and_an_emergency_of_the_infant_brings_help_at_once(
    work, nurse, about, course_id
):
    with work(nurse):
        asked = CHECK_IN_PART.questions(course_or_raise(course_id), about)

    by_code = {question.code: question for question in asked}
    assert by_code["effect_sedation"].text == "Very sleepy in the day"
    assert by_code["q_hard-to-wake"].choice("yes").support is Support.EMERGENCY
    assert by_code["q_feeding"].choice("yes").support is Support.TALK
    assert not {"q_harm", "effect_other"} & set(by_code)


@SQLITE
def test_what_she_told_is_marked_as_hers_and_a_call_is_still_made(desk, tell, state, course_id):
    [made] = tell(CALM)

    assert (made.contact.how, made.contact.next_step) == ("link", "call-again")
    assert state() is State.DUE
    page = desk.get(f"/courses/{course_id}/follow-ups").text
    assert "Told by herself, on her private link" in words(page)
    assert f"/contacts/{made.contact.id}/correct" not in page


@SQLITE
def test_a_concern_opens_at_once_and_telling_it_again_writes_nothing_twice(desk, tell):
    tell({"q_hard-to-wake": "yes"}, finished=False)
    tell({"q_hard-to-wake": "yes"}, finished=False)

    [made] = tell(CALM | {"q_hard-to-wake": "no"})

    assert [len(made.earlier), made.contact.reason] == [
        1,
        "She went on answering, or changed an answer.",
    ]
    said = words(desk.get("/follow-ups").text)
    assert "Needs a response 1" in said
    assert "private link, answered 09:40" in said


@SQLITE
def test_it_belongs_to_a_follow_up(work, nurse, course_id, at_the_call):
    with work(nurse):
        course = course_or_raise(course_id)
        for about in (("evaluation", None), ("followup", "day-3", None)):
            assert CHECK_IN_PART.why_not(course, about) is not None
            assert CHECK_IN_PART.questions(course, about) == []

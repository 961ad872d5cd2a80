"""This file is about her pages without a script: start, date of birth, questions, the end."""

import re
from decimal import Decimal

import pytest

from clinic.core.acting import act_as
from clinic.core.permissions import Role
from clinic.courses.queries import course_or_raise
from clinic.instruments.library import library_instruments
from clinic.instruments.models import AnsweredBy, Way
from clinic.instruments.queries import responses_of
from clinic.sessions.models import SessionStatus, TreatmentSession
from tests.factories import kept
from tests.links.room import Phone, answers, at, link_of, sent, words

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
SEVERAL = "1"


def test_the_first_page_says_what_how_long_who_reads_it_and_by_which_name(phone) -> None:
    said = words(phone.open())

    assert "Hello Maya, how have you been lately?" in said
    assert "10 short questions, about 4 minutes" in said
    assert "Answers are read on weekdays, 8:00 to 17:00. This page is not for emergencies." in said
    assert "works until Sun 15 Mar 2026, 09:00" in said
    assert "Osei" not in phone.page.text


def test_the_date_of_birth_is_asked_once_on_a_phone_and_not_for_the_next_link(
    phone, app, work, somebody, course_id
) -> None:
    phone.open()
    assert "What is your date of birth?" in words(phone.press("/begin"))
    assert "Little interest or pleasure" in words(
        phone.press("/birth", day="2", month="5", year="1994")
    )

    with work(somebody):
        other = sent(course_id, subject=("evaluation", "again")).id
    again = Phone(app, other, phone.client)
    again.open()

    assert again.press("/begin").request.path.endswith("/questions/1")


def test_a_question_carries_the_words_of_its_owner_and_its_source(phone) -> None:
    scale = library_instruments()["PHQ9"]
    phone.begin()

    for number, item in enumerate(scale.items, 1):
        phone.open(f"/questions/{number}")
        said = words(phone.page)
        assert f"{number} of 10" in said
        assert (scale.stem in said) == (number < 10)
        assert item.text in said
        for option in scale.options_of(item.number):
            assert option.label in said
        assert scale.citation in said
        assert "I need help now" in said
        phone.press(f"/questions/{number}", answer="0")

    assert phone.path == "/done"


def test_her_answers_are_a_use_of_the_scale_as_her_own(phone, app, somebody, course_id) -> None:
    phone.begin()

    page = phone.answer_all(1, 1, 1, 1, 1, 1, 1, 1, 0, 0)

    assert "Thank you, Maya. Your answers are sent." in words(page)
    with app.app_context(), act_as(somebody):
        (use,) = responses_of(course_id)
        assert use.score.total == 8
        assert use.response.answered_by is AnsweredBy.PATIENT
        assert use.response.way is Way.LINK
        assert use.response.author_id == use.response.patient_id


def test_each_answer_is_stored_at_once_and_she_goes_on_where_she_was(phone, app, somebody) -> None:
    phone.begin()
    phone.answer(1, SEVERAL)
    phone.answer(2, "0")

    assert answers(app, somebody) == [("1", "1"), ("2", "0")]
    assert "You have begun already." in words(phone.open())
    assert phone.press("/begin").request.path.endswith("/questions/3")


def test_back_keeps_what_she_chose(phone) -> None:
    phone.begin()
    phone.answer(1, SEVERAL)

    phone.open("/questions/1")

    assert 'value="1" checked' in phone.page.text


def test_next_without_an_answer_asks_gently_once_then_she_may_skip(phone, app, somebody) -> None:
    phone.begin()

    asked = phone.press("/questions/1")
    assert asked.status_code == 422
    assert "You can skip this one." in words(asked)

    assert phone.press("/questions/1", skip="1").request.path.endswith("/questions/2")
    assert answers(app, somebody) == [("1", None)]


def test_the_same_answer_sent_twice_is_stored_once(phone, app, somebody) -> None:
    phone.begin()

    phone.answer(1, SEVERAL)
    phone.answer(1, SEVERAL)

    assert answers(app, somebody) == [("1", "1")]


@pytest.mark.parametrize("value", ["4", "-1", "x", "1 OR 1=1", "99999999999999999999"])
def test_what_is_no_answer_of_the_question_is_refused_beside_it(
    phone, app, somebody, value
) -> None:
    phone.begin()

    page = phone.answer(1, value)

    assert page.status_code == 422
    assert "Choose one of the answers." in words(page)
    assert answers(app, somebody) == []


def test_nobody_jumps_ahead(phone) -> None:
    phone.begin()

    phone.open("/questions/7")

    assert phone.path == "/questions/1"


def test_the_title_is_neutral_and_no_page_is_kept_indexed_or_told_to_others(phone) -> None:
    phone.begin()
    phone.answer_all(1, 1, 1, 1, 1, 1, 1, 1, 1)

    for place in ("", "/questions/9", "/support/9", "/help"):
        page = phone.open(place)
        assert "<title>A message for you</title>" in page.text
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert '<meta name="robots" content="noindex, nofollow">' in page.text
        assert "http" not in page.text.replace("http-equiv", "")


def test_an_answered_link_shows_the_end_and_her_name_on_her_phone_alone(
    phone, app, link_id, somebody
) -> None:
    phone.begin()
    phone.answer_all(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)

    assert "Thank you, Maya" in words(phone.open("/questions/3"))
    elsewhere = Phone(app, link_id)
    said = words(elsewhere.open())

    assert "Thank you. Your answers are sent." in said
    assert "Maya" not in said
    assert link_of(app, somebody, link_id).finished_at is not None


def test_her_last_page_says_when_she_comes_next_and_whom_to_call_before(
    phone, work, somebody, course_id
) -> None:
    with work(somebody):
        plan(course_id, number=1, planned_at=at(8), status=SessionStatus.PLANNED)
        plan(course_id, number=2, planned_at=at(9, 15), status=SessionStatus.PLANNED)
    phone.begin()

    said = words(phone.press("/finish"))

    assert "Next visit Thu 12 Mar 2026, 09:15" in said
    assert "Feeling worse before then? Call us, day and night: 555 0142" in said


def plan(course_id, **values) -> None:
    """A session of the course."""
    course = course_or_raise(course_id)
    values |= {"room": "2", "ordered_dose": Decimal(56), "ordered_at": at(7)}
    about = {"patient_id": course.patient_id, "protocol_version_id": course.protocol_version_id}
    ordered = {"ordered_by_id": course.opened_by_id}
    kept(TreatmentSession(course_id=course_id, **about | values | ordered))


def test_finishing_early_skips_the_rest(phone, app, somebody) -> None:
    phone.begin()
    phone.answer(1, SEVERAL)
    phone.open("/questions/2")

    assert "Thank you" in words(phone.press("/finish"))
    assert answers(app, somebody)[1:] == [(str(number), None) for number in range(2, 11)]


def size_of(phone: Phone, file: str) -> int:
    """The bytes of a file as they come over the air."""
    with phone.client.get(file) as answer:
        return len(answer.data)


def test_the_first_load_weighs_less_than_60_kilobytes(phone) -> None:
    for place in ("", "/questions/1", "/support/9"):
        page = phone.begin() if place == "/questions/1" else phone.open(place)
        if place == "/support/9":
            page = phone.answer_all(0, 0, 0, 0, 0, 0, 0, 0, 3)
        files = {
            found.split("#")[0]
            for found in re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)
        }
        weight = len(page.data) + sum(size_of(phone, file) for file in files)
        fonts = [file for file in files if "font" in file]

        assert len(files) >= 4
        assert fonts == []
        assert weight < 60_000


def test_the_trail_says_that_it_was_she(phone, desk) -> None:
    phone.begin()
    desk.role = Role.AUDITOR

    said = words(desk.get("/trail"))

    assert "The patient herself" in said
    assert "A person who is gone" not in said

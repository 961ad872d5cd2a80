"""This file is about consent on her own phone: the text in force, her name, nothing without it."""

from datetime import date

import pytest

from clinic.core.acting import act_as
from clinic.courses.actions import publish_wording, record_talk
from clinic.courses.queries import consent_of, course_or_raise
from clinic.courses.rules import Held, Talk
from clinic.links.queries import why_no_link
from clinic.links.rules import PartRef
from tests.desk import NURSE_ID
from tests.links.room import ASKED, Phone, sent, words

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
PARTS = (PartRef("consent"),)


@pytest.fixture
def hers(app, work, somebody, course_id) -> Phone:
    """Her phone, on which she is asked for her consent after the three talks."""
    with work(somebody):
        publish_wording("esketamine", "About this treatment", "$mother agrees.\n\nShe may stop.")
        for talk in Talk:
            record_talk(course_id, Held(talk, date(2026, 3, 10), "Aiko Kimura", NURSE_ID))
        link = sent(course_id, parts=PARTS).id
    phone = Phone(app, link)
    phone.begin()
    return phone


def consent(app, somebody, course_id):
    """Her consent as it stands."""
    with app.app_context(), act_as(somebody):
        return consent_of(course_id)


def test_she_reads_the_text_in_force_and_signs_with_her_name(
    hers, app, somebody, course_id
) -> None:
    assert "Maya Osei agrees." in words(hers.page)
    assert "You can skip" not in words(hers.page)
    digest = hers.page.text.split('name="answer" value="')[1].split('"')[0]

    assert "Type your full name to agree" in words(hers.press("/questions/1", answer=digest))
    assert "Thank you, Maya" in words(hers.press("/questions/2", answer="maya osei"))

    signed = consent(app, somebody, course_id)
    assert signed.valid
    assert signed.by_link
    assert signed.mother_name == "maya osei"
    assert signed.unchanged


def test_another_name_signs_nothing_and_is_told(hers, app, somebody, course_id) -> None:
    digest = hers.page.text.split('name="answer" value="')[1].split('"')[0]
    hers.press("/questions/1", answer=digest)

    page = hers.press("/questions/2", answer="Somebody Else")

    assert page.status_code == 422
    assert "Type your first and last name as the clinic has them." in words(page)
    assert 'value="Somebody Else"' in page.text
    assert consent(app, somebody, course_id) is None


def test_she_who_wants_to_talk_first_signs_nothing(hers, app, somebody, course_id) -> None:
    digest = hers.page.text.split('name="answer" value="')[1].split('"')[0]
    hers.press("/questions/1", answer=digest)

    hers.press("/questions/2", skip="1")

    assert hers.path == "/done"
    assert consent(app, somebody, course_id) is None


def test_a_text_that_changed_while_she_read_is_read_first(
    hers, app, work, somebody, course_id
) -> None:
    digest = hers.page.text.split('name="answer" value="')[1].split('"')[0]
    hers.press("/questions/1", answer=digest)
    with work(somebody):
        publish_wording("esketamine", "About this treatment", "$mother agrees to more.")

    page = hers.press("/questions/2", answer="Maya Osei")

    assert page.status_code == 422
    assert "Another text is in force by now." in words(page)
    assert consent(app, somebody, course_id) is None


def test_without_the_talks_no_link_asks_for_a_signature(work, somebody, course_id) -> None:
    with work(somebody):
        publish_wording("esketamine", "About this treatment", "She agrees.")
        course = course_or_raise(course_id)

        assert "three talks first" in why_no_link(course, PARTS, ASKED)

"""This file is about the language in which she reads a form: chosen before she begins, then kept.

The words in other languages are invented.
"""

from datetime import date

import pytest

from clinic.core.acting import act_as
from clinic.instruments.library import library_instruments
from clinic.instruments.queries import responses_of
from clinic.instruments.rules.licences import LANGUAGES
from clinic.links.actions import choose_language
from clinic.links.rules import PartRef, in_every, own_name, parts_from_json
from tests.instruments.licensed import licensed
from tests.links.room import PHQ9, link_of, sent, words

sqlite = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
PHQ = library_instruments()["PHQ9"]
SWITCH = "Language of the questions:"


def test_a_form_offers_the_languages_that_each_of_its_scales_has_and_none_when_that_is_one():
    assert in_every([["en", "es", "fr"], ["en", "fr"]]) == ["en", "fr"]
    assert in_every([["en", "es"], ["en"]]) == []
    assert in_every([["en"]]) == []
    assert in_every([]) == []


def test_every_language_of_the_register_has_its_own_name():
    assert [code for code in LANGUAGES if own_name(code) == code] == []
    assert own_name("es") == "Español"


def test_a_part_that_is_no_scale_has_no_language():
    assert PartRef("check-in").read_in("es") == PartRef("check-in")


@pytest.fixture
def spanish(work, somebody, link_id):
    """The PHQ-9 in Spanish for a phone; in French for paper alone, in German until yesterday."""
    study = {"translation": "An invented study"}
    with work(somebody):
        licensed(PHQ, "fr", covers="paper,screen", **study)
        licensed(PHQ, "de", ends_on=date(2026, 3, 11), **study)
        return licensed(PHQ, "es", **study)


@pytest.fixture
def parts(app, somebody, link_id):
    """`parts()`: what the link asks now."""
    return lambda: parts_from_json(link_of(app, somebody, link_id).parts)


@sqlite
def test_without_another_language_there_is_no_switch(phone):
    assert SWITCH not in words(phone.open())


@sqlite
def test_only_a_language_that_may_go_to_a_phone_is_offered(spanish, phone):
    page = phone.open()

    assert "Language of the questions: English" in words(page)
    assert 'value="es" lang="es">Español</button>' in page.text
    for other in ("Français", "Deutsch"):
        assert other not in page.text


@sqlite
def test_what_she_reads_and_what_is_stored_is_the_language_she_chose(
    spanish, phone, app, somebody, course_id
):
    phone.open()
    chosen = phone.press("/language", language="es")
    assert "Language of the questions: Español" in words(chosen)
    assert "The questions are in Español ." in words(chosen)

    question = phone.begin()
    assert '<span lang="es" dir="auto">Invented sentence 1</span>' in question.text
    phone.answer_all(1, 1, 1, 1, 1, 1, 1, 1, 0, 0)

    with app.app_context(), act_as(somebody):
        (use,) = responses_of(course_id)
        assert (use.response.language, use.response.wording_digest) == ("es", spanish.digest)
        assert use.score.total == 8


@sqlite
@pytest.mark.usefixtures("spanish")
def test_a_link_that_is_begun_keeps_its_language(phone, work, somebody, link_id, parts):
    phone.begin()

    assert SWITCH not in words(phone.open())
    phone.open("/questions/1")
    phone.press("/language", language="es")

    assert parts() == PHQ9
    with work(somebody):
        assert choose_language(link_id, "es") is False


@sqlite
@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize("language", ["fr", "de", "xx", "", "es\x00", "e" * 400])
def test_a_language_that_is_not_offered_changes_nothing(phone, parts, language):
    phone.open()

    page = phone.press("/language", language=language)

    assert page.status_code == 200
    assert "Language of the questions: English" in words(page)
    assert parts() == PHQ9


@sqlite
@pytest.mark.usefixtures("spanish")
def test_sent_again_it_is_the_link_that_runs_in_the_language_she_reads(
    phone, work, somebody, course_id, link_id
):
    phone.open()
    phone.press("/language", language="es")

    with work(somebody):
        assert sent(course_id).id == link_id

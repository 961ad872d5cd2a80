"""This file is about publishing a wording of consent: shipped or the clinic's own, by whom."""

import pytest

from clinic.core.permissions import Role
from clinic.courses import queries

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
OWN = {"code": "esketamine", "title": "Our consent", "body": "I, $mother, agree.\n\nAt $clinic."}
FAULTY = [
    ({"code": ""}, "Choose the treatment."),
    ({"code": "cake"}, "Choose for treatment with from the list."),
    ({"title": ""}, "Enter the title."),
    ({"title": "x" * 201}, "at most 200 characters"),
    ({"body": " "}, "Enter the text."),
    ({"body": "I, $name, agree."}, "$name is not known. Use only $mother, $clinic, $protocol."),
    ({"body": "5 $ a day."}, "A $ stands alone. Write $$ for the sign itself."),
]


@pytest.fixture
def office(desk):
    desk.role = Role.ADMINISTRATOR
    return desk


@pytest.fixture
def versions(work, somebody):
    def read() -> list[tuple[int, str]]:
        with work(somebody):
            return [(text.n, text.title) for text in queries.all_wordings("esketamine")]

    return read


def test_what_comes_with_the_program_is_published_once(office, versions):
    first = office.post("/consent-wordings/shipped/esketamine")
    second = office.post("/consent-wordings/shipped/esketamine")

    assert (first.status_code, second.status_code) == (303, 409)
    assert "Version 1 of this wording says the same already." in second.text
    assert versions() == [(1, "Consent to treatment with esketamine")]


def test_a_wording_of_the_clinics_own_is_the_next_version(office, versions):
    office.post("/consent-wordings/shipped/esketamine")

    answer = office.post("/consent-wordings/new", **OWN)

    assert answer.status_code == 303
    assert versions() == [(2, "Our consent"), (1, "Consent to treatment with esketamine")]
    assert "Our consent, version 2" in office.get("/consent-wordings").text


def test_the_form_begins_with_the_wording_in_force(office):
    office.post("/consent-wordings/new", **OWN)

    page = office.get("/consent-wordings/new?code=esketamine").text

    assert "I, $mother, agree." in page
    assert 'value="Our consent"' in page


def test_each_version_stays_readable(office, work, somebody):
    office.post("/consent-wordings/shipped/esketamine")
    office.post("/consent-wordings/new", **OWN)
    with work(somebody):
        older = queries.all_wordings("esketamine")[1]

    page = office.get(f"/consent-wordings/{older.id}").text

    assert "This use is not approved." in page
    assert older.digest in page
    assert "Version 2" in page


def test_a_wording_that_cannot_be_used_says_why_and_keeps_what_was_typed(office, versions):
    for changes, sentence in FAULTY:
        answer = office.post("/consent-wordings/new", **OWN | changes)
        assert (changes, answer.status_code) == (changes, 422)
        assert sentence in answer.text
        assert "Publish as the next version" in answer.text
    assert versions() == []


def test_the_same_words_are_not_published_twice(office, versions):
    office.post("/consent-wordings/new", **OWN)

    answer = office.post("/consent-wordings/new", **OWN)

    assert answer.status_code == 422
    assert "Version 1 of this wording says the same already." in answer.text
    assert len(versions()) == 1


def test_a_wording_that_does_not_come_with_the_program_is_not_published(office, versions):
    answer = office.post("/consent-wordings/shipped/cake")

    assert answer.status_code == 422
    assert "There is no wording" in answer.text
    assert versions() == []


def test_only_an_administrator_publishes(desk, versions):
    for role in (Role.NURSE, Role.PSYCHIATRIST, Role.THERAPIST, Role.AUDITOR):
        desk.role = role
        assert desk.get("/consent-wordings").status_code == 403
        assert desk.post("/consent-wordings/new", **OWN).status_code == 403
    assert versions() == []


def test_a_wording_of_another_clinic_is_not_there(office, work, somebody, stranger):
    office.post("/consent-wordings/new", **OWN)
    with work(somebody):
        text_id = queries.all_wordings("esketamine")[0].id

    office.somebody = stranger

    assert office.get(f"/consent-wordings/{text_id}").status_code == 404
    assert "None is in force" in office.get("/consent-wordings").text

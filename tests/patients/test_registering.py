"""This file is about registering a woman: doubles are shown first, bad input is explained."""

import html
from datetime import date

import pytest

from clinic.core.db import db
from clinic.patients.models import Patient
from tests.factories import make_patient

MAYA = {
    "number": "hpc-0412",
    "given_name": "Maya",
    "family_name": "Torres",
    "born_on": "1994-06-04",
    "gave_birth_on": "2026-01-22",
    "gravida": "1",
    "para": "1",
    "allergy_answer": "none-known",
    "allergies": "",
    "phone": "+353 1 555 0142",
}


@pytest.fixture
def everybody(work, somebody):
    def read() -> list[Patient]:
        with work(somebody):
            return list(db.session.query(Patient).order_by(Patient.number))

    return read


def test_a_woman_is_registered_and_her_chart_opens(desk, everybody):
    answer = desk.post("/patients/new", **MAYA)

    (maya,) = everybody()
    assert (answer.status_code, answer.location) == (303, f"/patients/{maya.id}")
    assert (maya.number, maya.name, maya.name_key) == ("HPC-0412", "Maya Torres", "torres maya")
    assert (maya.born_on, maya.gave_birth_on) == (date(1994, 6, 4), date(2026, 1, 22))
    assert (maya.gravida, maya.para, maya.allergy_answer) == (1, 1, "none-known")
    assert (maya.allergies, maya.phone, maya.version) == (None, "+353 1 555 0142", 1)


def test_what_was_not_asked_stays_unsaid(desk, everybody):
    asked = dict.fromkeys(MAYA, "") | {
        name: MAYA[name] for name in ("number", "given_name", "family_name", "born_on")
    }

    desk.post("/patients/new", **asked | {"allergy_answer": "not-asked"})

    (maya,) = everybody()
    assert (maya.gave_birth_on, maya.gravida, maya.para) == (None, None, None)
    assert (maya.allergy_answer, maya.allergies, maya.phone) == (None, None, None)
    assert "Allergies not asked" in desk.get(f"/patients/{maya.id}").text


def test_zero_births_are_not_the_same_as_not_asked(desk, everybody):
    desk.post("/patients/new", **MAYA | {"gravida": "1", "para": "0"})

    assert everybody()[0].para == 0


@pytest.mark.parametrize(
    "same",
    [
        {"given_name": "MAYÁ", "family_name": "torres", "born_on": date(1990, 1, 1)},
        {"given_name": "Torres", "family_name": "Maya", "born_on": date(1990, 1, 1)},
        {"given_name": "Anna", "family_name": "Obi", "born_on": date(1994, 6, 4)},
    ],
)
def test_who_may_be_the_same_is_shown_once_and_nothing_is_saved(
    desk, work, somebody, everybody, same
):
    with work(somebody):
        double = make_patient(number="OLD-1", name_key=key(same), **same)

    first = desk.post("/patients/new", **MAYA)
    assert first.status_code == 409
    assert "OLD-1" in first.text
    assert "Register all the same" in first.text
    assert len(everybody()) == 1

    second = desk.post("/patients/new", **MAYA | {"seen": str(double.id)})
    assert second.status_code == 303
    assert [patient.number for patient in everybody()] == ["HPC-0412", "OLD-1"]


def key(same) -> str:
    from clinic.patients.rules import name_key

    return name_key(same["given_name"], same["family_name"])


def test_a_double_that_was_not_shown_is_shown_although_another_was(desk, work, somebody, everybody):
    with work(somebody):
        shown = make_patient(number="OLD-1", born_on=date(1994, 6, 4))
        make_patient(number="OLD-2", born_on=date(1994, 6, 4))

    answer = desk.post("/patients/new", **MAYA | {"seen": str(shown.id)})

    assert answer.status_code == 409
    assert len(everybody()) == 2


def test_a_double_in_another_clinic_is_none_of_ours(desk, work, stranger, somebody):
    with work(stranger):
        make_patient(given_name="Maya", family_name="Torres", name_key="torres maya")

    assert desk.post("/patients/new", **MAYA | {"number": "P-1001"}).status_code == 303


LONG = "x" * 10_000
WRONG = [
    ("number", "", "Enter her number in this clinic"),
    ("number", "  ", "Enter her number in this clinic"),
    ("number", LONG, "at most 40 characters"),
    ("number", "ＨＰＣ１", "letters A to Z, digits"),
    ("number", "'; DROP TABLE patient --", "letters A to Z, digits"),
    ("number", "A-1", "Ruth Levy has this number already"),
    ("given_name", "", "Enter her given name."),
    ("given_name", LONG, "at most 200 characters, this has 10000"),
    ("given_name", "😀", "write at least one letter"),
    ("given_name", "Ma\u0000ya", "remove the characters that cannot be seen"),
    ("family_name", "Tor\u202eres", "remove the characters that cannot be seen"),
    ("born_on", "", "Enter her date of birth."),
    ("born_on", "1994-02-31", "that day is not in the calendar"),
    ("born_on", "04.06.1994", "as year-month-day"),
    ("born_on", "１９９４-06-04", "as year-month-day"),
    ("born_on", "0000-00-00", "as year-month-day"),
    ("born_on", "2026-03-13", "Enter a date of birth before today."),
    ("born_on", "2020-01-01", "this one makes her 6"),
    ("gave_birth_on", "2026-03-13", "not after today"),
    ("gave_birth_on", "1999-01-01", "on this one she was 4"),
    ("gravida", "-1", "a whole number between 0 and 30"),
    ("gravida", "1.5", "a whole number between 0 and 30"),
    ("gravida", "１", "a whole number between 0 and 30"),
    ("gravida", LONG, "a whole number between 0 and 30"),
    ("para", "2", "Enter para, not more than gravida, 1."),
    ("allergy_answer", "maybe", "Choose allergies from the list."),
    ("allergies", "Penicillin", "or empty this text"),
    ("phone", "call me", "Enter the phone number with digits"),
    ("phone", "٠١٢٣٤٥", "Enter the phone number with digits"),
]


def test_bad_input_is_explained_beside_its_field_and_what_was_typed_is_kept(
    desk, work, somebody, everybody
):
    with work(somebody):
        make_patient(number="A-1", given_name="Ruth", family_name="Levy", name_key="levy ruth")

    for field, typed, sentence in WRONG:
        answer = desk.post("/patients/new", **MAYA | {field: typed})
        page = html.unescape(answer.text)

        assert (field, typed, answer.status_code) == (field, typed, 422)
        assert sentence in page, (field, typed)
        assert f'href="#{field}"' in page, (field, typed)
        assert 'value="Torres"' in page or field == "family_name"
        assert field == "allergy_answer" or typed.strip() in page, (field, "is kept")
    assert len(everybody()) == 1


def test_listed_allergies_want_their_names(desk, everybody):
    without = desk.post("/patients/new", **MAYA | {"allergy_answer": "listed"})
    with_name = MAYA | {"allergy_answer": "listed", "allergies": "Penicillin <b>"}
    desk.post("/patients/new", **with_name)

    assert "Write what she is allergic to." in without.text
    assert everybody()[0].allergies == "Penicillin <b>"
    assert "Penicillin &lt;b&gt;" in desk.get(f"/patients/{everybody()[0].id}").text


def test_letters_beside_an_emoji_are_a_name(desk, everybody):
    desk.post("/patients/new", **MAYA | {"given_name": "Maya 🌸"})

    assert everybody()[0].given_name == "Maya 🌸"


def test_a_field_sent_twice_is_not_guessed_at(desk, everybody):
    answer = desk.post("/patients/new", **MAYA | {"born_on": ["1994-06-04", "1994-06-05"]})

    assert answer.status_code == 422
    assert everybody() == []

"""This file is about other medicines: what is written down, on which days it counts."""

from datetime import date

import pytest

from clinic.core.permissions import Role
from clinic.courses import queries
from clinic.courses.actions import add_medication
from clinic.courses.rules import DrugClass, MedicationFacts

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
LORAZEPAM = {
    "drug": "Lorazepam",
    "drug_class": "benzodiazepine",
    "dose": "0.5 mg as needed",
    "started_on": "2026-01-28",
    "stopped_on": "2026-02-09",
}
FAULTY = [
    ({"drug": ""}, "Enter the medicine."),
    ({"drug": "x" * 121}, "at most 120 characters"),
    ({"drug_class": ""}, "Choose the class."),
    ({"drug_class": "sweets"}, "Choose class from the list."),
    ({"started_on": "28.1.2026"}, "as year-month-day"),
    ({"stopped_on": "2026-01-27"}, "Enter a last day from 28 Jan 2026, the first day."),
    ({"stopped_on": "2026-03-13"}, "Enter a last day that is not after today."),
]


@pytest.fixture
def medicines(work, somebody, course_id):
    def read(on: date | None = None):
        with work(somebody):
            return list(queries.medications_of(course_id, on))

    return read


@pytest.fixture
def sertraline(work, somebody, course_id):
    facts = MedicationFacts("Sertraline", DrugClass.ANTIDEPRESSANT, "100 mg", date(2025, 11, 10))
    with work(somebody):
        return add_medication(course_id, facts)


def at(course_id, medicine, page: str = "") -> str:
    return f"/courses/{course_id}/medications/{medicine.id}{page}"


def test_a_medicine_is_written_down_with_its_days(desk, course_id, medicines):
    answer = desk.post(f"/courses/{course_id}/medications/new", **LORAZEPAM)

    (medicine,) = medicines()
    assert (answer.status_code, answer.location) == (303, f"/courses/{course_id}")
    assert (medicine.drug, medicine.drug_class) == ("Lorazepam", "benzodiazepine")
    assert (medicine.started_on, medicine.stopped_on) == (date(2026, 1, 28), date(2026, 2, 9))
    page = desk.get(f"/courses/{course_id}").text
    assert "28 Jan 2026" in page
    assert "(asked)" in page


def test_the_first_and_the_last_day_count(desk, course_id, medicines):
    desk.post(f"/courses/{course_id}/medications/new", **LORAZEPAM)

    days = [date(2026, 1, 27), date(2026, 1, 28), date(2026, 2, 9), date(2026, 2, 10)]
    assert [len(medicines(day)) for day in days] == [0, 1, 1, 0]


def test_an_unknown_start_counts_as_taken_and_stands_first(desk, course_id, medicines, sertraline):
    unknown = LORAZEPAM | {"drug": "Zopiclone", "drug_class": "hypnotic", "started_on": ""}
    desk.post(f"/courses/{course_id}/medications/new", **unknown | {"stopped_on": ""})

    assert [m.drug for m in medicines()] == ["Zopiclone", "Sertraline"]
    assert [m.drug for m in medicines(date(2026, 3, 12))] == ["Zopiclone", "Sertraline"]
    assert "not known" in desk.get(f"/courses/{course_id}").text


def test_d8_7_of_a_day_only_the_classes_that_are_asked(work, somebody, course_id, sertraline):
    with work(somebody):
        for drug, code in (("Xylometazoline", "decongestant"), ("Labetalol", "antihypertensive")):
            add_medication(course_id, MedicationFacts(drug, DrugClass(code)))
        asked = queries.asked_before_the_dose(course_id, date(2026, 3, 12))

    assert [medicine.drug for medicine in asked] == ["Xylometazoline"]


def test_a_medicine_with_something_wrong_says_so_and_keeps_what_was_typed(
    desk, course_id, medicines
):
    for changes, sentence in FAULTY:
        answer = desk.post(f"/courses/{course_id}/medications/new", **LORAZEPAM | changes)
        assert (changes, answer.status_code) == (changes, 422)
        assert sentence in answer.text
        assert "0.5 mg as needed" in answer.text
    assert medicines() == []


def test_a_last_day_is_added_later(desk, course_id, medicines, sertraline):
    answer = desk.post(at(course_id, sertraline, "/stop"), stopped_on="2026-03-11", version="1")

    assert answer.status_code == 303
    assert medicines()[0].stopped_on == date(2026, 3, 11)
    assert medicines()[0].dose == "100 mg"


def test_a_correction_that_comes_second_is_shown_not_lost(desk, course_id, medicines, sertraline):
    fields = {"drug": "Sertraline", "drug_class": "antidepressant", "version": "1"}
    desk.post(at(course_id, sertraline), **fields, dose="150 mg")

    answer = desk.post(at(course_id, sertraline), **fields, dose="200 mg")

    assert answer.status_code == 409
    assert 'value="200 mg"' in answer.text
    assert 'name="version" value="2"' in answer.text
    assert [m.dose for m in medicines()] == ["150 mg"]


def test_what_was_entered_in_error_counts_nowhere_and_stays_readable(
    desk, course_id, medicines, sertraline
):
    answer = desk.post(at(course_id, sertraline, "/error"), reason="Other woman", version="1")

    page = desk.get(f"/courses/{course_id}").text
    assert answer.status_code == 303
    assert medicines() == []
    assert "Other woman" in page
    assert (
        desk.post(at(course_id, sertraline, "/error"), reason="x", version="2").status_code == 409
    )


def test_entered_in_error_needs_a_reason(desk, course_id, medicines, sertraline):
    answer = desk.post(at(course_id, sertraline, "/error"), reason="", version="1")

    assert answer.status_code == 422
    assert "Write what is wrong with it." in answer.text
    assert len(medicines()) == 1


def test_a_medicine_of_another_course_is_not_there(desk, course_id, sertraline, stranger):
    assert desk.get(f"/courses/{sertraline.id}/medications/{sertraline.id}").status_code == 404

    desk.somebody = stranger
    assert desk.get(at(course_id, sertraline)).status_code == 404


def test_only_nurses_and_psychiatrists_write_medicines(desk, course_id, medicines):
    for role in (Role.THERAPIST, Role.ADMINISTRATOR, Role.AUDITOR):
        desk.role = role
        answer = desk.post(f"/courses/{course_id}/medications/new", **LORAZEPAM)
        assert (role, answer.status_code) == (role, 403)
    assert medicines() == []


def test_another_dose_is_a_line_of_its_own_and_the_one_before_ends_on_the_day_before(
    desk, course_id, sertraline, medicines
):
    answer = desk.post(
        at(course_id, sertraline, "/dose"), dose="150 mg", from_on="2026-02-03", version="1"
    )

    before, after = medicines()
    assert answer.status_code == 303
    assert (before.dose, before.stopped_on) == ("100 mg", date(2026, 2, 2))
    assert (after.dose, after.started_on, after.stopped_on) == ("150 mg", date(2026, 2, 3), None)


@pytest.mark.parametrize(
    ("from_on", "says"),
    [
        ("2025-11-10", "Enter a first day after 10 Nov 2025, that of the dose so far."),
        ("2026-03-13", "Enter a first day that is not after today."),
        ("", "Enter the first day of the new dose."),
    ],
)
def test_a_new_dose_begins_after_the_one_before_and_not_in_the_future(
    desk, sertraline, medicines, from_on, says
):
    course_id = sertraline.course_id
    answer = desk.post(
        at(course_id, sertraline, "/dose"), dose="150 mg", from_on=from_on, version="1"
    )

    assert (answer.status_code, says in answer.text) == (422, True)
    assert "150 mg" in answer.text
    assert len(medicines()) == 1


def test_what_nobody_knows_counts_as_taken_and_is_asked_until_she_has_answered(
    work, somebody, desk, course_id
):
    unclear = LORAZEPAM | {"stopped_on": "", "stop_unclear": "y"}
    desk.post(f"/courses/{course_id}/medications/new", **unclear)

    with work(somebody):
        (medicine,) = queries.still_to_ask(course_id)
        assert queries.asked_before_the_dose(course_id, date(2026, 3, 12)) == [medicine]
    assert "Still taken? Ask" in desk.get(f"/courses/{course_id}").text

    desk.post(at(course_id, medicine, "/still-taken"), version="1")

    with work(somebody):
        assert queries.still_to_ask(course_id) == []
    assert "Still taken? Ask" not in desk.get(f"/courses/{course_id}").text


def test_a_last_day_and_not_known_cannot_both_be(desk, course_id, medicines):
    both = LORAZEPAM | {"stop_unclear": "y"}
    answer = desk.post(f"/courses/{course_id}/medications/new", **both)

    assert answer.status_code == 422
    assert "The last day is written: then it is known." in answer.text
    assert medicines() == []


def test_the_rule_of_the_protocol_stands_beside_a_medicine_by_its_class_and_source(
    desk, course_id, sertraline
):
    desk.post(f"/courses/{course_id}/medications/new", **LORAZEPAM | {"stopped_on": ""})

    page = desk.get(f"/courses/{course_id}").text

    assert "Takes a benzodiazepine: tell the prescriber" in page
    assert "definitions D8.7; REMS patient monitoring form" in page
    assert "No rule" in page
    assert "may be" not in page[page.index("Medicines, by first day") :]

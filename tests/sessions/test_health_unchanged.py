"""This file is about her health asked anew before the dose: what changed since is named."""

import re

import pytest

from clinic.courses.actions import add_medication
from clinic.courses.rules import DrugClass, MedicationFacts
from clinic.evaluation.actions import hand_in
from clinic.evaluation.library import section_of
from tests.sessions.room import put, record

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
NINE_TEN = "2026-03-12T09:10:00+00:00"


def words(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def test_with_nothing_new_the_question_says_since_when(desk, arrived):
    page = words(desk.get(f"/sessions/{arrived}"))

    assert "Health unchanged since the evaluation, or since the last session" in page
    assert re.search(r"Since Thu 12 Mar 2026, 09:00 nothing else was written down", page)


def test_a_medicine_that_was_begun_is_named_and_a_no_is_told_to_the_prescriber(desk, work, arrived):
    with record(desk.app, desk.somebody, arrived) as session:
        course_id = session.course_id
    with work(desk.somebody):
        facts = MedicationFacts("Labetalol", DrugClass.ANTIHYPERTENSIVE, "100 mg")
        add_medication(course_id, facts)
    item = {"kind": "check", "item": "health-unchanged", "answer": "no"}

    asked = words(desk.get(f"/sessions/{arrived}"))
    answer = put(desk, arrived, **item, effective_at=NINE_TEN)
    answered = words(desk.get(f"/sessions/{arrived}"))

    assert "Labetalol 100 mg: on the list since Thu 12 Mar 2026, 09:10" in asked
    assert answer.status_code == 201
    assert re.search(r"Labetalol 100 mg: on the list since [^·]+· tell the prescriber", answered)


def test_a_blood_pressure_plan_stands_beside_her_name_and_above_the_list(desk, work, arrived):
    with record(desk.app, desk.somebody, arrived) as session:
        course_id = session.course_id
    plan = "Obstetrics told when raised"
    more = {"pressure_which": "week 37", "pressure_input": "yes", "pressure_plan": plan}
    with work(desk.somebody):
        section = section_of("contraindications")
        hand_in(course_id, section, {"pressure_in_pregnancy": "yes"} | more, based_on=0)

    page = words(desk.get(f"/sessions/{arrived}"))

    assert f"Blood pressure plan: {plan}" in page
    assert "BP plan" in page

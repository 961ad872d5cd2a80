"""This file is about the files of courses and of scores: what was answered, and what it came to."""

from datetime import timedelta
from typing import Any

import pytest

from clinic.core.signatures import Proof, sign
from clinic.courses.queries import course_or_raise
from clinic.instruments.actions import withdraw_response
from clinic.reports.rules import TABLES
from tests.instruments.room import items, used
from tests.reports.room import download
from tests.review.room import FIRST, empty_course, give_two_doses, score_her

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
YEAR = {"from": "2026-01-01", "to": "2026-12-31"}


@pytest.fixture
def course_id(app, people, work, clock):
    """Two doses in March; MADRS 36 to 18 at day 7; EPDS item 10 above 0 at day 7."""
    nurse = people["nurse"]
    made = empty_course(app, nurse, clock)
    with work(nurse):
        give_two_doses(course_or_raise(made))
        score_her(made, thoughts=1)
    return made


def row(rows: list[dict[str, str]], **wanted: Any) -> dict[str, str]:
    [found] = [one for one in rows if wanted.items() <= one.items()]
    return found


def test_a_course_has_its_outcome_with_scale_form_and_totals(course_id, administrator):
    [found] = download(administrator, "courses", **YEAR)

    assert (found["course_id"], found["patient_number"]) == (str(course_id), "P-1001")
    assert (found["sessions"], found["postpartum_day"]) == ("2", "41")
    assert found["first_dose_at"] == "2026-03-04T09:30:00+00:00"
    seven = {name: found[f"outcome_day_7{name}"] for name in ("", "_scale", "_form", "_why_not")}
    assert seven == {"": "response", "_scale": "MADRS", "_form": "standard", "_why_not": ""}
    assert (found["outcome_day_7_baseline"], found["outcome_day_7_total"]) == ("36", "18")
    assert (found["outcome_24_hours"], found["outcome_24_hours_why_not"]) == (
        "not-enough-data",
        "no-baseline",
    )
    assert (found["evaluation"], found["consent_given_at"], found["decision"]) == ("", "", "")


@sqlite_only
def test_a_course_without_a_dose_has_no_outcome_at_all(app, people, clock, administrator):
    empty_course(app, people["nurse"], clock)

    [found] = download(administrator, "courses", **YEAR)

    said = {found[name] for name in found if name.startswith("outcome")}
    assert (found["sessions"], said, found["first_dose_at"]) == ("0", {""}, "")


@sqlite_only
def test_a_signed_decision_stands_in_the_file(course_id, work, people, administrator):
    with work(people["nurse"]):
        sign(
            "decision",
            course_id,
            {"decision": "stop", "reason": "No effect.", "after_session": 2},
            patient_id=course_or_raise(course_id).patient_id,
            meaning="I have decided",
            proof=Proof(people["nurse"].actor_id, "Dr Okafor"),
        )

    [found] = download(administrator, "courses", **YEAR)

    assert (found["decision"], found["decision_reason"]) == ("stop", "No effect.")
    assert (found["decision_by"], found["decision_after_session"]) == ("Dr Okafor", "2")


def test_a_score_has_answers_total_and_what_is_not_reviewed(course_id, administrator):
    rows = download(administrator, "scores", **YEAR)

    after = row(rows, scale="EPDS", moment="day-7")
    assert (after["total"], after["why_no_total"], after["highest_possible"]) == ("10", "", "30")
    assert after["answers"].endswith("9=1; 10=1")
    assert (after["safety_items"], after["safety_not_reviewed"]) == ("10=1", "10")
    assert (after["course_day"], after["cut_offs"], after["recall_h"]) == ("7.00", "10", "168")
    assert after["postpartum_day"] == "48"
    before = row(rows, scale="MADRS", moment="baseline")
    assert (before["course_day"], before["total"], before["band"]) == ("-0.08", "36", "severe")
    assert before["postpartum_day"] == "41"
    assert before["safety_items"] == ""


@sqlite_only
def test_a_score_belongs_to_the_day_it_was_answered(course_id, administrator):
    rows = download(administrator, "scores", **{"from": "2026-03-11", "to": "2026-03-11"})

    assert sorted(one["scale"] for one in rows) == ["EPDS", "MADRS"]


@sqlite_only
def test_an_incomplete_score_has_no_total_and_says_why(course_id, work, people, administrator):
    with work(people["nurse"]):
        used(course_id, "PHQ9", items(9, 1, _4=None), FIRST - timedelta(days=1))

    found = row(download(administrator, "scores", **YEAR), scale="PHQ9")

    assert (found["total"], found["why_no_total"]) == ("", "items-missing")
    assert found["missing_items"] == "4"


@sqlite_only
def test_a_withdrawn_score_keeps_its_row_and_loses_its_values(
    course_id, work, people, administrator
):
    with work(people["nurse"]):
        wrong = used(course_id, "PHQ9", items(9, 1), FIRST - timedelta(days=1)).id
        withdraw_response(wrong, reason="Other patient.")

    found = row(download(administrator, "scores", **YEAR), scale="PHQ9")

    assert (found["withdrawn"], found["correction_reason"]) == ("yes", "Other patient.")
    assert (found["total"], found["answers"], found["band"]) == ("", "", "")


@pytest.mark.parametrize("table", ["scores", "courses"])
def test_the_dictionary_names_a_definition_where_one_decides(table):
    decided = [column.name for column in TABLES[table].columns if column.definition]

    assert len(decided) > 8

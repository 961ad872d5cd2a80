"""This file is about what a decision says beside its word, and the day it is looked at again."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from clinic.core.acting import act_as
from clinic.core.permissions import Role
from clinic.courses.queries import course_or_raise
from clinic.courses.rules import EndReason
from clinic.review import queries
from clinic.review.queries import listing
from clinic.review.rules import STOP_REASONS, Chosen, Decided, Decision, faults
from tests.review.test_page import sign

TODAY = date(2026, 3, 12)
DOSES = (Decimal(56), Decimal(84))
ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def wrong(chosen: Chosen, allowed=DOSES) -> dict[str, list[str]]:
    return faults(chosen, allowed, "mg", TODAY)


def test_a_change_changes_the_dose_or_the_schedule() -> None:
    nothing = Chosen(Decision.CHANGE, "Rise of 46")

    assert wrong(nothing) == {"new_dose": ["Enter the new dose, the new schedule, or both."]}
    assert wrong(Chosen(Decision.CHANGE, "Rise of 46", Decimal(56))) == {}
    assert wrong(Chosen(Decision.CHANGE, "Rise of 46", new_schedule="weekly")) == {}


def test_a_new_dose_is_one_of_the_protocol_unless_it_sets_none() -> None:
    chosen = Chosen(Decision.CHANGE, "Rise of 46", Decimal(70))

    assert wrong(chosen) == {"new_dose": ["This protocol has 56, 84 mg."]}
    assert wrong(chosen, allowed=None) == {}


def test_a_stop_says_why_in_the_words_that_are_counted() -> None:
    assert STOP_REASONS[0] is EndReason.COMPLETED
    assert {*STOP_REASONS[1:]} == {
        EndReason.SIDE_EFFECTS,
        EndReason.NO_EFFECT,
        EndReason.PATIENT_CHOICE,
        EndReason.LOGISTICS,
        EndReason.LOST,
        EndReason.OTHER,
    }
    assert wrong(Chosen(Decision.STOP, "Enough")) == {
        "stopped_because": ["Choose why treatment stops."]
    }
    assert wrong(Chosen(Decision.STOP, stopped_because=EndReason.LOST)) == {
        "reason": ["Enter the reason for this."]
    }
    assert "stopped_because" in wrong(
        Chosen(Decision.STOP, "Enough", stopped_because=EndReason.NOT_ELIGIBLE)
    )


@pytest.mark.parametrize(("days", "fault"), [(-1, True), (0, False), (14, False)])
def test_the_day_to_look_again_is_not_before_today(days: int, fault: bool) -> None:
    chosen = Chosen(Decision.CONTINUE, re_evaluate_on=TODAY + timedelta(days=days))

    assert ("re_evaluate_on" in wrong(chosen)) is fault


def test_what_does_not_belong_to_the_decision_is_not_signed() -> None:
    rest = (Decimal("56.0"), "weekly", EndReason.NO_EFFECT, TODAY)

    assert Chosen(Decision.CONTINUE, "", *rest).said("mg") == {
        "decision": "continue",
        "reason": "",
        "re_evaluate_on": "2026-03-12",
    }
    assert Chosen(Decision.CHANGE, "Rise", *rest).said("mg") == {
        "decision": "change",
        "reason": "Rise",
        "new_dose": "56 mg",
        "new_schedule": "weekly",
        "re_evaluate_on": "2026-03-12",
    }
    assert Chosen(Decision.STOP, "Rise", *rest).said("mg") == {
        "decision": "stop",
        "reason": "Rise",
        "stopped_because": "no-effect",
    }


@pytest.mark.parametrize(
    ("because", "discontinued"),
    [(EndReason.COMPLETED, False), (EndReason.SIDE_EFFECTS, True), (None, False)],
)
def test_a_treatment_completed_as_planned_is_no_discontinuation(because, discontinued) -> None:
    signed_at = datetime(2026, 3, 12, 9, tzinfo=UTC)
    told = Decided(
        Decision.STOP, "", 4, None, "", signed_at, 1, unchanged=True, stopped_because=because
    )

    assert told.is_discontinuation is discontinued


def test_a_change_says_its_dose_schedule_and_day_on_the_page(psychiatrist, course_id) -> None:
    said = {"dose": "56", "new_schedule": "weekly, 4 times", "re_evaluate_on": "2026-03-26"}
    answer = sign(psychiatrist, course_id, "change", "Rise of 46/26", **said)

    assert answer.status_code == 303, answer.text
    page = psychiatrist.get(f"/courses/{course_id}/review").text
    assert "New dose: 56 mg · New schedule: weekly, 4 times" in page
    assert "Look at the course again by 26 Mar 2026" in page
    assert "56 mg, weekly, 4 times" in psychiatrist.get(f"/courses/{course_id}").text


@ON_ONE
@pytest.mark.parametrize(
    "case",
    [
        ("change", {"dose": ""}, "Enter the new dose, the new schedule, or both."),
        ("change", {"dose": "70"}, "Choose new dose from the list."),
        ("stop", {"stopped_because": ""}, "Choose why treatment stops."),
        ("continue", {"re_evaluate_on": "2026-03-11"}, "Enter a day that is not before today."),
        ("continue", {"re_evaluate_on": "soon"}, "Enter the day by which you look at the course"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_signed(
    psychiatrist, course_id, decisions, case
) -> None:
    decision, typed, sentence = case
    refused = sign(psychiatrist, course_id, decision, "Because of the rise", **typed)

    assert (refused.status_code, refused.text.count(f">{sentence}") > 0) == (422, True)
    assert "Because of the rise" in refused.text
    assert decisions(course_id) == []


def due(app, somebody) -> list[tuple[date, bool]]:
    with app.app_context(), act_as(somebody):
        return [(one.due_on, one.is_overdue(date(2026, 3, 27))) for one in queries.re_evaluations()]


def test_a_course_stands_on_the_work_list_until_another_decision(
    app, psychiatrist, somebody, course_id
) -> None:
    assert due(app, somebody) == []
    sign(psychiatrist, course_id, re_evaluate_on="2026-03-26")

    page = psychiatrist.get("/reviews").text

    assert due(app, somebody) == [(date(2026, 3, 26), True)]
    assert f'href="/courses/{course_id}/review#decision">' in page
    assert "26 Mar 2026" in page
    sign(psychiatrist, course_id, "stop", "She wants to stop", re_evaluate_on="2026-03-30")
    assert due(app, somebody) == []


@ON_ONE
def test_the_list_of_patients_knows_the_day_and_when_it_is_over(
    psychiatrist, work, somebody, course_id
) -> None:
    sign(psychiatrist, course_id, re_evaluate_on="2026-03-26")

    with work(somebody):
        known = listing.load(datetime(2026, 3, 27, 9, tzinfo=UTC))
        ahead = listing.ahead_of(known, known.active.popitem()[0], course_or_raise(course_id))
        [again] = [one for one in ahead if one.what == "re-evaluation"]

    assert again.whole_day
    assert again.overdue_since == datetime(2026, 3, 27, tzinfo=again.due_at.tzinfo)


@ON_ONE
def test_the_work_list_has_the_signed_sessions_that_nobody_reviewed(desk, course_id) -> None:
    page = desk.get("/reviews").text

    assert "2 signed and not reviewed" in page
    assert page.count("To review<") == 2
    assert "Session to review" in desk.get("/patients").text
    assert "Not reviewed yet" in desk.get(f"/courses/{course_id}/review").text


@ON_ONE
def test_an_administrator_opens_no_work_list_of_names(desk) -> None:
    desk.role = Role.ADMINISTRATOR

    assert desk.get("/reviews").status_code == 403

"""This file is about what may be written down of a visit and of a goal, and what is refused."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from clinic.integration.rules import (
    GoalFacts,
    GoalState,
    Kind,
    Status,
    VisitFacts,
    days_overdue,
    fault_of_change,
    faults_of_goal,
    faults_of_visit,
)

NOW = datetime(2026, 3, 12, 14, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HELD = VisitFacts(Kind.INTEGRATION, Status.DONE, NOW - 60 * MINUTE, therapist_name="L. Moreau")
PLANNED = replace(HELD, status=Status.PLANNED, starts_at=NOW + MINUTE)
DUE = date(2026, 3, 12)


def fields(facts, t0=None):
    return [field for field, _ in faults_of_visit(facts, t0, NOW)]


def test_a_held_and_a_planned_visit_are_taken():
    assert (fields(HELD), fields(PLANNED)) == ([], [])


@pytest.mark.parametrize(
    ("status", "apart", "refused"),
    [
        (Status.PLANNED, MINUTE, False),
        (Status.PLANNED, 0 * MINUTE, True),
        (Status.DONE, 0 * MINUTE, False),
        (Status.DONE, MINUTE, True),
        (Status.NOT_WANTED, 0 * MINUTE, False),
        (Status.NOT_WANTED, MINUTE, True),
        (Status.MISSED, MINUTE, False),
        (Status.MISSED, -MINUTE, False),
    ],
)
def test_what_is_planned_is_to_come_and_what_is_done_is_over(status, apart, refused):
    facts = replace(HELD, status=status, starts_at=NOW + apart, reason="Leo unwell")

    assert fields(facts) == (["starts_at"] if refused else [])


@pytest.mark.parametrize("status", [Status.MISSED, Status.ERROR])
def test_missed_and_entered_in_error_need_a_reason(status):
    facts = replace(HELD, status=status)

    assert fields(facts) == ["reason"]
    assert fields(replace(facts, reason="Leo unwell")) == []


def test_not_wanted_needs_no_reason():
    assert fields(replace(HELD, status=Status.NOT_WANTED)) == []


def test_a_visit_cannot_come_before_the_dose_it_follows():
    assert fields(HELD, HELD.starts_at) == []
    assert fields(HELD, HELD.starts_at + MINUTE) == ["starts_at"]


def test_what_was_held_was_held_by_somebody_and_by_one_way_of_naming_them():
    assert fields(replace(HELD, therapist_name=None)) == ["therapist_id"]
    assert fields(replace(HELD, therapist_id=uuid.UUID(int=1))) == ["therapist_name"]
    assert fields(replace(PLANNED, therapist_name=None)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"status": Status.MISSED},
        {"starts_at": NOW - MINUTE},
        {"kind": Kind.PSYCHOTHERAPY},
        {"session_id": uuid.UUID(int=3)},
    ],
)
def test_what_is_done_stays_unless_somebody_says_why(changes):
    assert fault_of_change(HELD, replace(HELD, **changes))[0] == "reason"
    assert fault_of_change(HELD, replace(HELD, **changes, reason="Wrong woman")) is None


def test_an_old_reason_does_not_serve_for_another_change():
    corrected = replace(HELD, reason="Wrong hour")

    assert fault_of_change(corrected, replace(corrected, status=Status.PLANNED)) is not None


def test_the_shared_line_of_a_held_visit_and_a_planned_visit_change_freely():
    assert fault_of_change(HELD, replace(HELD, shared_note="What was hard")) is None
    assert fault_of_change(PLANNED, replace(PLANNED, status=Status.DONE)) is None


def test_a_goal_that_is_dropped_says_why():
    dropped = GoalFacts("Walk with Leo", "Maya", state=GoalState.DROPPED)

    assert [field for field, _ in faults_of_goal(dropped)] == ["last_word"]
    assert list(faults_of_goal(replace(dropped, last_word="Moved away"))) == []


@pytest.mark.parametrize(
    ("state", "today", "days"),
    [
        (GoalState.STARTED, DUE, 0),
        (GoalState.STARTED, DUE + timedelta(days=1), 1),
        (GoalState.MET, DUE + timedelta(days=1), 0),
        (GoalState.DROPPED, DUE + timedelta(days=1), 0),
    ],
)
def test_a_goal_is_overdue_from_the_day_after(state, today, days):
    assert days_overdue(DUE, state, today) == days


def test_a_goal_without_a_day_is_never_overdue():
    assert days_overdue(None, GoalState.STARTED, DUE) == 0

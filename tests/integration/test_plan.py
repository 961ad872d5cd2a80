"""This file is about the care plan: goals, tasks, and the versions that are signed with her."""

import uuid
from dataclasses import replace
from datetime import date

import pytest

from clinic.core.signatures import reauthenticate_with
from clinic.integration import queries
from clinic.integration.rules import (
    GoalFacts,
    GoalState,
    faults_of_agreement,
    moved_since,
    plan_content,
)
from tests.desk import NURSE_ID
from tests.factories import make_user

GOAL = GoalFacts("Walk with Leo, 5 days a week", "Maya", date(2026, 3, 13))
ID = uuid.UUID(int=7)
TODAY = date(2026, 3, 12)
SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
TYPED = {"goal": GOAL.goal, "owner": "Maya", "due_on": "2026-03-10", "state": "planned"}


@pytest.mark.parametrize(
    ("changes", "moved"),
    [
        ({}, False),
        ({"state": GoalState.MET, "last_word": "6 days last week"}, False),
        ({"goal": "Walk with Leo, 3 days a week"}, True),
        ({"owner": "Daniel"}, True),
        ({"due_on": None}, True),
    ],
)
def test_another_goal_owner_or_day_wants_a_new_version_and_how_it_stands_does_not(changes, moved):
    signed = plan_content([(ID, GOAL)], TODAY)

    assert moved_since(signed, [(ID, replace(GOAL, **changes))]) is moved


def test_a_goal_more_wants_a_new_version():
    signed = plan_content([(ID, GOAL)], TODAY)

    assert moved_since(signed, [(ID, GOAL), (uuid.UUID(int=8), GOAL)])


@pytest.mark.parametrize(
    ("day", "goals", "reason", "again", "fields"),
    [
        (TODAY, 1, None, False, []),
        (TODAY, 0, None, False, ["agreed_on"]),
        (date(2026, 3, 13), 1, None, False, ["agreed_on"]),
        (TODAY, 1, None, True, ["reason"]),
        (TODAY, 1, "One goal more", True, []),
    ],
)
def test_a_version_has_a_goal_a_day_that_was_and_from_the_second_a_reason(
    day, goals, reason, again, fields
):
    found = faults_of_agreement(day, TODAY, goals=goals, reason=reason, again=again)

    assert [field for field, _ in found] == fields


@pytest.fixture
def signing(app, desk, work, somebody, course_id):
    """A goal is set, and the password of whoever signs is known."""
    reauthenticate_with(app, lambda password: password == "right")
    with work(somebody):
        make_user(id=NURSE_ID)
    desk.post(f"/courses/{course_id}/integration/goals/new", **TYPED)
    return f"/courses/{course_id}/integration"


@SQLITE
def test_a_plan_is_signed_and_a_later_goal_says_that_it_changed(desk, signing):
    wrong = desk.post(f"{signing}/plan", agreed_on="2026-03-12", password="wrong")
    right = desk.post(f"{signing}/plan", agreed_on="2026-03-12", password="right")
    signed = desk.get(signing).text
    desk.post(f"{signing}/goals/new", **TYPED | {"goal": "Sleep 5 h"})
    moved = desk.get(signing).text

    assert (wrong.status_code, right.status_code) == (422, 303)
    assert "Enter your own password to sign." in wrong.text
    assert "agreed with her 12 Mar 2026, version 1" in signed
    assert "Changed since version 1" not in signed
    assert "Changed since version 1" in moved


@SQLITE
def test_the_version_before_stays_as_it_was_signed(desk, work, somebody, course_id, signing):
    desk.post(f"{signing}/plan", agreed_on="2026-03-11", password="right")
    with work(somebody):
        (goal,) = queries.goals_of(course_id)
    desk.post(f"{signing}/goals/{goal.id}", **TYPED | {"owner": "Daniel", "version": "1"})

    without = desk.post(f"{signing}/plan", agreed_on="2026-03-12", password="right")
    desk.post(f"{signing}/plan", agreed_on="2026-03-12", reason="Daniel helps", password="right")

    assert "Write what changed since the version before." in without.text
    with work(somebody):
        newest, oldest = queries.plan_versions(course_id)
        assert (newest.document.n, newest.content["goals"][0]["owner"]) == (2, "Daniel")
        assert (oldest.document.n, oldest.content["goals"][0]["owner"]) == (1, "Maya")
        assert newest.document.supersedes_id == oldest.document.id
        assert newest.unchanged


@SQLITE
def test_a_goal_that_is_late_has_stripes_and_a_task_is_done_by_whoever_says_so(desk, signing):
    desk.post(
        f"{signing}/tasks/new", task="Read the safety plan", owner_id=NURSE_ID, due_on="2026-03-10"
    )
    page = desk.get(signing).text
    address = page.split("/done")[0].rsplit('"', 1)[1] + "/done"
    done = desk.post(address, version="1")

    assert page.count("2 days overdue") == 2
    assert done.status_code == 303
    after = desk.get(signing).text
    assert "Done Thu 12 Mar" in after
    assert after.count("2 days overdue") == 1

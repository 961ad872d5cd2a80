"""This file is about the page of stage 4: what is offered, logged and refused, and who may."""

import re
import uuid
from dataclasses import replace
from datetime import date

import pytest

from clinic.core.permissions import Role
from clinic.courses.actions import end_course
from clinic.courses.rules import EndReason
from clinic.integration import queries
from tests.factories import make_user
from tests.integration.room import ONE, TWO

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

HELD = {
    "kind": "integration",
    "status": "done",
    "session_id": str(ONE),
    "starts_at": "2026-03-11T16:00",
    "minutes": "50",
    "therapist_id": "not-ours",
    "therapist_name": "L. Moreau",
    "shared_note": "What was hard, what helped",
}
FAULTY = [
    ({"kind": ""}, "Choose what it is."),
    ({"kind": "massage"}, "Choose what from the list."),
    ({"status": ""}, "Choose how it stands."),
    ({"status": "entered-in-error"}, "Choose state from the list."),
    ({"session_id": ""}, "Choose the dose it follows, or that it follows none."),
    ({"session_id": str(uuid.UUID(int=7))}, "Choose after dose from the list."),
    ({"starts_at": ""}, "Enter date and time."),
    ({"starts_at": "yesterday"}, "as date and time"),
    ({"starts_at": "2026-03-12T09:01"}, "Enter a time that is not after now."),
    ({"starts_at": "2026-03-10T09:29"}, "Enter a time after the dose it follows."),
    ({"status": "planned"}, "Enter a time that is still to come, or say how the visit went."),
    ({"status": "missed"}, "Write the reason."),
    ({"therapist_name": ""}, "Choose or write who held it."),
    ({"minutes": "0"}, "between 1 and 600"),
]
GOAL = {"goal": "Walk with Leo", "owner": "Maya", "due_on": "2026-03-11", "state": "started"}


@pytest.fixture
def visits(work, somebody, course_id):
    def read():
        with work(somebody):
            return queries.activities_of(course_id)

    return read


@pytest.fixture
def page(desk, course_id):
    return lambda: desk.get(f"/courses/{course_id}/integration").text


def send(desk, course_id, to="visits/new", **changes):
    return desk.post(f"/courses/{course_id}/integration/{to}", **HELD | changes)


def test_two_days_after_a_dose_a_talk_is_offered_and_everything_stands_on_one_axis(page):
    shown = page()

    assert "offered after 1 dose: 1 offered" in shown
    assert "Wed 11 Mar 09:30 to Fri 13 Mar 09:30" in shown
    assert "1 dose given, 1 planned." in shown
    assert "Antidepressant, sertraline: 150 mg, since 03 Feb." in shown
    assert "Benzodiazepine, lorazepam: None, stopped 09 Feb." in shown
    assert "Psychotherapy: No psychotherapy yet, none planned." in shown
    assert "1: 56 mg" in shown
    assert "None since 09 Feb" in shown
    assert "None on record" in shown


def test_a_talk_that_was_held_stands_with_its_hours_and_closes_the_offer(
    desk, course_id, visits, page
):
    answer = send(desk, course_id)

    shown = page()
    assert (answer.status_code, answer.location) == (303, f"/courses/{course_id}/integration")
    assert [(v.status, v.session_id, v.minutes) for v in visits()] == [("done", ONE, 50)]
    assert "after dose 1, 30 h" in shown
    assert "L. Moreau" in shown
    assert "What was hard, what helped" in shown
    assert "offered after 1 dose: 1 done" in shown
    assert "Talks that are offered" not in shown


def test_what_cannot_be_is_refused_beside_its_field_and_kept(desk, course_id, visits):
    for changes, sentence in FAULTY:
        answer = send(desk, course_id, **changes)
        assert (changes, answer.status_code) == (changes, 422)
        assert sentence in answer.text
        assert "What was hard, what helped" in answer.text
    assert visits() == []


def test_a_missed_talk_says_why_and_until_when_a_new_date_fits(desk, course_id, page):
    send(desk, course_id, status="missed", reason="Leo unwell", therapist_name="")

    shown = page()
    assert "Leo unwell" in shown
    assert "a new date fits until Fri 13 Mar 09:30" in shown


def test_a_planned_talk_is_next_and_then_asks_how_it_went(desk, course_id, clock, page):
    send(desk, course_id, status="planned", starts_at="2026-03-12T14:00")
    before = page()
    clock.advance(hours=6)

    assert "next Thu 12 Mar 14:00" in before
    assert "How did it go?" in page()


def test_a_talk_may_be_planned_after_a_dose_that_is_still_to_come(desk, course_id, visits, page):
    answer = send(
        desk, course_id, status="planned", session_id=str(TWO), starts_at="2026-03-18T14:00"
    )

    assert answer.status_code == 303
    assert "after the planned dose" in page()


def test_not_wanted_needs_nobody_and_no_reason(desk, course_id, page):
    answer = send(desk, course_id, status="not-wanted", therapist_id="", therapist_name="")

    assert answer.status_code == 303
    assert "1 not wanted" in page()


def test_what_is_done_changes_only_with_a_reason(desk, course_id, visits):
    send(desk, course_id)
    to = f"visits/{visits()[0].id}"

    refused = send(desk, course_id, to, status="missed", version="1")
    again = send(desk, course_id, to, status="missed", version="1", reason="It was Rosa, not Maya")

    assert refused.status_code == 422
    assert "on record as done. Write why it changes." in refused.text
    assert again.status_code == 303
    assert [(v.status, v.reason) for v in visits()] == [("missed", "It was Rosa, not Maya")]


def test_a_visit_entered_in_error_is_kept_to_be_seen_and_counts_nowhere(
    desk, course_id, visits, page
):
    send(desk, course_id)
    to = f"visits/{visits()[0].id}"

    send(desk, course_id, to, status="entered-in-error", version="1", reason="Wrong woman")

    shown = page()
    assert visits() == []
    assert "1 entered in error" in shown
    assert "Wrong woman" in shown
    assert "offered after 1 dose: 1 offered" in shown


def test_a_change_that_comes_second_is_shown_not_lost(desk, course_id, visits):
    send(desk, course_id)
    to = f"visits/{visits()[0].id}"
    send(desk, course_id, to, version="1", shared_note="First")

    answer = send(desk, course_id, to, version="1", shared_note="Second")

    assert answer.status_code == 409
    assert "Second" in answer.text
    assert 'name="version" value="2"' in answer.text
    assert visits()[0].shared_note == "First"


def test_somebody_of_the_clinic_is_named_as_the_one_who_held_it(work, desk, course_id, page):
    with work(desk.somebody):
        therapist = make_user(role=Role.THERAPIST, full_name="Lea Moreau").id

    send(desk, course_id, therapist_id=str(therapist), therapist_name="")

    assert "Lea Moreau" in page()


@pytest.mark.parametrize(("role", "proposed"), [(Role.THERAPIST, True), (Role.NURSE, False)])
def test_a_new_visit_proposes_the_therapist_who_is_signed_in(work, desk, course_id, role, proposed):
    with work(desk.somebody):
        person = make_user(role=role, email="lea@clinic.example", full_name="Lea Moreau").id
    desk.somebody, desk.role = replace(desk.somebody, actor_id=person), role

    page = desk.get(f"/courses/{course_id}/integration/visits/new").text

    [hers] = re.findall(rf'<input[^>]*value="{person}"[^>]*>', page)
    assert ("checked" in hers) is proposed


def test_a_link_chooses_dose_kind_and_state_and_nothing_that_is_not_there(desk, course_id):
    new = f"/courses/{course_id}/integration/visits/new"

    chosen = desk.get(f"{new}?kind=integration&status=planned&session_id={ONE}").text
    nonsense = desk.get(f"{new}?kind=x&status=entered-in-error&session_id=x")

    assert chosen.count(" checked") == 2
    assert '<option value="integration" selected>' in chosen
    assert (nonsense.status_code, nonsense.text.count(" checked")) == (200, 0)


def test_a_goal_is_set_grows_overdue_and_is_met(work, desk, course_id, page):
    desk.post(f"/courses/{course_id}/integration/goals/new", **GOAL)
    late = page()
    with work(desk.somebody):
        (goal,) = queries.goals_of(course_id)

    answer = desk.post(
        f"/courses/{course_id}/integration/goals/{goal.id}",
        **GOAL | {"state": "met", "last_word": "6 days last week", "version": "1"},
    )

    assert "1 day overdue" in late
    assert "1 goal overdue" in late
    assert answer.status_code == 303
    met = page()
    assert "6 days last week" in met
    # Only the strip of stages still says so, of a call that nobody made.
    assert re.findall(r"[^<>]*overdue[^<>]*", met) == ["1 overdue"]
    assert "1 overdue" in met.partition("<main")[2].partition("</ol>")[0]


def test_a_goal_with_something_missing_says_so(desk, course_id):
    for changes, sentence in [
        ({"goal": " "}, "Write the goal in her words."),
        ({"owner": ""}, "Write who sees to it."),
        ({"state": "dropped"}, "Write why it was dropped."),
        ({"due_on": "soon"}, "as year-month-day"),
    ]:
        answer = desk.post(f"/courses/{course_id}/integration/goals/new", **GOAL | changes)
        assert (changes, answer.status_code) == (changes, 422)
        assert sentence in answer.text


def test_the_front_page_of_the_course_says_how_stage_4_stands(desk, course_id):
    send(desk, course_id)

    front = desk.get(f"/courses/{course_id}").text

    assert "Talks: 1 done" in front
    assert f"/courses/{course_id}/integration" in front


def test_an_ended_course_takes_no_new_visit_but_the_outcome_of_a_planned_one(
    work, desk, course_id, visits, clock
):
    send(desk, course_id, status="planned", starts_at="2026-03-12T14:00")
    with work(desk.somebody):
        end_course(course_id, reason=EndReason.COMPLETED, text=None, ended_on=date(2026, 3, 12))
    clock.advance(hours=6)

    assert send(desk, course_id).status_code == 409
    to = f"visits/{visits()[0].id}"
    assert send(desk, course_id, to, starts_at="2026-03-12T14:00", version="1").status_code == 303
    assert visits()[0].status == "done"


def test_who_may_read_and_who_may_write(desk, course_id):
    answers = {}

    for role in Role:
        desk.role = role
        read = desk.get(f"/courses/{course_id}/integration").status_code
        answers[role] = read, send(desk, course_id).status_code

    assert answers == {
        Role.NURSE: (200, 303),
        Role.PSYCHIATRIST: (200, 303),
        Role.THERAPIST: (200, 303),
        Role.ADMINISTRATOR: (403, 403),
        Role.AUDITOR: (403, 403),
    }


def test_another_clinic_finds_nothing(desk, course_id, visits, stranger):
    send(desk, course_id)
    visit_id = visits()[0].id
    desk.somebody = stranger

    for address in ("", "/visits/new", f"/visits/{visit_id}", "/goals/new"):
        assert desk.get(f"/courses/{course_id}/integration{address}").status_code == 404

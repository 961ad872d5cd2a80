"""This file is about what answers say after a decision: they stop the dose, and are named."""

from datetime import timedelta

import pytest

from clinic.core import clock as time
from clinic.core.signatures import reauthenticate_with
from clinic.courses.actions import add_medication
from clinic.courses.queries import course_or_raise
from clinic.courses.rules import DrugClass, MedicationFacts
from clinic.evaluation import queries
from clinic.sessions.queries import obstacles_at, obstacles_of
from tests.courses.signed import sign_consent
from tests.evaluation.room import NOTHING_AGAINST, hand_in_all
from tests.evaluation.signed import sign_eligible
from tests.instruments.room import items, used

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
LIST = NOTHING_AGAINST["contraindications"]


@pytest.fixture
def decided(app, work, somebody, course_id, clock):
    """Everything handed in, consented, decided; an hour later."""
    reauthenticate_with(app, lambda password: password == "right")
    hand_in_all(app, somebody, course_id)
    with work(somebody):
        sign_consent(course_id)
        sign_eligible(course_id)
    clock.advance(hours=1)
    return course_id


def answer(desk, course_id, **changes):
    said = LIST | {"based_on": "1"} | changes
    assert desk.post(f"/courses/{course_id}/evaluation/contraindications", **said).status_code < 400


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"psychosis": "yes"}, "Stop: psychosis."),
        ({"aneurysm": "yes"}, "Contraindicated: aneurysm"),
        ({"heart_disease": "yes"}, None),
    ],
)
def test_what_stops_a_course_forbids_the_dose_though_it_was_decided(
    desk, work, decided, changes, words
):
    answer(desk, decided, **changes)

    with work(desk.somebody):
        now = time.now()
        later = obstacles_at(decided, now, begun=False)
        before = obstacles_at(decided, now - timedelta(minutes=1), begun=False)
        planned = [one.sentence for one in obstacles_of(course_or_raise(decided))]

    assert before == ()
    assert len(later) == len(planned) == (1 if words else 0)
    assert all(words in sentence for sentence in (*later, *planned))


def test_signs_of_psychosis_close_eligible_and_stop_the_dose(desk, work, decided):
    said = NOTHING_AGAINST["history"] | {"signs_beliefs": "yes", "based_on": "1"}
    desk.post(f"/courses/{decided}/evaluation/history", **said)

    page = desk.get(f"/courses/{decided}/evaluation").text
    with work(desk.somebody):
        found = queries.stops_of(decided)

    assert "Stop: she is sure of things that others do not share." in found[0]
    assert "“Eligible” is not offered while this stands." in page


def test_what_changed_since_is_named(desk, work, decided):
    with work(desk.somebody):
        since = time.now()
        course = course_or_raise(decided)
        nothing = queries.changes_since(course, since - timedelta(minutes=1))
    desk.app.extensions["clinic.clock"].advance(days=15)  # PHQ-9 looks back two weeks
    answer(desk, decided, alcohol="yes")
    with work(desk.somebody):
        facts = MedicationFacts("Labetalol", DrugClass.ANTIHYPERTENSIVE, "100 mg")
        add_medication(decided, facts)
        used(decided, "PHQ9", items(9, 1))

    with work(desk.somebody):
        found = queries.changes_since(course_or_raise(decided), since)

    assert nothing == []
    assert found[0] == "Harmful use of alcohol now: Yes, before: No"
    assert found[1].startswith("Labetalol 100 mg: on the list since")
    assert found[2].startswith("PHQ-9, safety item 9:")


def test_the_blood_pressure_plan_stands_on_every_page_of_the_course(desk, decided):
    plan = "Obstetrics told when raised"
    more = {"pressure_which": "from week 37", "pressure_input": "yes", "pressure_plan": plan}
    answer(desk, decided, pressure_in_pregnancy="yes", **more)

    assert plan in desk.get(f"/courses/{decided}").text


def test_the_agreed_pause_is_proposed_for_a_session(desk, decided):
    page = desk.get(f"/courses/{decided}/sessions/new").text

    assert 'name="agreed_pause_hours" type="text" value="12"' in page


def test_her_usual_values_are_those_of_her_evaluation(desk, decided, work, somebody):
    with work(somebody):
        before = queries.usual_values(queries.flat(queries.latest_answers(decided)))
    without = NOTHING_AGAINST["health"] | {"spo_two": "97", "heart_rate": "66", "based_on": "1"}
    desk.post(f"/courses/{decided}/evaluation/health", **without)

    with work(somebody):
        after = queries.usual_values(queries.flat(queries.latest_answers(decided)))

    assert before == {"blood_pressure": "118/74", "heart_rate": "72", "spo2": "98"}
    assert after == {"blood_pressure": "118/74", "heart_rate": "66", "spo2": "97"}

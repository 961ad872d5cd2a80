"""This file is about the list of patients: stage, what is due next, scores, flags, filters."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from clinic.core.db import db
from clinic.courses.actions import end_course, open_course
from clinic.courses.models import Course
from clinic.courses.rules import EndReason
from clinic.patients.rules import spark
from clinic.review.rules.listing import (
    Ahead,
    Stage,
    Urgency,
    due_cell,
    next_of,
    score_cell,
    span,
    stage_cell,
    urgency_of,
)
from tests.factories import make_infant, make_patient

NOW = datetime(2026, 3, 12, 10, 32, tzinfo=UTC)
DUBLIN = ZoneInfo("Europe/Dublin")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LATE = Ahead("Call", NOW - 30 * HOUR, NOW - 18 * HOUR)
SOON = Ahead("Day 7", NOW + 2 * HOUR)
LATER = Ahead("CBT", NOW + 4 * DAY)
SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (-MINUTE, "0 min"),
        (59 * MINUTE, "59 min"),
        (HOUR, "1 h"),
        (47 * HOUR, "47 h"),
        (2 * DAY, "2 days"),
    ],
)
def test_a_time_is_whole_and_rounded_down(time, words):
    assert span(time) == words


@pytest.mark.parametrize(
    ("thing", "words", "urgency"),
    [
        (LATE, "Call, 18 h overdue", Urgency.OVERDUE),
        (SOON, "Today 12:32, Day 7", Urgency.TODAY),
        (LATER, "Mon 16 Mar, CBT", Urgency.LATER),
        (
            Ahead("Repeat BP", NOW + 4 * MINUTE, running=True),
            "Repeat BP 10:36, in 4 min",
            Urgency.TODAY,
        ),
        (Ahead("40 min", NOW, running=True), "40 min 10:32, due now", Urgency.TODAY),
        (Ahead("re-evaluation", NOW + HOUR, whole_day=True), "Today, re-evaluation", Urgency.TODAY),
        (Ahead("Leaving", NOW - MINUTE, running=True), "Leaving 10:31, due now", Urgency.TODAY),
    ],
)
def test_what_is_due_next_says_when_and_how_urgent_it_is(thing, words, urgency):
    cell = due_cell(thing, NOW, DUBLIN)

    assert cell.words or cell.pills[0].words == words
    assert words in {cell.words, *(pill.words for pill in cell.pills)}
    assert urgency_of(thing, NOW, DUBLIN) is urgency


def test_what_runs_comes_first_then_what_is_overdue_then_what_is_due_soonest():
    runs = Ahead("40 min", NOW, running=True)

    assert next_of([LATER, SOON, LATE, runs], NOW) is runs
    assert next_of([LATER, SOON, LATE], NOW) is LATE
    assert next_of([LATER, SOON], NOW) is SOON
    assert next_of([], NOW) is None
    assert due_cell(None, NOW, DUBLIN).words == ""


def test_the_bar_has_four_steps():
    assert stage_cell(Stage(2, "Session 6 of 6")).steps == ("done", "on", "", "")
    assert stage_cell(Stage(5, "Finished")).steps == ("done",) * 4


def test_a_score_alone_is_said_and_two_are_drawn_with_the_change_from_the_baseline():
    line = score_cell([34, 21, 12], 34, 10, 60)
    low, high = line.spark.points.split()[-1], line.spark.points.split()[0]

    assert score_cell([], None, 10, 60).words == ""
    assert score_cell([34], None, 10, 60).words == "one score: 34"
    assert line.spark.words == "12, −64 %"
    assert float(low.split(",")[1]) > float(high.split(",")[1])
    assert score_cell([34, 12], None, None, 60).spark.words == "12"
    assert len(score_cell(list(range(1, 9)), None, 10, 60).spark.points.split()) == 6


def test_the_highest_total_stands_at_the_top_and_nothing_at_the_foot():
    assert spark([0, 60], None, 60, "").points == "4,24 86,4"


def names(page) -> list[str]:
    return re.findall(r'class="name"[^>]*>([^<]+)<', page.text)


def more_women(course_id, numbers):
    version = db.session.get_one(Course, course_id).protocol_version_id
    for number in numbers:
        her = make_patient(number=f"X-{number}", given_name="Ada", family_name=f"Bo{number}")
        make_infant(her, feeding="breast")
        open_course(her.id, version)


@SQLITE
def test_a_row_says_stage_next_due_scores_flags_and_psychiatrist(desk, course_id):
    page = desk.get("/patients")

    assert names(page) == ["Maya Osei"]
    assert f'href="/courses/{course_id}"' in page.text
    assert "c-stages outlined" in page.text
    assert "MADRS, last 6" in page.text
    assert "18, −50 %" in page.text


@SQLITE
def test_filters_have_their_counts_and_stay_in_the_address(desk, work, somebody, course_id):
    with work(somebody):
        more_women(course_id, range(2))

    page = desk.get("/patients").text
    evaluation = desk.get("/patients?show=evaluation")
    unknown = desk.get("/patients?show=nobody")

    assert re.search(r'Active <span class="n">3</span>', page)
    assert re.search(r'Evaluation <span class="n">2</span>', page)
    assert re.search(r'All <span class="n">3</span>', page)
    assert names(evaluation) == ["Ada Bo0", "Ada Bo1"]
    assert "show=evaluation" in evaluation.text
    assert len(names(unknown)) == 3


@SQLITE
def test_the_list_asks_as_often_for_many_women_as_for_few(app, desk, work, somebody, course_id):
    def statements():
        asked = []

        def note(_connection, _cursor, statement, *_rest):
            if statement.startswith("SELECT") and "user_session" not in statement:
                asked.append(statement)

        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", note)
            desk.get("/patients")
            event.remove(db.engine, "before_cursor_execute", note)
        return len(asked)

    with work(somebody):
        more_women(course_id, range(2))
    statements()
    few = statements()
    with work(somebody):
        more_women(course_id, range(2, 12))
    many = statements()

    assert few > 5
    assert many == few


@SQLITE
def test_a_finished_course_is_no_active_one(desk, work, somebody, course_id):
    with work(somebody):
        end_course(course_id, reason=EndReason.COMPLETED, text=None, ended_on=date(2026, 3, 12))

    assert names(desk.get("/patients")) == []
    assert names(desk.get("/patients?show=finished")) == ["Maya Osei"]

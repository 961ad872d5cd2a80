"""This file is about the timeline: where things stand on the axis, and what its rows say."""

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from clinic.courses.rules import DrugClass
from clinic.integration.charts import Material, PlannedDose, timeline
from clinic.integration.charts.axis import LEFT, RIGHT, Axis
from clinic.integration.rules import (
    Given,
    Kind,
    Medicine,
    Status,
    Visit,
    class_answers,
    windows_after,
)
from clinic.protocols.rules import Integration

DUBLIN = ZoneInfo("Europe/Dublin")
NOW = datetime(2026, 3, 12, 14, 30, tzinfo=UTC)
T0 = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
ONE = uuid.UUID(int=1)
DOSE = Given(ONE, 1, T0, "56 mg", Decimal(56), T0 + timedelta(minutes=5))
RULE = Integration(opens_hours=24, closes_hours=72, source="[P]")
SERTRALINE = Medicine("Sertraline", DrugClass.ANTIDEPRESSANT, "100 mg", date(2026, 2, 1), None)


def drawn(doses=(DOSE,), visits=(), medicines=(), **changes):
    values = {
        "doses": doses,
        "planned": (),
        "windows": tuple(windows_after(RULE, doses, visits, NOW)),
        "visits": visits,
        "medicines": medicines,
        "opened_on": date(2026, 3, 2),
        "birth_on": date(2026, 1, 22),
        "now": NOW,
        "timezone": DUBLIN,
    }
    return timeline(Material(**values | changes))


def talk(status, at, kind=Kind.INTEGRATION):
    return Visit(uuid.uuid4(), kind, status, at, ONE)


def row(line, title):
    return next(found for found in line.rows if found.title == title)


def test_the_axis_runs_from_edge_to_edge_and_what_lies_outside_stands_at_the_edge():
    axis = Axis(date(2026, 3, 2), date(2026, 3, 8), DUBLIN)

    assert axis.x(date(2026, 3, 2)) == LEFT
    assert axis.x(date(2026, 3, 9)) == RIGHT
    assert axis.x(datetime(2026, 3, 5, 12, 0, tzinfo=UTC)) == (LEFT + RIGHT) / 2
    assert (axis.x(date(2020, 1, 1)), axis.x(date(2030, 1, 1))) == (LEFT, RIGHT)


def test_the_axis_begins_on_a_monday_and_counts_weeks_from_the_birth():
    first = drawn().ticks[0]

    assert (first.day, first.day.weekday(), first.x) == (date(2026, 2, 16), 0, LEFT)
    assert first.after_birth == "3 w 4 d"
    assert drawn(birth_on=None).ticks[0].after_birth == ""


def test_a_course_of_a_year_has_no_more_ticks_than_can_be_read():
    line = drawn(opened_on=date(2025, 3, 2))

    assert len(line.ticks) <= 12
    assert all(tick.day.weekday() == 0 for tick in line.ticks)


@pytest.mark.parametrize(
    ("text", "known", "amount"),
    [
        ("56 mg", Decimal("56.0"), "56"),
        ("28 mg + device 2 partial, amount unknown", Decimal(28), "28+"),
        ("device 1 partial, amount unknown", Decimal(0), "?"),
    ],
)
def test_d5_1_a_dose_is_never_drawn_as_more_than_is_known(text, known, amount):
    (mark,) = drawn((Given(ONE, 1, T0, text, known),)).doses

    assert (mark.number, mark.amount) == (1, amount)


def test_a_planned_dose_has_no_number():
    marks = drawn(planned=(PlannedDose(NOW + timedelta(days=5), Decimal(56)),)).doses

    assert [(mark.number, mark.amount) for mark in marks] == [(1, "56"), (None, "56")]


def test_psychotherapy_and_talks_keep_their_row_when_there_is_nothing():
    line = drawn(())

    assert [found.title for found in line.rows] == ["Psychotherapy", "Integration talk"]
    assert row(line, "Psychotherapy").empty == "No psychotherapy yet"
    assert row(line, "Integration talk").note == "after each dose"


def test_the_window_of_a_dose_is_a_frame_from_24_to_72_hours():
    line = drawn()
    (frame,) = row(line, "Integration talk").boxes
    a_day = (RIGHT - LEFT) / 43  # 16 February to 30 March

    assert frame.style == "window"
    assert frame.width == pytest.approx(2 * a_day, abs=0.2)
    assert frame.x - line.doses[0].x == pytest.approx(a_day, abs=0.2)
    assert row(line, "Integration talk").note == "24 to 72 h after a dose"


def test_each_visit_is_a_mark_by_how_it_stands():
    visits = (
        talk(Status.MISSED, T0 + timedelta(hours=26)),
        talk(Status.PLANNED, NOW + timedelta(hours=3)),
        talk(Status.ERROR, NOW),
    )

    found = row(drawn(visits=visits), "Integration talk")

    assert [mark.style for mark in found.marks] == ["missed", "planned"]
    assert found.following == "next Thu 12 Mar 17:30"


def test_visits_of_other_kinds_are_counted_one_by_one():
    visits = tuple(
        talk(status, T0 - timedelta(days=n), Kind.LACTATION)
        for n, status in enumerate((Status.DONE, Status.DONE, Status.MISSED))
    )

    found = row(drawn(visits=visits), "Lactation support")

    assert (found.state, found.following) == ("2 done, 1 missed", "none planned")


def test_each_step_of_a_dose_is_a_higher_bar_and_what_goes_on_is_a_frame():
    steps = (
        Medicine("sertraline", DrugClass.ANTIDEPRESSANT, "50 mg", None, date(2026, 1, 31)),
        SERTRALINE,
    )

    found = row(drawn(medicines=steps), "Antidepressant")

    assert [(box.style, box.height) for box in found.boxes] == [("bar", 24), ("goes-on", 24)]
    assert (found.note, found.state, found.following) == ("Sertraline", "100 mg", "since 01 Feb")


def test_a_medicine_of_no_class_stands_in_the_table_only():
    iron = Medicine("iron", DrugClass.OTHER, "200 mg", None, None)

    assert [found.title for found in drawn(medicines=(iron,)).rows] == [
        "Psychotherapy",
        "Integration talk",
    ]


def test_d5_3_an_agreed_pause_says_only_when_it_ends():
    ends = datetime(2026, 3, 12, 21, 40, tzinfo=UTC)
    running = Given(ONE, 1, T0, "56 mg", Decimal(56), T0, ends)

    assert row(drawn((running,)), "Agreed pauses").following == "Agreed pause ends 21:40"
    assert row(drawn((running,), now=ends), "Agreed pauses").following == ""
    assert all(found.title != "Agreed pauses" for found in drawn().rows)


def test_the_finding_says_every_row_in_words():
    finding = drawn(medicines=(SERTRALINE,)).finding

    assert finding.startswith("1 dose given, 0 planned. Antidepressant, Sertraline: 100 mg,")
    assert "Integration talk, 24 to 72 h after a dose: 1 offered, none planned." in finding


@pytest.mark.parametrize(
    ("started", "stopped", "words"),
    [
        (date(2026, 3, 12), None, "lorazepam"),
        (date(2026, 3, 13), None, "None on record"),
        (date(2026, 3, 1), date(2026, 3, 12), "lorazepam"),
        (date(2026, 3, 1), date(2026, 3, 11), "None since 11 Mar"),
        (None, None, "lorazepam"),
    ],
)
def test_d8_7_a_class_is_taken_from_its_first_to_its_last_day(started, stopped, words):
    medicine = Medicine("lorazepam", DrugClass.BENZODIAZEPINE, "0.5 mg", started, stopped)

    answers = class_answers([medicine], date(2026, 3, 12))

    said = {answer.drug_class: answer.words for answer in answers}
    assert said[DrugClass.BENZODIAZEPINE] == words
    assert said[DrugClass.MAOI] == "None on record"
    assert set(said) == {found for found in DrugClass if found.is_asked_before_the_dose}

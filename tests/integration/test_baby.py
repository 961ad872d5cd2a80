"""This file is about mother and baby: weights in whole grams, milk around a dose, bonding."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from clinic.core.db import db
from clinic.integration import queries
from clinic.integration.models import MilkEntry
from clinic.integration.rules import MilkEvent, MilkFacts, faults_of_milk
from clinic.patients.models import Infant
from clinic.patients.rules import MeasureFacts, changes, faults_of_measure, is_a_jump
from tests.factories import kept
from tests.instruments.room import items, used
from tests.integration.room import ONE

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
T0 = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BORN = date(2026, 1, 22)
SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        (MeasureFacts(NOW, 4900), []),
        (MeasureFacts(NOW + MINUTE, 4900), ["measured_at"]),
        (MeasureFacts(NOW), ["weight_g"]),
        (MeasureFacts(datetime(2026, 1, 21, 9, tzinfo=UTC), 3400), ["measured_at"]),
    ],
)
def test_a_weight_is_of_a_moment_after_the_birth_that_is_over(facts, fields):
    found = faults_of_measure(facts, BORN, facts.measured_at.date(), NOW)

    assert [field for field, _ in found] == fields


@pytest.mark.parametrize(
    ("weight", "before", "jump"),
    [
        (4900, None, False),
        (4900, 4500, False),
        (5400, 4500, False),
        (5401, 4500, True),
        (490, 4500, True),
    ],
)
def test_a_weight_far_from_the_one_before_is_asked_about(weight, before, jump):
    assert is_a_jump(weight, before) is jump


def test_the_first_weight_has_no_change():
    assert changes([]) == []
    assert changes([(BORN, 3400), (BORN, 3380), (BORN, 3600)]) == [None, -20, 220]


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        (MilkFacts(MilkEvent.LAST_FEED, T0), []),
        (MilkFacts(MilkEvent.LAST_FEED, T0 + MINUTE), ["happened_at"]),
        (MilkFacts(MilkEvent.FIRST_FEED, T0 + MINUTE), []),
        (MilkFacts(MilkEvent.FIRST_FEED, T0), ["happened_at"]),
        (MilkFacts(MilkEvent.EXPRESSED, T0, 60, discarded=True), []),
        (MilkFacts(MilkEvent.EXPRESSED, T0, None, discarded=False), []),
        (MilkFacts(MilkEvent.EXPRESSED, T0, 60), ["discarded"]),
        (MilkFacts(MilkEvent.LAST_FEED, T0, 60), ["ml"]),
        (MilkFacts(MilkEvent.LAST_FEED, T0, None, discarded=True), ["discarded"]),
        (MilkFacts(MilkEvent.EXPRESSED, NOW + MINUTE, 60, discarded=True), ["happened_at"]),
    ],
)
def test_d5_3_each_line_of_the_milk_log_stands_before_or_after_the_dose_as_it_says(facts, fields):
    assert [field for field, _ in faults_of_milk(facts, T0, NOW)] == fields


def test_before_a_dose_there_is_no_first_feed():
    first = MilkFacts(MilkEvent.FIRST_FEED, T0)

    assert [field for field, _ in faults_of_milk(first, None, NOW)] == ["happened_at"]


@pytest.fixture
def page(course_id):
    return f"/courses/{course_id}/mother-and-baby"


@pytest.fixture
def infant(work, somebody, course_id):
    with work(somebody):
        return db.session.query(Infant).one()


def weigh(desk, page, infant, **typed):
    return desk.post(f"{page}/infants/{infant.id}", measured_at="2026-03-09T10:00", **typed)


@SQLITE
def test_weights_are_whole_grams_with_their_change_and_stand_in_the_timeline(
    desk, page, infant, course_id
):
    desk.post(f"{page}/infants/{infant.id}", measured_at="2026-02-12T10:00", weight_g="4100")
    weigh(desk, page, infant, weight_g="4900", feeding="breast")
    decimal = weigh(desk, page, infant, weight_g="4.9")

    shown = desk.get(page).text
    assert decimal.status_code == 422
    assert "4900 g" in shown
    assert "+800 g" in shown
    timeline = desk.get(f"/courses/{course_id}/integration").text
    assert "Weight, Kofi, g: 4900 g, 09 Mar, +800 since the first." in timeline


@SQLITE
def test_totals_of_a_bonding_scale_stand_on_the_page_and_in_the_timeline(
    desk, work, somebody, page, course_id
):
    with work(somebody):
        first = used(course_id, "MIBS", items(8, 1), datetime(2026, 2, 12, 9, tzinfo=UTC))
        used(course_id, "MIBS", items(8, 0), datetime(2026, 3, 5, 9, tzinfo=UTC))
        used(course_id, "MIBS", items(8, 0, _3=None), datetime(2026, 3, 9, 9, tzinfo=UTC))
        bonds = [bond.total for bond in queries.bonding_of(first.course_id)]

    shown = desk.get(page).text
    timeline = desk.get(f"/courses/{course_id}/integration").text
    assert bonds == [8, 0, None]
    assert "no total" in shown
    assert "Bonding, MIBS, total: 0, 05 Mar, −8 since the first." in timeline


@SQLITE
def test_a_weight_far_off_is_kept_once_it_was_meant(desk, page, infant):
    weigh(desk, page, infant, weight_g="4900")
    asked = weigh(desk, page, infant, weight_g="490")
    meant = weigh(desk, page, infant, weight_g="490", keep="490")

    assert asked.status_code == 422
    assert "Check: 490 g, 4900 g before." in asked.text
    assert meant.status_code == 303


@SQLITE
def test_the_newest_feeding_is_the_infants_and_a_line_is_corrected_by_another(
    desk, work, somebody, page, infant
):
    weigh(desk, page, infant, weight_g="4900", feeding="formula")
    with work(somebody):
        assert db.session.query(Infant).one().feeding == "formula"
    address = desk.get(page).text.split("/measures/")[1].split('"')[0]
    to = f"{page}/measures/{address}"
    without = desk.post(to, measured_at="2026-03-09T10:00", weight_g="4800")
    corrected = desk.post(to, measured_at="2026-03-09T10:00", weight_g="4800", reason="Misread")
    again = desk.post(to, measured_at="2026-03-09T10:00", weight_g="4700", reason="Misread")

    assert (without.status_code, corrected.status_code, again.status_code) == (422, 303, 409)
    shown = desk.get(page).text
    assert "4800 g" in shown
    assert "4900 g" not in shown


@SQLITE
def test_each_dose_has_its_last_feed_pause_expressed_milk_and_first_feed(desk, page):
    def log(event, at, **more):
        return desk.post(f"{page}/milk/{ONE}", event=event, happened_at=at, **more)

    log("last-feed", "2026-03-10T08:50")
    log("expressed", "2026-03-10T13:00", ml="80", discarded="yes")
    log("first-feed", "2026-03-10T22:10")
    wrong = log("first-feed", "2026-03-10T09:00")

    shown = desk.get(page).text
    assert "Tue 10 Mar 2026, 08:50" in shown
    assert "80\u202fmL" in shown
    assert "Agreed pause ended 21:35" in shown
    assert "First feed after dose" in shown
    assert "Tue 10 Mar 2026, 22:10" in shown
    assert (wrong.status_code, "The first feed is the one after" in wrong.text) == (422, True)


@SQLITE
def test_a_line_of_the_milk_log_is_taken_back_with_its_reason(desk, work, somebody, page):
    line = {"event": "expressed", "happened_at": "2026-03-10T13:00", "discarded": "no"}
    desk.post(f"{page}/milk/{ONE}", **line)
    to = page + "/milk/lines/" + desk.get(page).text.split("/milk/lines/")[1].split('"')[0]

    desk.post(to, **line | {"withdrawn": "y", "reason": "Another woman"})

    with work(somebody):
        assert queries.milk_of([ONE]) == {}
        assert db.session.query(MilkEntry).count() == 2


def test_neither_database_takes_milk_that_says_two_things(work, somebody, course_id):
    with work(somebody):
        patient_id = db.session.query(Infant).one().patient_id

    def line(**more):
        names = {"patient_id": patient_id, "session_id": ONE, "happened_at": T0}
        return MilkEntry(**names, author_id=somebody.actor_id, recorded_at=NOW, **more)

    for wrong in (
        line(event=MilkEvent.EXPRESSED),
        line(event=MilkEvent.LAST_FEED, ml=60),
        line(event=MilkEvent.EXPRESSED, ml=0, discarded=True),
        line(event=MilkEvent.EXPRESSED, discarded=True, withdrawn=True),
    ):
        with pytest.raises(IntegrityError), work(somebody):
            kept(wrong)

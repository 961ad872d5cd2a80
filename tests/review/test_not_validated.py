"""A scale that nobody validated says so wherever its value stands as an outcome."""

import json
from dataclasses import replace

import pytest

from clinic.core import clock
from clinic.courses.queries import course_or_raise
from clinic.instruments.rules import AskedBy
from clinic.instruments.rules.own import OwnFacts, own_scale
from clinic.integration.queries.values import scores
from clinic.protocols.rules import SIGNS
from clinic.reports.queries import exported
from clinic.reports.rules import TABLES, Period
from clinic.reports.rules.tables import described
from clinic.review.charts import course_chart, course_tables, finding
from clinic.review.rules import all_badges, facts, latest_of, scale_rows
from tests.instruments.room import items
from tests.instruments.room import used as answered
from tests.reports.room import rows_of
from tests.review.made import SCALES, course, maya, measures, one_session, use, used
from tests.review.room import SECOND

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
WHY = "Made by this clinic. Nobody has validated it."
REST = own_scale(
    OwnFacts(
        name="Rest",
        title="How she rested",
        stem=None,
        items=("Falling asleep", "Waking up"),
        answers=((0, "Well"), (1, "Badly")),
        recall_hours=24,
        recall_words="24 hours",
        by=AskedBy.PATIENT,
    ),
    "Harbour Clinic",
    1,
)


def rested():
    """Her rest before the first dose and after it, beside MADRS."""
    badly, well = {"1": 1, "2": 1}, {"1": 0, "2": 1}
    own = (used(REST, -1, badly, "standard"), used(REST, 7, well, "standard"))
    return course(use("MADRS", -1, 34), *own, sessions=one_session())


def panel_texts(record, name):
    [panel] = [one for one in course_chart(record)["vconcat"] if one["data"]["name"] == name]
    return json.dumps(panel)


def test_an_own_scale_says_it_in_the_row_of_the_chart_and_a_validated_one_does_not():
    record = rested()

    assert '"Not validated"' in panel_texts(record, "scale-OWN_REST-standard")
    assert "Not validated" not in panel_texts(record, "scale-MADRS-standard")


def test_its_table_the_words_of_the_picture_and_the_facts_of_a_decision_say_it():
    record = rested()
    titles = {one.code: one.title for one in course_tables(record)}

    assert titles["scale-OWN_REST-standard"] == "Rest (not validated)"
    assert titles["scale-MADRS-standard"] == "MADRS, standard"
    assert "Rest (not validated) from 2 to 1" in finding(record)
    assert "Rest (not validated) 1." in [fact.what for fact in facts(record)]


def test_the_short_form_of_the_cadss_says_it_and_the_whole_one_does_not():
    record = course(use("CADSS6", 0.02, 5), use("CADSS23", 0.02, 9), sessions=one_session())
    titles = [row.title for row in scale_rows(record)]

    assert "CADSS-6 (not validated)" in titles
    assert SCALES["CADSS23"].name in titles


def test_an_outcome_that_is_read_by_such_a_scale_says_it_at_each_moment():
    pinned = measures()["EPDS", "standard"]
    unproved = replace(pinned.instrument, not_validated=WHY)
    record = course(
        use("EPDS", -1, 20),
        use("EPDS", 7, 9),
        sessions=one_session(),
        measures={("EPDS", "standard"): replace(pinned, instrument=unproved)},
        scales=((unproved, "standard"),),
    )
    found = [badge for window in record.windows for badge in all_badges(record, window)]

    assert {badge.title for badge in found} == {"EPDS (not validated)"}
    assert {badge.not_validated for badge in found} == {WHY}
    assert {b.not_validated for w in record.windows for b in all_badges(maya(), w)} == {None}
    assert latest_of(scale_rows(maya()), "MADRS")[0].title == "MADRS, standard"


def test_d2_7_peak_dissociation_is_a_demo_in_picture_and_table():
    caution = SIGNS["dissociation"].caution
    [table] = [one for one in course_tables(maya()) if one.code == "dissociation"]

    assert caution == "demo, not validated"
    assert f'"{caution}"' in panel_texts(maya(), "dissociation")
    assert caution in table.heads[2]


def test_the_dictionary_of_the_export_tells_it_of_scales_outcomes_and_dissociation():
    meanings = {(d.table.code, d.column.name): d.column.meaning for d in described()}

    assert "demo, not validated" in meanings["observations", "dissociation_score"]
    assert "demo, not validated" in meanings["sessions", "registry_dissociation"]
    assert "not validated" not in meanings["observations", "moaas_score"]
    assert "validated scale" in meanings["scores", "not_validated"]
    assert "validated scale" in meanings["courses", "outcome_day_7_not_validated"]


@sqlite_only
def test_the_page_the_file_and_a_letter_say_it_of_the_same_use(work, somebody, desk, course_id):
    with work(somebody):
        answered(course_id, "CADSS6", items(0, 0, _1=2, _2=1, _6=0, _7=0, _15=1, _22=0), SECOND)
    page = desk.get(f"/courses/{course_id}/review").text
    with work(somebody):
        period = Period(SECOND.date(), SECOND.date())
        file = "".join(exported(TABLES["scores"], period, clock.now()))
        letter = list(scores(course_or_raise(course_id)))

    assert '<h3 class="mt12">CADSS-6 (not validated)</h3>' in page
    assert "dissociation 0 to 4: demo, not validated" in page
    why = {row["scale"]: row["not_validated"] for row in rows_of(file.encode())}
    assert why == {"CADSS6": SCALES["CADSS6"].not_validated, "MADRS": "", "EPDS": ""}
    assert "CADSS-6 (not validated) 4" in letter

"""This file is about the picture of a course: the same numbers as its tables, one axis, D7.5."""

import json
import re
from dataclasses import replace

import pytest

from clinic.protocols.rules import Severity
from clinic.review.charts import Range, course_chart, course_tables, finding
from clinic.review.rules import Weight
from tests.review.made import at, course, maya, one_session, told, treated, use, used

STYLES = re.compile(r'"style": "([\w-]+)"')


def panels(record, shown=Range.COURSE):
    return {panel["data"]["name"]: panel for panel in course_chart(record, shown)["vconcat"]}


def values(panel):
    return panel["data"]["values"]


def texts(panel):
    return [
        value["text"]
        for layer in panel["layer"]
        for value in layer.get("data", {}).get("values", ())
        if "text" in value
    ]


def styles(panel):
    return STYLES.findall(json.dumps(panel))


def table(record, code):
    return next(one for one in course_tables(record) if one.code == code)


def test_every_row_has_a_table_and_every_table_a_row():
    record = maya()

    assert [*panels(record)][:-1] == [one.code for one in course_tables(record)]
    assert [*panels(record)][-1] == "foot"


@pytest.mark.parametrize(
    "code", ["MADRS-standard", "MADRS-24-hours", "EPDS-standard", "PHQ9-standard"]
)
def test_scores_are_drawn_as_they_stand_in_the_table(code):
    record = maya()

    drawn = [
        (f"{v['day']:g}".replace("-", "−"), str(v["total"]))
        for v in values(panels(record)[f"scale-{code}"])
    ]

    assert drawn == [(row[1], row[2]) for row in table(record, f"scale-{code}").rows]
    assert drawn


def test_sessions_rise_dissociation_and_effects_are_drawn_as_they_stand_in_the_tables():
    record = maya()
    drawn = panels(record)

    doses = [(str(v["number"]), f"{v['dose']} mg") for v in values(drawn["sessions"])]
    rises = [f"+{v['systolic']}/+{v['diastolic']}" for v in values(drawn["rise"])]
    peaks = [str(v["peak"]) for v in values(drawn["dissociation"])]
    effects = [(v["label"], v["severity"]) for v in values(drawn["effects"])]

    assert doses == [(row[0], row[3]) for row in table(record, "sessions").rows]
    assert rises == [row[4] for row in table(record, "rise").rows]
    assert rises == ["+22/+12", "+20/+12", "+34/+16", "+30/+16", "+28/+16", "+46/+26"]
    assert peaks == [row[2] for row in table(record, "dissociation").rows]
    assert effects == [(row[0], row[3]) for row in table(record, "effects").rows]


def test_what_she_told_of_is_drawn_as_a_diamond_and_its_table_says_where_it_comes_from():
    record = maya(told=(told(1, "headache", Severity.MODERATE),))

    drawn = panels(record)["effects"]
    (value,) = [v for v in values(drawn) if v["source"] == "told"]
    (cells,) = [row for row in table(record, "effects").rows if row[0] == "Headache"]

    marks = [layer["mark"] for layer in drawn["layer"] if "'told'" in str(layer)]
    assert {mark["shape"] for mark in marks} == {"diamond"}
    assert (value["label"], value["day"], value["severity"]) == ("Headache", 1, "moderate")
    assert cells[1:4] == ("–", "Wed 25 Feb", "moderate")
    assert cells[4:] == ("not asked", "told at 24 hours after the dose")


def test_safety_answers_are_drawn_as_they_stand_in_the_table():
    """Definitions D7.4."""
    record = maya()

    drawn = [(v["label"], str(v["value"])) for v in values(panels(record)["safety"])]

    assert drawn == [(row[0], row[3]) for row in table(record, "safety").rows]
    assert ("PHQ-9 9", "2") in drawn
    assert [row[4] for row in table(record, "safety").rows if row[3] == "2"] == ["not reviewed"]


def test_other_treatment_is_drawn_as_it_stands_in_the_table():
    record = maya()

    drawn = [v["label"] for v in values(panels(record)["treatment"])]

    told = [row[0] for row in table(record, "treatment").rows]
    named = ["Sertraline", "Lorazepam", "Psychotherapy", "Integration", "Integration"]
    assert [name for name in told if not name.startswith("Session")] == named
    assert drawn == [*named, *["Agreed pauses"] * 6]
    assert "Agreed pause ends" in table(record, "treatment").rows[-1][3]


def test_weights_of_the_infant_stand_beside_other_treatment_and_in_its_table():
    weighed = (Weight("Leo", at(-3), 4100), Weight("Leo", at(9), 4900))
    record = replace(maya(), weights=weighed)

    drawn = [v for v in values(panels(record)["treatment"]) if v["kind"] == "weight"]
    rows = [row for row in table(record, "treatment").rows if row[0] == "Weight, Leo"]

    assert [(v["label"], v["grams"]) for v in drawn] == [
        ("Weight, Leo", "4100 g"),
        ("Weight, Leo", "4900 g"),
    ]
    assert [row[3] for row in rows] == ["4100 g", "4900 g"]


def test_epds_has_its_cut_offs_10_and_13():
    """Definitions D7.5."""
    panel = panels(maya())["scale-EPDS-standard"]

    lines = [
        layer["data"]["values"][0]["at"]
        for layer in panel["layer"]
        if layer["mark"].get("style") == "edge-caution"
    ]

    assert lines == [10, 13]
    assert {"possible depression", "probable depression"} <= set(texts(panel))


def test_a_day_stands_at_one_place_in_every_row_bars_or_not():
    scales = re.findall(r'"scale": ({"domain": \[-[^}]+})', json.dumps([*panels(maya()).values()]))

    assert len(set(scales)) == 1
    assert '"padding": 0' in scales[0]


def test_a_cut_off_that_would_cross_the_words_of_a_goal_begins_after_them():
    """Half of 23 is 11.5, whose words stand where the line of 13 would run."""
    panel = panels(maya())["scale-EPDS-standard"]

    from_day = {
        value["at"]: value.get("day")
        for layer in panel["layer"]
        if layer["mark"].get("style") == "edge-caution"
        for value in layer["data"]["values"]
    }

    assert from_day[10] is None
    assert -14 < from_day[13] < 0


def test_madrs_has_bands_with_words_and_goals_as_lines():
    panel = panels(maya())["scale-MADRS-standard"]

    assert {"normal", "mild", "moderate", "severe"} <= set(texts(panel))
    assert {"half of baseline, 17", "remission, 10"} <= set(texts(panel))
    assert styles(panel).count("goal") == 2


def test_two_goals_at_one_total_are_one_line():
    record = course(use("EPDS", -1, 18), sessions=one_session())

    panel = panels(record)["scale-EPDS-standard"]

    assert "half of baseline and remission, 9" in texts(panel)
    assert styles(panel).count("goal") == 1


def test_goals_without_a_baseline_are_not_drawn():
    panel = panels(course(use("MADRS", 7, 20), sessions=one_session()))["scale-MADRS-standard"]

    assert "goal" not in styles(panel)


def test_the_forms_of_madrs_are_never_one_line():
    """Definitions D7.1."""
    drawn = panels(maya())

    standard, day = drawn["scale-MADRS-standard"], drawn["scale-MADRS-24-hours"]
    assert [v["total"] for v in values(standard)] == [35, 34, 16, 12]
    assert [v["total"] for v in values(day)] == [33, 21]


def test_a_scale_without_a_score_keeps_its_row():
    panel = panels(course(use("MADRS", -1, 34), sessions=one_session()))["scale-PHQ9-standard"]

    assert "No PHQ-9 yet" in texts(panel)
    assert values(panel) == []


def test_a_use_without_a_total_is_a_gap_and_not_zero():
    epds = use("EPDS", 7, 12)
    partial = {item: score for item, score in epds.answers.items() if item != "4"}
    record = course(used(epds.instrument, 7, partial, "standard"), sessions=one_session())

    assert [v["total"] for v in values(panels(record)["scale-EPDS-standard"])] == [None]
    assert table(record, "scale-EPDS-standard").rows[0][2:4] == ("–", "no total, 1 item missing")


def test_all_rows_share_one_axis():
    found = json.dumps(course_chart(maya()))

    domains = set(
        re.findall(r'"day", "type": "quantitative", "scale": {"domain": (\[[^\]]+\])', found)
    )

    assert len(domains) == 1


@pytest.mark.parametrize(("shown", "first"), [("since-first-dose", -1), ("last-14-days", 3)])
def test_a_shorter_range_leaves_out_what_lies_before(shown, first):
    days = [v["day"] for v in values(panels(maya(), Range(shown))["scale-EPDS-standard"])]

    assert min(days) >= first


def test_the_foot_has_dates_and_weeks_after_the_birth():
    [day_0] = [v for v in values(panels(maya())["foot"]) if v["day"] == 0]

    assert (day_0["date"], day_0["postpartum"]) == ("24 Feb", "4 w 5 d")


def test_a_rise_without_a_pre_dose_value_is_unknown():
    """Definitions D2.1."""
    no_baseline = treated(1, 0, {40: {"blood_pressure": "164/102"}})
    record = course(sessions=(no_baseline,))

    assert values(panels(record)["rise"])[0]["systolic"] is None
    assert table(record, "rise").rows[0][4] == "unknown"


def test_a_rise_at_its_limit_is_red():
    """Definitions D2.2."""
    at_limit = treated(1, 0, {-10: {"blood_pressure": "110/70"}, 40: {"blood_pressure": "150/94"}})

    [drawn] = values(panels(course(sessions=(at_limit,)))["rise"])

    assert (drawn["systolic_outside"], drawn["diastolic_outside"]) == (True, False)


def test_before_the_first_session_the_chart_starts_with_the_evaluation():
    record = course(use("EPDS", -5, 20), day=-1)

    assert [v["total"] for v in values(panels(record)["scale-EPDS-standard"])] == [20]
    assert "No session yet" in texts(panels(record)["sessions"])


def test_the_finding_says_what_the_picture_shows():
    words = finding(maya())

    assert words.startswith("6 sessions; MADRS, standard from 35 to 12; EPDS from 24 to 12")
    assert "+46/+26" in words


def test_the_spec_names_no_colour():
    assert not re.search(
        r"#[0-9a-fA-F]{3,6}\b|\bcolor\b|\bfill\b", json.dumps(course_chart(maya()))
    )

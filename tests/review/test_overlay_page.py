"""This file is about the page of sessions over each other: what stands on it in each state."""

import json
import re

import pymupdf
import pytest

from clinic.review.charts.overlay.paper import overlay_on_paper

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
CHART = re.compile(r'id="overlay-chart">(.*?)</script>', re.S)


def page(desk, course_id, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return desk.get(f"/courses/{course_id}/sessions-overlay?{query}").text


def drawn(text):
    return {one["data"]["name"]: one for one in json.loads(CHART.search(text).group(1))["vconcat"]}


def test_the_newest_session_is_in_front_and_its_values_stand_in_the_table(desk, course_id):
    text = page(desk, course_id)

    front = [v for v in drawn(text)["systolic"]["data"]["values"] if v["look"] == "front"]
    assert [v["value"] for v in front if v["session"] == 2 and v["minute"] == 40] == [164]
    assert "What differs in session 2" in text
    assert "Too few sessions to compare." in text
    assert "1 earlier session of the same dose." in text
    assert re.search(r'<th scope="row">2</th><td>40</td><td>164</td><td>102</td>', text)
    assert "demo, not validated" in text


def test_another_session_changes_and_more_signs_are_asked_for_by_the_address(desk, course_id):
    text = page(desk, course_id, front=1, change=1, more=1)

    assert [*drawn(text)][-3:] == ["heart_rate", "spo2", "foot"]
    assert [v["value"] for v in drawn(text)["systolic"]["data"]["values"] if v["minute"] == 40] == [
        46,
        22,
    ]
    assert "What differs in session 1" in text
    assert "front=2&amp;change=1&amp;more=1" in text


@pytest.mark.parametrize("front", ["99", "x", ""])
def test_an_address_that_names_no_session_shows_the_newest(desk, course_id, front):
    assert "What differs in session 2" in page(desk, course_id, front=front)


def test_before_the_first_dose_the_page_says_so(desk, new_course):
    text = page(desk, new_course)

    assert "Nothing was given yet. This opens after session 1." in text
    assert CHART.search(text) is None


def test_rules_and_the_values_of_the_protocol_stand_on_the_page(desk, course_id):
    text = page(desk, course_id)

    assert "More than 5 min beyond all of them" in text
    assert "limit +40 systolic, +25 diastolic" in text
    assert "within 20 % of pre-dose on both sides" in text
    assert "No cause is suggested." in text


def test_the_review_has_exposure_and_durability_each_number_with_its_definition(desk, course_id):
    """Definitions D5.1, D7.2 and D7.3."""
    text = desk.get(f"/courses/{course_id}/review").text

    assert "Exposure and durability" in text
    assert "112\u202fmg" in text
    assert "nobody weighed her for an order" in text
    assert "Time to response" in text
    assert "7.0 days" in text
    assert "Area under the curve" in text
    assert text.count("(definitions D7.3)") >= 3
    assert f"/courses/{course_id}/sessions-overlay" in text


def test_before_the_first_dose_the_review_has_no_exposure(desk, new_course):
    assert "Nothing was given yet." in desk.get(f"/courses/{new_course}/review").text


def test_the_same_spec_is_drawn_on_paper_with_a_style_for_every_mark(desk, course_id):
    spec = json.loads(CHART.search(page(desk, course_id, more=1)).group(1))

    printed = overlay_on_paper(spec)

    used = set(re.findall(r'"style": "([\w-]+)"', json.dumps(spec["vconcat"])))
    assert used <= printed["config"]["style"].keys()
    assert [one["layer"] for one in printed["vconcat"]] == [one["layer"] for one in spec["vconcat"]]


def test_on_paper_it_is_a_tagged_file_whose_name_names_nobody(desk, course_id):
    printed = desk.get(f"/courses/{course_id}/sessions-overlay.pdf")

    file = pymupdf.open(stream=printed.data, filetype="pdf")
    assert file.xref_get_key(file.pdf_catalog(), "StructTreeRoot")[0] == "xref"
    assert "Sessions over each other" in file[0].get_text()
    assert "sessions-over-each-other.pdf" in printed.headers["Content-Disposition"]

"""The picture of sessions over each other: the same numbers as its table, one axis, no colour."""

import itertools
import json
import re

import pytest

from clinic.review.charts.overlay import (
    finding,
    looks_of,
    overlay_chart,
    overlay_table,
    side_by_side,
)
from clinic.review.rules.overlay import overlay_of
from tests.review.laid_over import infused, left, session
from tests.review.made import course, maya, one_session, treated

COLUMN = {
    "systolic": 2,
    "diastolic": 3,
    "dissociation": 4,
    "moaas": 5,
    "heart_rate": 6,
    "spo2": 7,
}
CHANGE = {"systolic": 8, "diastolic": 9, "heart_rate": 10, "spo2": 11}


def laid(*sessions, number=None):
    return overlay_of(course(sessions=sessions, day=60), number)


def panels(overlay, **more):
    return {one["data"]["name"]: one for one in overlay_chart(overlay, **more)["vconcat"]}


def values(panel):
    return panel["data"]["values"]


def named(panel, name):
    return next(
        one["data"]["values"] for one in panel["layer"] if one.get("data", {}).get("name") == name
    )


def texts(panel):
    return [
        v["text"]
        for one in panel["layer"]
        for v in one.get("data", {}).get("values", ())
        if "text" in v
    ]


def number(cell):
    return int(cell.replace("−", "-")) if re.fullmatch(r"[+−]?\d+", cell) else None


def in_table(overlay, column):
    rows = overlay_table(overlay).rows
    return {(int(row[0]), number(row[1])): number(row[column]) for row in rows if row[column]}


@pytest.mark.parametrize("sign", COLUMN)
@pytest.mark.parametrize("front", [6, 3])
def test_what_is_drawn_is_what_stands_in_the_table(sign, front):
    overlay = overlay_of(maya(), front)

    drawn = values(panels(overlay, more=True)[sign])

    assert {(v["session"], v["minute"]): v["value"] for v in drawn} == in_table(
        overlay, COLUMN[sign]
    )
    assert len([v for v in drawn if v["value"] is not None]) >= 30


@pytest.mark.parametrize("sign", CHANGE)
def test_changes_are_drawn_as_they_stand_in_the_table(sign):
    overlay = overlay_of(maya())

    drawn = values(panels(overlay, change=True, more=True)[sign])

    known = {(v["session"], v["minute"]): v["value"] for v in drawn if v["value"] is not None}
    assert known == in_table(overlay, CHANGE[sign])
    assert 0 in known.values()


def test_scores_have_no_change_and_stand_as_they_are():
    overlay = overlay_of(maya())

    assert values(panels(overlay, change=True)["moaas"]) == values(panels(overlay)["moaas"])


def test_the_range_is_drawn_as_lowest_and_highest_of_the_table():
    overlay = laid(*(session(n, peak=f"{130 + n}/88") for n in range(1, 10)))

    spans = {
        v["minute"]: (v["low"], v["high"])
        for v in named(panels(overlay)["systolic"], "systolic-range")
    }
    table = in_table(overlay, COLUMN["systolic"])

    assert spans[40] == (131, 133)
    assert [table[n, 40] for n in (1, 2, 3)] == [131, 132, 133]
    assert "sessions 1 to 3, lowest to highest" in texts(panels(overlay)["systolic"])
    assert {v["session"] for v in values(panels(overlay)["systolic"])} == {4, 5, 6, 7, 8, 9}


def test_heart_rate_and_saturation_come_on_demand():
    overlay = overlay_of(maya())

    assert [*panels(overlay)] == ["systolic", "diastolic", "dissociation", "moaas", "foot"]
    assert [*panels(overlay, more=True)][4:6] == ["heart_rate", "spo2"]


def test_the_picture_does_not_move_when_a_session_is_added():
    domain = re.compile(r'"scale": ({"domain": \[[^\]]+\])')

    before = domain.findall(json.dumps(overlay_chart(laid(session(1), session(2)))))
    after = domain.findall(json.dumps(overlay_chart(laid(session(1), session(2), session(3)))))

    assert set(before) == set(after)


@pytest.mark.parametrize(("peak", "top"), [("180/88", 180), ("181/88", 200)])
def test_an_axis_grows_in_steps_only_for_a_value_outside_and_says_where_it_ends(peak, top):
    drawn = panels(laid(session(1, peak=peak)))["systolic"]

    assert f"axis 90 to {top}" in texts(drawn)
    assert f'"domain": [90, {top}]' in json.dumps(drawn)


def test_the_lower_dose_is_dashed_and_one_that_is_not_known_is_apart():
    overlay = laid(
        session(1, devices=1), session(2, devices=2), session(3), infused(4, 30), number=3
    )

    assert looks_of(overlay) == {1: "behind-lowest", 2: "behind-lower"}


def test_the_one_in_front_is_drawn_last_and_red_beyond_its_limit():
    drawn = values(panels(laid(session(1), session(2, peak="160/101")))["systolic"])

    front = [v for v in drawn if v["look"] == "front"]
    assert drawn[-len(front) :] == front
    assert [v["minute"] for v in front if v["outside"]] == [40]


@pytest.mark.parametrize(("peak", "outside"), [("157/100", False), ("158/100", True)])
def test_a_change_is_red_from_the_limit_of_the_rise_on(peak, outside):
    """Definitions D2.2: +40 over 118."""
    drawn = values(panels(laid(session(1, peak=peak)), change=True)["systolic"])

    assert [v["outside"] for v in drawn if v["minute"] == 40] == [outside]


def test_a_missing_reading_breaks_the_line():
    drawn = values(panels(laid(session(1)))["systolic"])

    assert [v["value"] for v in drawn if v["minute"] == 30] == [None]


def test_every_session_behind_has_its_number_on_its_line_and_no_two_lie_on_each_other():
    panel = panels(overlay_of(maya()))["systolic"]

    tags = named(panel, "systolic-tags")
    assert {tag["session"] for tag in tags} <= {1, 2, 3, 4, 5}
    assert len(tags) >= 4
    assert len({(tag["minute"], tag["value"]) for tag in tags}) == len(tags)


def test_a_line_under_the_one_in_front_has_no_number():
    panel = panels(laid(session(1), session(2)))["systolic"]

    assert named(panel, "systolic-tags") == []


def test_a_running_session_has_now_and_the_readings_that_are_planned():
    running = treated(1, 0, {-10: {}, 15: {}}, until=20, locked=False)
    panel = panels(laid(running))["systolic"]

    styles = {one["mark"]["style"]: one for one in panel["layer"]}
    ahead = [v["minute"] for v in styles["ahead"]["data"]["values"]]
    assert ahead == [30, 40, 60, 90, 120]
    assert "now" in styles


def test_a_session_that_ended_early_ends_with_a_cross_at_its_last_reading():
    drawn = panels(laid(session(1), left(2, 70, "transferred")))

    for sign in ("systolic", "dissociation"):
        crossed = [(v["session"], v["minute"]) for v in values(drawn[sign]) if v["ended"]]
        assert crossed == [(2, 60)]


def test_hovering_a_slot_names_every_value_in_it():
    strips = named(panels(overlay_of(maya()))["systolic"], "systolic-hover")

    [at_40] = [strip for strip in strips if strip["about"] == "around 40"]
    assert at_40["s6"] == "164 at 40"
    assert at_40["s1"] == "138 at 40"
    assert all(one["to"] == two["from"] for one, two in itertools.pairwise(strips))


def test_side_by_side_has_every_session_with_its_figures():
    rows = side_by_side(overlay_of(maya()))

    assert [line.number for line, _, _ in rows] == [1, 2, 3, 4, 5, 6]
    assert rows[-1][1][:2] == ("164/102", "40")
    assert [outside for _, _, outside in rows] == [False] * 5 + [True]


def test_what_is_not_known_is_a_question_mark_and_never_zero():
    nothing = treated(1, 0, {-10: {}})

    [(_, cells, _)] = side_by_side(laid(nothing))

    assert cells == ("?", "?", "?", "?", "?", "?", "?")


def test_the_finding_says_what_the_picture_shows():
    words = finding(overlay_of(course(sessions=one_session())))

    assert words.startswith("1 session; session 1, 56 mg: highest 138/86 at 40 min, +22/+12.")


def test_the_spec_names_no_colour():
    found = json.dumps(overlay_chart(overlay_of(maya()), more=True))

    assert not re.search(r"#[0-9a-fA-F]{3,6}\b|\bcolor\b|\bfill\b", found)

"""This file is about what is really drawn: every mark of the picture, against its table."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from clinic.core.paper import as_svg
from clinic.protocols.rules import Severity
from clinic.review.charts import course_chart, course_tables
from clinic.review.charts.paper import COURSE, course_on_paper, with_zones
from clinic.sessions.charts.paper import STYLES
from tests.review.made import maya, told

PANEL = re.compile(r'class="mark-group role-scope concat_(\d+)_group"')
MARK = re.compile(
    r'<(?:path|text) aria-label="([^"]*)" role="graphics-symbol"[^>]*?'
    r'(?:transform="translate\(([-\d.]+),([-\d.]+)\)"|d="M([-\d.]+),([-\d.]+)h([-\d.]+)v([-\d.]+))'
)
STYLE = re.compile(r'"style": "([\w-]+)"')
RECORD = maya(told=(told(1, "headache", Severity.MODERATE),))


@cache
def panels() -> dict[str, str]:
    """The SVG of each row, by its name."""
    spec = course_chart(RECORD)
    parts = PANEL.split(as_svg(course_on_paper(spec)))[1:]
    names = [panel["data"]["name"] for panel in spec["vconcat"]]
    return {names[int(n)]: svg for n, svg in zip(parts[::2], parts[1::2], strict=True)}


def marks(code: str, *fields: str) -> Iterator[tuple[dict[str, str], float]]:
    """Every mark of a row that carries just these fields: what it says, and its y in pixels."""
    for label, _, y, _, top, _, high in MARK.findall(panels()[code]):
        said = dict(part.split(": ", 1) for part in label.split("; ") if ": " in part)
        if set(said) == {"day", *fields}:
            yield said, float(y) if y else float(top) + min(float(high), 0)


def rows(code: str) -> tuple[tuple[str, ...], ...]:
    return next(table.rows for table in course_tables(RECORD) if table.code == code)


@pytest.mark.parametrize(
    ("code", "highest"),
    [
        ("scale-MADRS-standard", 60),
        ("scale-MADRS-24-hours", 60),
        ("scale-EPDS-standard", 30),
        ("scale-PHQ9-standard", 27),
    ],
)
def test_each_total_stands_at_its_own_height_with_its_own_number(code, highest):
    found = list(marks(code, "total"))
    dots, numbers = found[: len(found) // 2], found[len(found) // 2 :]

    in_table = [(row[1], row[2]) for row in rows(code)]
    assert [(said["day"], said["total"]) for said, _ in dots] == in_table
    assert [(said["day"], said["total"]) for said, _ in numbers] == in_table
    for said, y in dots:
        assert y == pytest.approx(112 * (1 - int(said["total"]) / highest), abs=0.01)


def test_doses_are_drawn_as_they_stand_in_the_table():
    drawn = [(said["day"], f"{said['dose']} mg") for said, _ in marks("sessions", "dose")]

    assert drawn == [(row[2], row[3]) for row in rows("sessions")]
    assert [said["number"] for said, _ in marks("sessions", "number")] == [*"123456"]


def test_peaks_of_dissociation_are_drawn_as_they_stand_in_the_table():
    found = list(marks("dissociation", "peak"))

    assert [said["peak"] for said, _ in found] == [row[2] for row in rows("dissociation")] * 2
    for said, y in found[: len(found) // 2]:
        assert y == pytest.approx(60 * (1 - int(said["peak"]) / 4), abs=0.01)


def test_both_rises_of_every_session_are_drawn_as_they_stand_in_the_table():
    numbers = [said["systolic"] for said, _ in marks("rise", "systolic")]
    lower = [said["diastolic"] for said, _ in marks("rise", "diastolic")]
    told = [row[4] for row in rows("rise")]

    # A bar that is at or over its limit is another mark, and comes after the others.
    assert sorted(set(numbers), key=numbers.index) == ["22", "20", "34", "30", "28", "46"]
    assert sorted(lower) == sorted(cell.split("/+")[1] for cell in told)
    assert {f"+{one}" for one in numbers} == {cell.split("/")[0] for cell in told}


def test_side_effects_and_safety_answers_are_on_their_own_line():
    effects = [(s["label"], s["day"]) for s, _ in marks("effects", "label")]
    safety = [(s["label"], s["day"]) for s, _ in marks("safety", "label")]

    # A severe one, and an answer above 0, have words beside their mark: none of these is severe.
    assert sorted({label for label, _ in effects}) == sorted({r[0] for r in rows("effects")})
    assert len(effects) == len(rows("effects"))
    assert sorted(safety) == sorted((row[0], row[2]) for row in rows("safety"))


def test_paper_has_the_spec_of_the_screen_and_only_another_look():
    screen = course_chart(RECORD)
    paper = course_on_paper(screen)

    kept = [
        {key: value for key, value in panel.items() if key != "width"} for panel in paper["vconcat"]
    ]
    assert kept == screen["vconcat"]
    assert {key for key in paper if paper[key] != screen.get(key)} == {
        "vconcat",
        "config",
        "padding",
    }


def test_every_style_of_the_screen_has_its_ink():
    named = set(STYLE.findall(str(course_chart(RECORD)).replace("'", '"')))

    assert named - STYLES.keys() - COURSE.keys() == set()
    assert named & {"severity-4", "alarm", "medicine", "pause", "goal"} == {
        *("severity-4", "alarm", "medicine", "pause", "goal")
    }


def test_every_pattern_that_is_named_is_there():
    drawn = with_zones(as_svg(course_on_paper(course_chart(RECORD))))

    assert {*re.findall(r"url\(#([\w-]+)\)", drawn)} - {
        *re.findall(r'id="([\w-]+)"', drawn)
    } == set()

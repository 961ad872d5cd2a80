"""This file is about the rows of other treatment, and of dates at the foot."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from clinic.review.charts.axis import Axis, ticks
from clinic.review.charts.layers import (
    LEFT,
    LINE,
    Layer,
    behind,
    inside,
    line_axis,
    line_words,
    nothing,
    now,
    points,
    row,
    titled,
    upright,
    words,
)
from clinic.review.rules import CourseRecord, SessionRow

HEAD, FOOT = 30, 36
PAUSES = "Agreed pauses"
DAY = timedelta(days=1)


def treatment_panel(record: CourseRecord, rows: Sequence[SessionRow], axis: Axis) -> Layer:
    """Medicines as bars, visits as squares, agreed pauses hatched."""
    bars, squares = medicines(record, axis), visits(record, axis)
    pauses = paused(record, rows, axis)
    named = [*bars, *squares, *pauses, *weighed(record, axis)]
    labels = list(dict.fromkeys(value["label"] for value in named))
    y, height = line_axis(labels, HEAD), HEAD + LINE * max(len(labels), 1)
    layers = [*behind(axis), *now(axis), *spans(bars, "medicine", axis, y, 12)]
    layers += spans(pauses, "pause", axis, y, 10)
    layers += [
        inside("dose", "bar-word", axis, y, when="datum.kind === 'medicine'"),
        inside("grams", "bar-word", axis, y, when="datum.kind === 'weight'"),
        points("visit-done", axis, y, when="datum.kind === 'weight'", size=30),
        points("visit-done", axis, y, when="datum.status === 'done'", shape="square", size=80),
        points("planned", axis, y, when="datum.status === 'planned'", shape="square", size=80),
        points("visit-not", axis, y, when="datum.status === 'missed'", shape="cross", size=70),
        points("calm", axis, y, when="datum.status === 'not-wanted'", shape="square", size=60),
        *titled("Also treated with"),
        *line_words(labels, HEAD),
    ]
    if not labels:
        layers.append(nothing("No other treatment on record", height))
    else:
        for n, line in enumerate(("■ done  □ planned", "✕ missed")):
            layers.append(words(line, "row-about", "width", 10 + n * 16, dx=12))
    return row("treatment", height, layers, named)


def medicines(record: CourseRecord, axis: Axis) -> list[dict[str, Any]]:
    """The days on which each was taken, first and last included; still taken: until now."""
    found = []
    for medicine in record.medicines:
        began, ended = medicine.started_on, medicine.stopped_on
        start = record.day(record.midnight(began)) if began else axis.low
        last = record.day(record.midnight(ended + DAY)) if ended else axis.now or axis.high
        if drawn := axis.span(start, last):
            names = {"kind": "medicine", "label": medicine.drug, "dose": medicine.dose}
            found.append(names | {"day": drawn[0], "until": drawn[1]})
    return found


def visits(record: CourseRecord, axis: Axis) -> list[dict[str, Any]]:
    """Each visit on its day."""
    return [
        {"kind": "visit", "label": v.words, "status": v.status, "day": record.day(v.starts_at)}
        for v in record.visits
        if axis.holds(record.day(v.starts_at))
    ]


def weighed(record: CourseRecord, axis: Axis) -> list[dict[str, Any]]:
    """What an infant weighed, in grams, on its day."""
    return [
        {
            "kind": "weight",
            "label": f"Weight, {one.name}",
            "grams": f"{one.grams} g",
            "day": record.day(one.at),
        }
        for one in record.weights
        if axis.holds(record.day(one.at))
    ]


def paused(record: CourseRecord, rows: Sequence[SessionRow], axis: Axis) -> list[dict[str, Any]]:
    """From the last drug to the end that was agreed (definitions D5.3)."""
    found = []
    for session in rows:
        if session.pause_from is None or session.pause_ends_at is None:
            continue
        days = record.day(session.pause_from), record.day(session.pause_ends_at)
        if drawn := axis.span(*days):
            found.append({"kind": "pause", "label": PAUSES, "day": drawn[0], "until": drawn[1]})
    return found


def spans(
    values: Sequence[dict[str, Any]], style: str, axis: Axis, y: dict[str, Any], thick: int
) -> list[Layer]:
    """Bars from day to day."""
    if not values:
        return []
    return [
        {
            "transform": [{"filter": f"datum.kind === '{style}'"}],
            "mark": {"type": "bar", "style": style, "height": thick},
            "encoding": {"x": axis.x(), "x2": {"field": "until"}, "y": y},
        }
    ]


def foot(record: CourseRecord, axis: Axis) -> Layer:
    """Dates, and weeks and days after the birth."""
    values = ticks(record, axis)
    layers = [
        *upright([value["day"] for value in values], "tick", axis),
        inside("date", "tick-word", axis, {"value": 14}),
        inside("postpartum", "row-about-centre", axis, {"value": 30}),
    ]
    if record.birth_on is not None:
        layers.append(words("Weeks postpartum", "row-about", -LEFT, 30))
    return row("foot", FOOT, layers, values)

"""This file is about the rows of scales and of safety items."""

from collections.abc import Iterable, Iterator
from typing import Any

from clinic.review.charts.axis import Axis
from clinic.review.charts.layers import (
    LINE,
    Layer,
    across,
    behind,
    beside,
    inside,
    line_axis,
    line_words,
    nothing,
    now,
    number_axis,
    points,
    row,
    titled,
    words,
)
from clinic.review.rules import (
    Badge,
    CourseRecord,
    Line,
    OutcomeWord,
    SafetyRow,
    ScaleRow,
    percent_text,
)

HEIGHT, TOP = 112, 20
WORDS = 0.17  # of the axis: the words of the bands at its right end, those of a goal at its left
TALL = 14  # pixels from the line of a goal to the far side of its words
HEAD = 30  # of a row of lines: its title


def scale_panel(
    record: CourseRecord, scale: ScaleRow, planned: Iterable[Badge], axis: Axis
) -> Layer:
    """Bands and cut-offs behind, goals across, scores in front, the latest on the right."""
    starts = [zone.lower for zone in scale.zones] or [scale.lowest, scale.highest]
    y = number_axis("total", scale.lowest, scale.highest, starts, all_shown=True)
    layers = [*zones(scale, y, axis), *behind(axis), *zone_words(scale, y)]
    for n, goal in enumerate(goals(scale)):
        line, *label = across(goal.at, "goal", y, goal.words, above=n == 0)
        layers += [up_to_words(line, axis) if scale.zones else line, *label]
    layers += [*now(axis), *marks(axis, y), *due(record, scale, planned, axis)]
    layers += [*titled(scale.instrument.name, *about(scale)), *latest(record, scale)]
    if not scale.points:
        layers.append(nothing(f"No {scale.title} yet", HEIGHT))
    values = [
        {"day": point.day, "total": point.total} for point in scale.points if axis.holds(point.day)
    ]
    return row(f"scale-{scale.instrument.code}-{scale.form}", HEIGHT, layers, values)


def about(scale: ScaleRow) -> list[str]:
    """Lines under the name: the form where there are several, the range, what it is not."""
    caution = "Not validated" if scale.instrument.not_validated else ""
    return [line for line in (scale.form_words, scale.about, caution) if line]


def up_to_words(line: Layer, axis: Axis) -> Layer:
    """The line of a goal ends before the words of the bands, which it would cross."""
    end = round(axis.high - WORDS * (axis.high - axis.low), 2)
    return between(line, axis, axis.low, end)


def after_words(line: Layer, axis: Axis) -> Layer:
    """The line of a cut-off begins after the words of a goal, which it would cross."""
    start = round(axis.low + WORDS * (axis.high - axis.low), 2)
    return between(line, axis, start, axis.high)


def between(line: Layer, axis: Axis, start: float, end: float) -> Layer:
    """A line at a value over a part of the axis."""
    [value] = line["data"]["values"]
    x = {"x": axis.x(), "x2": {"field": "until"}}
    data = {"values": [value | {"day": start, "until": end}]}
    return line | {"data": data, "encoding": line["encoding"] | x}


def goals(scale: ScaleRow) -> list[Line]:
    """From the highest: its words stand above its line, those of the others below."""
    return sorted(scale.goals, key=lambda goal: -goal.at)


def crosses_words(cut_off: float, scale: ScaleRow) -> bool:
    """Whether the line of a cut-off runs through the words of a goal."""
    tall = TALL * (scale.highest - scale.lowest) / HEIGHT
    return any(
        0 < (cut_off - goal.at if n == 0 else goal.at - cut_off) < tall
        for n, goal in enumerate(goals(scale))
    )


def zones(scale: ScaleRow, y: dict[str, Any], axis: Axis) -> Iterator[Layer]:
    """The bands as areas; cut-offs as lines too."""
    for zone in scale.zones:
        upper = min(zone.upper, scale.highest)
        yield {
            "data": {"values": [{"from": zone.lower, "to": upper}]},
            "mark": {"type": "rect", "style": f"severity-{zone.severity}"},
            "encoding": {"y": y | {"field": "from"}, "y2": {"field": "to"}},
        }
    if scale.is_by_cut_offs:
        for zone in scale.zones[1:]:
            [line] = across(zone.lower, "edge-caution", y)
            yield after_words(line, axis) if crosses_words(zone.lower, scale) else line


def zone_words(scale: ScaleRow, y: dict[str, Any]) -> Iterator[Layer]:
    """The word of each band at its right end."""
    for zone in scale.zones:
        middle = (zone.lower + min(zone.upper, scale.highest)) / 2
        level = y | {"field": "at"}
        layer = words(zone.word, "zone-word", "width", level, dx=-6, align="right")
        layer["data"]["values"][0]["at"] = middle
        yield layer


def marks(axis: Axis, y: dict[str, Any]) -> Iterator[Layer]:
    """A straight line that breaks where there is no total, a dot and a number at each."""
    known = "isValid(datum.total)"
    yield {"mark": {"type": "line", "style": "joined"}, "encoding": {"x": axis.x(), "y": y}}
    yield points("value", axis, y, when=known)
    yield inside("total", "score", axis, y, when=known, dy=-10)


def due(
    record: CourseRecord, scale: ScaleRow, planned: Iterable[Badge], axis: Axis
) -> Iterator[Layer]:
    """A dashed ring where the outcome is still to be read by this form."""
    days = [
        {"day": record.day(badge.target_at), "text": f"{badge.text} due"}
        for badge in planned
        if (badge.scale, badge.form) == (scale.instrument.code, scale.form)
        and badge.word is OutcomeWord.PLANNED
        and axis.holds(record.day(badge.target_at))
    ]
    for day in days:
        x, data = axis.x(), {"values": [day]}
        yield {
            "data": data,
            "mark": {"type": "point", "style": "planned", "shape": "circle", "size": 60},
            "encoding": {"x": x, "y": {"value": TOP}},
        }
        yield words(str(day["text"]), "line-word", x, TOP, dx=-8, align="right") | {"data": data}


def latest(record: CourseRecord, scale: ScaleRow) -> Iterator[Layer]:
    """The last total, its word and date."""
    point = scale.latest
    if point is None:
        return
    date = record.local(point.taken_at).strftime("%d %b")
    change = f", {percent_text(point.percent)}" if point.percent is not None else ""
    yield from beside(str(point.total), *([point.word] if point.word else []), f"{date}{change}")


def safety_panel(rows: list[SafetyRow], axis: Axis) -> Layer:
    """One line for each safety item: a red diamond with the answer, a small ring for 0."""
    labels = list(dict.fromkeys(row.label for row in rows))
    y, height = line_axis(labels, HEAD), HEAD + LINE * max(len(labels), 1)
    values = [
        {"day": r.day, "label": r.label, "mark": r.mark, "value": r.value, "positive": r.positive}
        for r in rows
        if axis.holds(r.day)
    ]
    waiting = sum(r.reviewed is False for r in rows)
    layers = [
        *behind(axis),
        *now(axis),
        points("calm", axis, y, when="!datum.positive", size=40),
        points("alarm", axis, y, when="datum.positive", shape="diamond", size=260),
        inside("mark", "on-alarm", axis, y, when="datum.positive"),
        *titled("Safety items"),
        *line_words(labels, HEAD),
    ]
    if not rows:
        layers.append(nothing("No safety item asked yet", height))
    else:
        last = {r.label: r.words for r in rows}
        layers += beside(", ".join(last.values()) if len(last) == 1 else "", *said(waiting))
    return row("safety", height, layers, values)


def said(waiting: int) -> tuple[str, ...]:
    """How many answers wait for a review."""
    return (f"{waiting} not reviewed",) if waiting else ("all reviewed",)

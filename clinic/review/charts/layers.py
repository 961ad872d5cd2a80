"""This file is about the layers that rows have in common: titles, days of doses, marks, words.

Places in pixels are those of the page; colours are named by style.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from clinic.review.charts.axis import Axis

LEFT, RIGHT = 150, 142  # room for titles and for the latest value
LINE = 18
Layer = dict[str, Any]
Encoding = dict[str, Any]


def row(
    code: str, height: int, layers: Iterable[Layer], values: Sequence[Any] = (), **more: Any
) -> Layer:
    """One row; its own data are `values`, under its name."""
    data = {"name": code, "values": list(values)}
    return {"data": data, "height": height, "layer": list(layers), **more}


def words(
    text: str, style: str, x: Any, y: Any, *, dx: int = 0, align: str = "left", dy: int = 0
) -> Layer:
    """One text at a place: a number of pixels, "width", or an encoding."""
    return {
        "data": {"values": [{"text": text}]},
        "mark": {"type": "text", "style": style, "dx": dx, "dy": dy, "align": align},
        "encoding": {"x": place(x), "y": place(y), "text": {"field": "text", "type": "nominal"}},
    }


def place(where: Any) -> Any:
    """Pixels as an encoding."""
    return where if isinstance(where, dict) else {"value": where}


def titled(title: str, *about: str) -> Iterator[Layer]:
    """The name of a row and lines about it, on the left."""
    yield words(title, "row-title", -LEFT, 8)
    for n, line in enumerate(about, 1):
        yield words(line, "row-about", -LEFT, 8 + n * 15)


def beside(number: str, *lines: str) -> Iterator[Layer]:
    """The latest value on the right, and what is to be said of it."""
    yield words(number, "latest-large", "width", 10, dx=12)
    for n, line in enumerate(lines, 1):
        yield words(line, "row-about", "width", 10 + n * 16, dx=12)


def behind(axis: Axis) -> Iterator[Layer]:
    """What is still to come, tinted, and the days of the doses."""
    if axis.now is not None and (rest := axis.span(axis.now, axis.high)):
        yield {
            "data": {"values": [{"day": rest[0], "until": rest[1]}]},
            "mark": {"type": "rect", "style": "future"},
            "encoding": {"x": axis.x(), "x2": {"field": "until"}},
        }
    yield from upright([day for day in axis.doses if axis.holds(day)], "session", axis)


def now(axis: Axis) -> Iterator[Layer]:
    """The line of now."""
    yield from upright([axis.now] if axis.now is not None else [], "now", axis)


def upright(days: Sequence[float], style: str, axis: Axis) -> Iterator[Layer]:
    """Lines at some days."""
    if days:
        yield {
            "data": {"values": [{"day": day} for day in days]},
            "mark": {"type": "rule", "style": style},
            "encoding": {"x": axis.x()},
        }


def across(
    at: float, style: str, y: Encoding, label: str = "", *, above: bool = True
) -> Iterator[Layer]:
    """A line at a value, with its words above or below it on the left."""
    values = {"values": [{"at": at}]}
    level = y | {"field": "at"}
    yield {
        "data": values,
        "mark": {"type": "rule", "style": style},
        "encoding": {"y": level},
    }
    if label:
        dy = -7 if above else 8
        yield {
            "data": {"values": [{"at": at, "text": label}]},
            "mark": {"type": "text", "style": "line-word", "align": "left", "dx": 4, "dy": dy},
            "encoding": {"x": place(0), "y": level, "text": {"field": "text", "type": "nominal"}},
        }


def points(
    style: str, axis: Axis, y: Encoding, *, when: str, shape: str = "circle", size: int = 40
) -> Layer:
    """A mark for each datum that fits."""
    return {
        "transform": [{"filter": when}],
        "mark": {"type": "point", "style": style, "shape": shape, "size": size},
        "encoding": {"x": axis.x(), "y": y},
    }


def inside(
    field: str, style: str, axis: Axis, y: Encoding, *, when: str = "true", dy: int = 0
) -> Layer:
    """A text for each datum that fits."""
    return {
        "transform": [{"filter": when}],
        "mark": {"type": "text", "style": style, "dy": dy},
        "encoding": {"x": axis.x(), "y": y, "text": {"field": field, "type": "nominal"}},
    }


def number_axis(
    field: str, low: float, high: float, values: Sequence[float], *, all_shown: bool = False
) -> Encoding:
    """A value on a fixed axis, with figures at some of its values; those that collide are left out.

    `all_shown`: none is left out.
    """
    scale = {"domain": [low, high], "nice": False, "zero": False}
    axis = {"values": list(values), "title": None, "grid": False, "labelOverlap": not all_shown}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def line_axis(labels: Sequence[str], top: int) -> Encoding:
    """One line of the row for each label, the first at `top` pixels."""
    ends = [top, top + LINE * max(len(labels) - 1, 0)]
    scale = {"type": "point", "domain": list(labels), "range": ends, "padding": 0}
    return {"field": "label", "type": "nominal", "scale": scale, "axis": None}


def line_words(labels: Sequence[str], top: int) -> Iterator[Layer]:
    """The labels on the left."""
    for n, label in enumerate(labels):
        yield words(label, "row-about", -LEFT, top + n * LINE)


def nothing(text: str, height: int) -> Layer:
    """What stands in a row without data: right of the line of now in a course that opens today."""
    return words(text, "nothing", 130, height // 2)

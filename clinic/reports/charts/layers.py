"""This file is about the rows that charts of figures have in common: shares with their interval.

Places are pixels; colours are named by style.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from clinic.review.charts.layers import Layer, place, words

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
CAP = 6
SQUARE = 130


@dataclass(frozen=True)
class Line:
    """One line of a chart. Shares in percent; `value` None: `note` says why there is none."""

    title: str
    about: str
    value: float | None
    low: float | None
    high: float | None
    main: str
    interval: str
    count: str
    note: str = ""


def percent_axis(field: str, high: float = 100, step: int = 25) -> dict[str, Any]:
    """Percent from left to right, with lines to read them by."""
    values = list(range(0, int(high) + 1, step))
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [0, high], "nice": False, "zero": False},
        "axis": {"values": values, "title": None, "grid": True, "labelExpr": "datum.value + ' %'"},
    }


def with_interval(lines: Sequence[Line], y: Sequence[int], x: dict[str, Any]) -> Iterator[Layer]:
    """A square at each share, its interval as a line with caps."""
    for line, at in zip(lines, y, strict=True):
        if line.value is None:
            continue
        data = {"values": [{"value": line.value, "low": line.low, "high": line.high}]}
        low, high = x | {"field": "low"}, {"field": "high"}
        rule = {"type": "rule", "style": "pair"}
        yield {"data": data, "mark": rule, "encoding": {"x": low, "x2": high, "y": place(at)}}
        for end in ("low", "high"):
            ends = {"y": place(at - CAP), "y2": place(at + CAP)}
            yield {"data": data, "mark": rule, "encoding": {"x": x | {"field": end}, **ends}}
        square = {"type": "point", "style": "dose", "shape": "square", "size": SQUARE}
        yield {"data": data, "mark": square, "encoding": {"x": x, "y": place(at)}}


def written(lines: Sequence[Line], y: Sequence[int], left: int, right: int) -> Iterator[Layer]:
    """The words beside each line: its name on the left, its numbers on the right."""
    for line, at in zip(lines, y, strict=True):
        yield words(line.title, "row-title", -left, at - (7 if line.about else 0))
        if line.about:
            yield words(line.about, "row-about", -left, at + 9)
        if line.value is None:
            yield words(line.note, "nothing", 8, at)
            continue
        yield words(line.main, "row-title", "width", at - (7 if line.interval else 0), dx=16)
        if line.interval:
            yield words(line.interval, "row-about", "width", at + 9, dx=16)
        yield words(
            line.count, "row-about", "width", at - (7 if line.interval else 0), dx=right // 2
        )

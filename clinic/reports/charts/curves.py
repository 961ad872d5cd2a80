"""This file is about times to an event as curves: response, and how long it held."""

from typing import Any

from clinic.reports.charts.layers import SCHEMA
from clinic.reports.rules.outcomes import Code, Report
from clinic.reports.rules.outcomes.words import curve_shown
from clinic.review.charts.layers import Layer, nothing

HEIGHT, BESIDE, ROOM = 170, 56, 40
WEEK = 7
HUNDRED = 100
Point = dict[str, float | int | None]


def curve_points(report: Report, code: Code, *, shared: bool) -> list[Point]:
    """The steps from day 0: percent with a response, or percent in which it held."""
    steps = curve_shown(report[code], report.rules.small, shared=shared)
    came = code is Code.TIME_TO_RESPONSE
    points: list[Point] = []
    if steps:
        points.append({"day": 0, "percent": 0 if came else HUNDRED, "low": None, "high": None})
    for step in steps:
        low, high = (step.interval.low, step.interval.high) if step.interval else (None, None)
        if came:
            low, high = (None if high is None else 1 - high), (None if low is None else 1 - low)
        points.append(
            {
                "day": round(step.at, 2),
                "percent": HUNDRED * (1 - step.share if came else step.share),
                "low": None if low is None else HUNDRED * low,
                "high": None if high is None else HUNDRED * high,
                "at_risk": step.at_risk,
            }
        )
    return points


def time_chart(report: Report, code: Code, *, shared: bool = False) -> dict[str, Any]:
    """One curve with its interval."""
    points = curve_points(report, code, shared=shared)
    layers = curve(points) if points else [nothing("Too few to be told.", HEIGHT)]
    panel = {"height": HEIGHT, "data": {"name": code.value, "values": points}, "layer": layers}
    return {"$schema": SCHEMA, "usermeta": {"beside": BESIDE}, "vconcat": [panel]}


def curve(points: list[Point]) -> list[Layer]:
    """The ends of the interval in dashes, the steps, and where they are."""
    x, y = days(points), percents()
    step = {"type": "line", "interpolate": "step-after"}
    ends = [
        {
            "transform": [{"filter": f"datum.{end} !== null"}],
            "mark": step | {"style": "goal"},
            "encoding": {"x": x, "y": y | {"field": end}},
        }
        for end in ("low", "high")
    ]
    return [
        *ends,
        {"mark": step | {"style": "joined"}, "encoding": {"x": x, "y": y}},
        {"mark": {"type": "point", "style": "value"}, "encoding": {"x": x, "y": y}},
    ]


def days(points: list[Point]) -> dict[str, Any]:
    """Days from left to right, a week at least."""
    last = max(float(point["day"] or 0) for point in points)
    return {
        "field": "day",
        "type": "quantitative",
        "scale": {"domain": [0, max(last * 1.1, WEEK)], "nice": False},
        "axis": {"title": "days", "grid": False, "tickCount": 6},
    }


def percents() -> dict[str, Any]:
    """Percent from below."""
    label = {"labelExpr": "datum.value + ' %'", "minExtent": ROOM, "maxExtent": ROOM}
    return {
        "field": "percent",
        "type": "quantitative",
        "scale": {"domain": [0, HUNDRED], "nice": False},
        "axis": {"values": [0, 25, 50, 75, HUNDRED], "title": None, "grid": True, **label},
    }

"""This file is about the layers of one panel: bands, limits, slots, marks, the latest number."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from clinic.protocols.rules import Band, Level

KINDS = {Level.MARKED: "caution", Level.ALERT: "alert", Level.EMERGENCY: "alert"}
Encoding = dict[str, Any]
Layer = dict[str, Any]


def bands(
    limits: Sequence[Band], y: Encoding, axis: tuple[int, int], *, upper_only: bool
) -> Iterator[Layer]:
    """The protocol's bands as areas.

    `upper_only`: two numbers share the axis, and what is low for one is usual for the other.
    """
    low, high = axis
    lowers = [int(band.lower) for band in limits]
    spans = zip(limits, lowers, [*lowers[1:], high], strict=True)
    normal = next((n for n, band in enumerate(limits) if band.level is Level.IN_RANGE), 0)
    areas = [
        {"from": max(lower, low), "to": min(upper, high), "kind": KINDS[band.level]}
        for n, (band, lower, upper) in enumerate(spans)
        if band.level in KINDS and lower < high and upper > low
        if n > normal or not upper_only
    ]
    for kind in sorted({str(area["kind"]) for area in areas}):
        yield {
            "data": {"values": [area for area in areas if area["kind"] == kind]},
            "mark": {"type": "rect", "style": f"band-{kind}"},
            "encoding": {"y": y | {"field": "from"}, "y2": {"field": "to"}},
        }


def edges(
    limits: Sequence[Band], y: Encoding, axis: tuple[int, int], *, upper_only: bool
) -> Iterator[Layer]:
    """Where a band begins or ends: the worse of its two sides names the line."""
    low, high = axis
    found: dict[str, list[dict[str, int]]] = {}
    for under, over in pairwise(limits):
        worse = max(under.level, over.level, key=lambda level: level.rank)
        drawn = over.level in KINDS or not upper_only
        if worse in KINDS and drawn and low < over.lower < high:
            found.setdefault(KINDS[worse], []).append({"at": int(over.lower)})
    for kind, values in found.items():
        yield {
            "data": {"values": values},
            "mark": {"type": "rule", "style": f"edge-{kind}"},
            "encoding": {"y": y | {"field": "at"}},
        }


def upright(minutes: Sequence[int], style: str, x: Encoding) -> Iterator[Layer]:
    """Lines at some minutes: the slots, or now."""
    if minutes:
        yield {
            "data": {"values": [{"minute": minute} for minute in minutes]},
            "mark": {"type": "rule", "style": style},
            "encoding": {"x": x},
        }


def pressure(x: Encoding, y: Encoding) -> Iterator[Layer]:
    """Systolic ▽ and diastolic △ with a thin line between, as on the anaesthesia chart."""
    pair = "isValid(datum.systolic) && isValid(datum.diastolic)"
    for style, when in (("pair", "!datum.pressure_outside"), ("outside", "datum.pressure_outside")):
        only = [{"filter": f"{pair} && {when}"}]
        yield {
            "transform": only,
            "mark": {"type": "rule", "style": style},
            "encoding": {"x": x, "y": y, "y2": {"field": "diastolic"}},
        }
        for field, shape in (("systolic", "triangle-down"), ("diastolic", "triangle-up")):
            yield {
                "transform": only,
                "mark": {"type": "point", "shape": shape, "style": f"{style}-end"},
                "encoding": {"x": x, "y": y | {"field": field}},
            }


def single(sign: str, x: Encoding, y: Encoding) -> Iterator[Layer]:
    """A straight line that breaks where a value is missing, with a dot at each value."""
    yield {"mark": {"type": "line", "style": "joined"}, "encoding": {"x": x, "y": y}}
    yield {
        "transform": [{"filter": f"isValid(datum.{sign})"}],
        "mark": {"type": "point", "shape": "circle", "style": "value"},
        "encoding": {"x": x, "y": y},
    }


def draft(sign: str, x: Encoding, y: Encoding) -> Iterator[Layer]:
    """What stands in the form and is not saved yet, in outline; a page fills the data `draft`.

    Clipped at the axis: what is mistyped moves nothing below it.
    """
    source = {"data": {"name": "draft"}}
    if sign == "systolic":
        pair = [{"filter": "isValid(datum.systolic) && isValid(datum.diastolic)"}]
        yield source | {
            "transform": pair,
            "mark": {"type": "rule", "style": "draft-pair", "clip": True},
            "encoding": {"x": x, "y": y, "y2": {"field": "diastolic"}},
        }
    ends = {"systolic": "triangle-down", "diastolic": "triangle-up"}
    for field, shape in ends.items() if sign == "systolic" else [(sign, "circle")]:
        yield source | {
            "transform": [{"filter": f"isValid(datum.{field})"}],
            "mark": {"type": "point", "shape": shape, "style": "draft", "clip": True},
            "encoding": {"x": x, "y": y | {"field": field}},
        }


def latest(sign: str, rows: Sequence[dict[str, Any]], x: Encoding, y: Encoding) -> Iterator[Layer]:
    """The latest number beside its mark."""
    last = next((row for row in reversed(rows) if row[sign] is not None), None)
    if last is None:
        return
    pair = sign == "systolic"
    text = f"{last['systolic']}/{last['diastolic']}" if pair else str(last[sign])
    height = (last["systolic"] + last["diastolic"]) / 2 if pair else last[sign]
    yield {
        "data": {"values": [{"minute": last["minute"], "at": height, "text": text}]},
        "mark": {"type": "text", "style": "latest"},
        "encoding": {"x": x, "y": y | {"field": "at"}, "text": {"field": "text"}},
    }

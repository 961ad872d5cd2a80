"""This file is about the layers of one panel: zones, slots, thin lines, the one in front."""

from collections.abc import Iterator, Sequence
from typing import Any

from clinic.protocols.rules import Band, SessionPlan
from clinic.review.charts.layers import Layer, place, words
from clinic.review.charts.overlay.axes import HALF, Across, Upwards
from clinic.review.charts.overlay.places import BELOW, BESIDE
from clinic.review.rules.overlay import Span
from clinic.sessions.charts.layers import KINDS

ROOM = 12  # pixels that a word needs
WORDS = {"caution": "caution", "alert": "limit"}


def zones(plan: SessionPlan, upwards: Upwards, height: int) -> Iterator[Layer]:
    """The protocol's bands behind the lines; their words on the left, where there is room."""
    if upwards.change:
        yield from rise_limit(plan, upwards)
        return
    for area in areas(plan.limits[upwards.sign].bands or (), upwards):
        data = {"values": [area]}
        kind, edge = area["kind"], area["edge"]
        y = upwards.y("from")
        yield {
            "data": data,
            "mark": {"type": "rect", "style": f"band-{kind}"},
            "encoding": {"y": y, "y2": {"field": "to"}},
        }
        if edge is not None and not upwards.is_scale:
            yield across_line(edge, f"edge-{kind}", upwards)
        share = (area["to"] - area["from"]) / (upwards.high - upwards.low)
        if share * height >= ROOM:
            yield word_at((area["from"] + area["to"]) / 2, area["word"], upwards)


def areas(bands: Sequence[Band], upwards: Upwards) -> Iterator[dict[str, Any]]:
    """Bands that are marked or worse, as far as they are drawn; a score has its band around it."""
    shift = HALF if upwards.is_scale else 0
    lowers = [float(band.lower) - shift for band in bands]
    for band, lower, upper in zip(bands, lowers, [*lowers[1:], upwards.high], strict=True):
        start, end = max(lower, upwards.low), min(upper, upwards.high)
        if band.level in KINDS and start < end:
            kind = KINDS[band.level]
            low_side = band is bands[0]
            edge = end if low_side else start
            yield {
                "from": start,
                "to": end,
                "kind": kind,
                "edge": edge if upwards.has(edge) else None,
                "word": band.word.lower() if upwards.is_scale else WORDS[kind],
            }


def rise_limit(plan: SessionPlan, upwards: Upwards) -> Iterator[Layer]:
    """From which rise an alert is raised (definitions D2.2): there is no caution band for it."""
    limits = {"systolic": plan.rise.systolic_from, "diastolic": plan.rise.diastolic_from}
    if (limit := limits.get(upwards.sign)) is not None:
        yield {
            "data": {"values": [{"from": limit, "to": upwards.high}]},
            "mark": {"type": "rect", "style": "band-alert"},
            "encoding": {"y": upwards.y("from"), "y2": {"field": "to"}},
        }
        yield across_line(limit, "edge-alert", upwards)
        yield word_at((limit + upwards.high) / 2, "limit", upwards)
    yield across_line(0, "slot", upwards)


def across_line(at: float, style: str, upwards: Upwards) -> Layer:
    """A line at a value."""
    return {
        "data": {"values": [{"at": at}]},
        "mark": {"type": "rule", "style": style},
        "encoding": {"y": upwards.y("at")},
    }


def word_at(at: float, text: str, upwards: Upwards) -> Layer:
    """The word of a zone."""
    return {
        "data": {"values": [{"at": at, "text": text}]},
        "mark": {"type": "text", "style": "line-word", "align": "left", "dx": 6},
        "encoding": {
            "x": place(0),
            "y": upwards.y("at"),
            "text": {"field": "text", "type": "nominal"},
        },
    }


def range_layers(
    spans: Sequence[Span], name: str, axis: Across, upwards: Upwards
) -> Iterator[Layer]:
    """Lowest to highest of the sessions that are no lines, with its name where there is room."""
    if not spans:
        return
    values = [{"minute": one.minute, "low": one.low, "high": one.high} for one in spans]
    data = {"name": f"{upwards.sign}-range", "values": values}
    high = upwards.y("high")
    yield {
        "data": data,
        "mark": {"type": "area", "style": "range"},
        "encoding": {"x": axis.x(), "y": high, "y2": {"field": "low"}},
    }
    if name:
        yield words(name, "range-word", "width", 8, dx=-6, align="right")


def thin(styles: Sequence[str], axis: Across, upwards: Upwards) -> Iterator[Layer]:
    """The sessions behind: a line each, dashed by dose; a gap breaks it."""
    x, y = axis.x(), upwards.y()
    for style in styles:
        yield {
            "transform": [{"filter": f"datum.look === '{style}'"}],
            "mark": {"type": "line", "style": style},
            "encoding": {"x": x, "y": y, "detail": {"field": "session", "type": "nominal"}},
        }
    yield {
        "transform": [{"filter": "datum.look !== 'front' && isValid(datum.value)"}],
        "mark": {"type": "point", "style": "behind-value", "size": 14},
        "encoding": {"x": x, "y": y},
    }


def front(axis: Across, upwards: Upwards) -> Iterator[Layer]:
    """The session in front: thick, with dots; one beyond its limit is red."""
    x, y = axis.x(), upwards.y()
    yield {
        "transform": [{"filter": "datum.look === 'front'"}],
        "mark": {"type": "line", "style": "front"},
        "encoding": {"x": x, "y": y},
    }
    dy = BESIDE if upwards.sign in BELOW else -BESIDE
    for style, when in (("", "!datum.outside"), ("-over", "datum.outside")):
        filter_ = f"datum.look === 'front' && isValid(datum.value) && {when}"
        yield {
            "transform": [{"filter": filter_}],
            "mark": {"type": "point", "style": f"front-value{style}", "size": 58},
            "encoding": {"x": x, "y": y},
        }
        for word in ("front-halo", f"front-word{style}"):
            yield {
                "transform": [{"filter": f"{filter_} && datum.label"}],
                "mark": {"type": "text", "style": word, "dy": dy},
                "encoding": {"x": x, "y": y, "text": {"field": "text", "type": "nominal"}},
            }


def ended(axis: Across, upwards: Upwards) -> Layer:
    """A cross where a session ended early."""
    return {
        "transform": [{"filter": "datum.ended"}],
        "mark": {"type": "point", "style": "ended", "shape": "cross", "size": 110},
        "encoding": {"x": axis.x(), "y": upwards.y()},
    }


def tag_layers(
    found: Sequence[dict[str, float]], axis: Across, upwards: Upwards
) -> Iterator[Layer]:
    """The number of each session on its line."""
    data = {"name": f"{upwards.sign}-tags", "values": list(found)}
    x, y = axis.x(), upwards.y()
    yield {
        "data": data,
        "mark": {"type": "point", "style": "tag", "shape": "circle", "size": 230},
        "encoding": {"x": x, "y": y},
    }
    yield {
        "data": data,
        "mark": {"type": "text", "style": "tag-word"},
        "encoding": {"x": x, "y": y, "text": {"field": "session", "type": "nominal"}},
    }


def upright(minutes: Sequence[int], style: str, axis: Across) -> Iterator[Layer]:
    """Lines at some minutes."""
    if minutes:
        yield {
            "data": {"values": [{"minute": minute} for minute in minutes]},
            "mark": {"type": "rule", "style": style},
            "encoding": {"x": axis.x()},
        }

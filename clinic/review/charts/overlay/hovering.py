"""This file is about what a pointer finds: all values of the sessions around one slot."""

from collections.abc import Iterator, Sequence
from typing import Any

from clinic.review.charts.layers import Layer
from clinic.review.charts.overlay.axes import Across, Upwards
from clinic.review.rules.overlay import Line, Overlay


def hover_layers(overlay: Overlay, y: Upwards, axis: Across) -> Iterator[Layer]:
    """A strip around each slot that names the values in it, by session."""
    lines = (overlay.front, *reversed(overlay.behind))
    strips = list(strips_of(lines, y, axis))
    titles = [("about", "Minutes")] + [(f"s{one.number}", f"Session {one.number}") for one in lines]
    tooltip = [{"field": field, "type": "nominal", "title": title} for field, title in titles]
    if strips:
        yield {
            "data": {"name": f"{y.sign}-hover", "values": strips},
            "mark": {"type": "rect", "style": "hover"},
            "encoding": {
                "x": axis.x("from"),
                "x2": {"field": "to"},
                "y": {"value": 0},
                "y2": {"value": "height"},
                "tooltip": tooltip,
            },
        }


def strips_of(lines: Sequence[Line], y: Upwards, axis: Across) -> Iterator[dict[str, Any]]:
    """From half-way to the slot before, to half-way to the next one."""
    slots = [axis.low / 2, *axis.figures]
    for n, slot in enumerate(slots):
        start = axis.low if n == 0 else max((slots[n - 1] + slot) / 2, 0)
        end = axis.high if n == len(slots) - 1 else max((slot + slots[n + 1]) / 2, 0)
        end = 0 if n == 0 else end
        start = 0 if n == 1 else start
        values = {
            f"s{line.number}": inside(line, y, start, end, last=n == len(slots) - 1)
            for line in lines
        }
        about = "before the dose" if n == 0 else f"around {slot:g}"
        yield {"from": start, "to": end, "about": about} | values


def inside(line: Line, y: Upwards, start: float, end: float, *, last: bool) -> str:
    """`164 at 61 min`; what was missed is a gap, not a zero."""
    found = [
        f"{'–' if y.of(one) is None else y.of(one)} at {one.minute}"
        for one in line.values[y.sign]
        if start <= one.minute < end or (last and one.minute == end)
    ]
    return ", ".join(found).replace("-", "−") or "–"

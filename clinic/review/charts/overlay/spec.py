"""This file is about the Vega-Lite spec of sessions over each other: a panel for each sign."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from clinic.review.charts.layers import LEFT, RIGHT, Layer, beside, nothing, row, titled
from clinic.review.charts.overlay.axes import Across, Upwards, across, upwards
from clinic.review.charts.overlay.hovering import hover_layers
from clinic.review.charts.overlay.layers import (
    ended,
    front,
    range_layers,
    tag_layers,
    thin,
    upright,
    zones,
)
from clinic.review.charts.overlay.places import Field, labelled, tags
from clinic.review.charts.overlay.words import about, range_name, result, title_of
from clinic.review.rules.evidence import signed
from clinic.review.rules.overlay import PAIR, Line, Overlay, Value, range_of
from clinic.review.rules.overlay import SIGNS as ALL

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
ALWAYS, MORE = ALL[:4], ALL[4:]
HEIGHTS = {
    "systolic": 250,
    "diastolic": 170,
    "dissociation": 116,
    "moaas": 84,
    "heart_rate": 120,
    "spo2": 96,
}
LOOKS = ("behind", "behind-lower", "behind-lowest")
UNKNOWN = "behind-unknown"
FOOT = 22
LEAST = 420  # pixels of a panel; on a narrower page the chart is scrolled


def overlay_chart(overlay: Overlay, *, change: bool = False, more: bool = False) -> dict[str, Any]:
    """Blood pressure, dissociation and sedation; with `more` heart rate and SpO2 too.

    `change`: over the pre-dose value instead of values, except for scores. `usermeta`: pixels that
    the page keeps free beside the panels, and the least width of a panel.
    """
    axis = across(overlay)
    signs = (*ALWAYS, *MORE) if more else ALWAYS
    panels = [panel(overlay, upwards(overlay, sign, change=change), axis) for sign in signs]
    return {
        "$schema": SCHEMA,
        "usermeta": {"beside": LEFT + RIGHT, "least": LEAST},
        "spacing": 12,
        "vconcat": [*panels, foot(axis)],
    }


def panel(overlay: Overlay, y: Upwards, axis: Across) -> Layer:
    """One sign: zones behind, then slots, the range, thin lines, and the session in front."""
    height, plan = HEIGHTS[y.sign], overlay.front.session.plan
    field, lead = Field(axis, y, height), overlay.front
    found = result(lead, y)
    written = labelled(lead, field, worst=found.worst if found else None)
    values = list(points(overlay, field, written))
    running = lead.running
    layers = [
        *zones(plan, y, height),
        *upright([m for m in axis.slots if m not in lead.ahead and m > 0], "slot", axis),
        *upright(lead.ahead, "ahead", axis),
        *upright([0], "session", axis),
        *range_layers(
            spans(overlay, y), range_name(overlay.rest) if y.sign in PAIR else "", axis, y
        ),
        *thin(looks_used(overlay), axis, y),
        *tag_layers(tags(overlay.behind, lead, field, written), axis, y),
        *front(axis, y),
        ended(axis, y),
        *upright([lead.until] if running else [], "now", axis),
        *hover_layers(overlay, y, axis),
        *titled(title_of(y), *about(plan, y)),
        *(beside(found.number, *found.lines) if found else beside("–", "not measured")),
    ]
    if not any(value["value"] is not None for value in values):
        layers.append(nothing("Nothing to draw", height))
    return row(y.sign, height, layers, values)


def spans(overlay: Overlay, y: Upwards) -> list[Any]:
    """The range of the sessions that are no lines."""
    return range_of(overlay.rest, y.sign, change=y.change) if overlay.rest else []


def points(overlay: Overlay, field: Field, written: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Every reading of every line, gaps as None; the one in front last, so that it lies on top."""
    looks = looks_of(overlay)
    for line in (*overlay.behind, overlay.front):
        look = "front" if line is overlay.front else looks[line.number]
        last = last_drawn(line, field.upwards)
        for one in line.values[field.upwards.sign]:
            number = field.upwards.of(one)
            yield {
                "session": line.number,
                "minute": one.minute,
                "value": number,
                "text": written_as(number, field.upwards),
                "look": look,
                "outside": is_outside(line, one, field.upwards),
                "label": look == "front" and one.minute in written,
                "ended": line.ended_early and not line.running and one is last,
            }


def written_as(number: int | None, y: Upwards) -> str:
    """A value as it stands; a change with its sign."""
    if number is None:
        return ""
    return signed(number) if y.change else str(number)


def last_drawn(line: Line, y: Upwards) -> Value | None:
    """The last reading with a number."""
    known = [one for one in line.values[y.sign] if y.of(one) is not None]
    return known[-1] if known else None


def is_outside(line: Line, one: Value, y: Upwards) -> bool:
    """Beyond its limit; of a change, at or over the limit of the rise (definitions D2.2, D3)."""
    if not y.change:
        return one.outside
    limits = line.session.plan.rise
    limit = {"systolic": limits.systolic_from, "diastolic": limits.diastolic_from}.get(y.sign)
    return limit is not None and one.change is not None and one.change >= limit


def looks_of(overlay: Overlay) -> dict[int, str]:
    """Solid for the highest dose that is drawn, dashed for lower ones, apart where not known."""
    order = doses(overlay)
    return {
        line.number: UNKNOWN
        if line.same_dose is None
        else LOOKS[min(order.index(line.same_dose), len(LOOKS) - 1)]
        for line in overlay.behind
    }


def looks_used(overlay: Overlay) -> Sequence[str]:
    """The styles of the thin lines, each once."""
    return list(dict.fromkeys(looks_of(overlay).values()))


def doses(overlay: Overlay) -> list[Decimal]:
    """The doses that are drawn, highest first."""
    drawn = (*overlay.behind, overlay.front)
    return sorted({one.same_dose for one in drawn if one.same_dose is not None}, reverse=True)


def foot(axis: Across) -> Layer:
    """Minutes under the panels; "pre-dose" before them."""
    labels = [{"minute": axis.low / 2, "text": "pre-dose"}, {"minute": 0, "text": "0"}]
    labels += [{"minute": m, "text": str(m)} for m in roomy(axis)]
    layer = {
        "mark": {"type": "text", "style": "tick-word"},
        "encoding": {
            "x": axis.x(),
            "y": {"value": 8},
            "text": {"field": "text", "type": "nominal"},
        },
    }
    return row("foot", FOOT, [layer], labels)


def roomy(axis: Across) -> list[int]:
    """The slots that have room for a figure."""
    chosen: list[int] = []
    for minute in axis.figures:
        if minute - (chosen[-1] if chosen else 0) >= (axis.high - axis.low) / 22:
            chosen.append(minute)
    return chosen

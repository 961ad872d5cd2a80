"""This file is about a chart on paper: the screen's spec in black, its zones dots and stripes."""

from typing import Any

WIDTH = 610  # of a panel without its axis, in points of the picture
FONT = "Paper, DejaVu Sans, sans-serif"
INK, GREY = "black", "#767676"
TEXT = {"font": FONT, "fontSize": 11, "color": INK, "baseline": "middle"}

STYLES: dict[str, dict[str, Any]] = {
    "band-caution": {"color": "url(#dots)"},
    "band-alert": {"color": "url(#stripes)"},
    "edge-caution": {"color": INK, "strokeWidth": 0.7, "strokeDash": [3, 2]},
    "edge-alert": {"color": INK, "strokeWidth": 1.2},
    "slot": {"color": GREY, "strokeWidth": 0.5},
    "now": {"color": INK, "strokeWidth": 1.5, "strokeDash": [1, 2]},
    "pair": {"color": INK, "strokeWidth": 1.1},
    "outside": {"color": INK, "strokeWidth": 3},
    "pair-end": {"color": INK, "filled": True, "size": 48, "opacity": 1},
    "outside-end": {"color": INK, "filled": True, "size": 90, "opacity": 1},
    "joined": {"color": INK, "strokeWidth": 1.1},
    "value": {"color": INK, "filled": True, "size": 24, "opacity": 1},
    "latest": TEXT | {"fontWeight": 700, "align": "left", "dx": 8},
}
AXIS = {
    "labelFont": FONT,
    "labelColor": INK,
    "labelFontSize": 10,
    "titleFont": FONT,
    "titleColor": INK,
    "titleFontSize": 10,
    "ticks": False,
    "domain": False,
}
AXIS_Y = {
    "titleAngle": 0,
    "titleAlign": "left",
    "titleX": -66,
    "titleBaseline": "middle",
    "minExtent": 70,
    "maxExtent": 70,
}
PATTERNS = (
    '<defs><pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<rect width="5" height="5" fill="white"/><circle cx="2" cy="2" r=".8" fill="gray"/></pattern>'
    '<pattern id="stripes" width="5" height="5" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="5" height="5" fill="white"/>'
    '<rect width="1.5" height="5" fill="gray"/></pattern></defs>'
)


def on_paper(spec: dict[str, Any]) -> dict[str, Any]:
    """The same spec with a fixed width, and black ink for each style that it names."""
    config = {
        "background": "white",
        "font": FONT,
        "axis": AXIS,
        "axisY": AXIS_Y,
        "view": {"stroke": INK, "strokeWidth": 0.8},
        "style": STYLES,
    }
    panels = [panel | {"width": WIDTH} for panel in spec["vconcat"]]
    return spec | {"vconcat": panels, "config": config, "padding": 0}


def with_patterns(svg: str) -> str:
    """The drawn chart with what dots and stripes are."""
    head, end, rest = svg.partition(">")
    return head + end + PATTERNS + rest

"""This file is about sessions over each other on paper: the screen's spec in black and grey."""

from typing import Any

from clinic.review.charts.paper import COURSE, width_of
from clinic.sessions.charts.paper import AXIS, FONT, GREY, INK, STYLES, TEXT

THIN = {"color": INK, "strokeWidth": 0.8, "opacity": 1}
WORD = TEXT | {"fontSize": 12, "fontWeight": 700, "align": "center"}
DOT = {"filled": True, "opacity": 1, "color": INK}

# Beside those of a course. What is beyond its limit is a large dot with a large number.
OVERLAY: dict[str, dict[str, Any]] = {
    "ahead": {"color": GREY, "strokeWidth": 1, "strokeDash": [3, 4]},
    "behind": THIN,
    "behind-lower": THIN | {"strokeDash": [5, 4]},
    "behind-lowest": THIN | {"strokeDash": [2, 3]},
    "behind-unknown": THIN | {"strokeDash": [8, 3, 2, 3]},
    "behind-value": DOT,
    "front": {"color": INK, "strokeWidth": 3},
    "front-value": DOT,
    "front-value-over": DOT | {"size": 170},
    "front-halo": WORD | {"color": "white", "stroke": "white", "strokeWidth": 4},
    "front-word": WORD,
    "front-word-over": WORD | {"fontSize": 14, "fontWeight": 800},
    "range": {"color": GREY, "opacity": 0.35},
    "range-word": TEXT | {"fontWeight": 700},
    "tag": {"filled": True, "color": "white", "stroke": INK, "strokeWidth": 1, "opacity": 1},
    "tag-word": TEXT | {"fontWeight": 700, "align": "center"},
    "ended": DOT | {"angle": 45},
    "hover": {"opacity": 0},
}


def overlay_on_paper(spec: dict[str, Any], size: str = "a4") -> dict[str, Any]:
    """The same spec as wide as fits on the page, and black ink for each style that it names."""
    config = {
        "background": "white",
        "font": FONT,
        "axis": AXIS,
        "view": {"stroke": None},
        "style": STYLES | COURSE | OVERLAY,
    }
    panels = [panel | {"width": width_of(spec, size)} for panel in spec["vconcat"]]
    return spec | {"vconcat": panels, "config": config, "padding": 4}

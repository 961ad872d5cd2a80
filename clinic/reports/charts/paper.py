"""This file is about figures on paper: the screen's spec in black and grey, at a fixed width."""

from typing import Any

from clinic.review.charts.paper import COURSE
from clinic.sessions.charts.paper import AXIS, FONT, GREY, STYLES

WIDTH = 700


def figures_on_paper(spec: dict[str, Any]) -> dict[str, Any]:
    """The same spec with a width, and black ink for each style that it names."""
    config = {
        "background": "white",
        "font": FONT,
        "axis": AXIS | {"gridColor": GREY, "gridOpacity": 0.4},
        "view": {"stroke": None},
        "style": STYLES | COURSE,
    }
    width = WIDTH - spec["usermeta"]["beside"]
    panels = [panel | {"width": width} for panel in spec["vconcat"]]
    return spec | {"vconcat": panels, "config": config, "padding": 4}

"""This file is about the picture of a course on paper: the screen's spec in black and grey."""

from typing import Any

from clinic.review.charts.layers import LEFT, RIGHT
from clinic.sessions.charts.paper import AXIS, AXIS_Y, FONT, GREY, INK, STYLES, TEXT

# Millimetres: room for the picture on the first page, under the head. A longer picture is made
# wider as well, so that all of it is drawn smaller and still fits.
ROOM = {"a4": (186, 178), "letter": (192, 160)}
LEAST, SPACING = 520, 14
BOLD = TEXT | {"fontWeight": 700}
FULL = {"filled": True, "opacity": 1, "color": INK}
RING = {"filled": False, "opacity": 1, "color": INK, "strokeWidth": 1.3}
OPEN = {"color": "white", "stroke": INK, "strokeWidth": 1.2}
ON_MARK = BOLD | {"fontSize": 11, "color": "white", "align": "center"}

COURSE: dict[str, dict[str, Any]] = {
    "severity-1": {"color": "white"},
    "severity-2": {"color": "url(#dots-1)"},
    "severity-3": {"color": "url(#dots-2)"},
    "severity-4": {"color": "url(#lines-1)"},
    "severity-5": {"color": "url(#lines-2)"},
    "band-caution": {"color": "url(#dots-2)"},
    "band-alert": {"color": "url(#lines-2)"},
    "session": {"color": INK, "strokeWidth": 0.8, "strokeDash": [1.5, 3]},
    "now": {"color": INK, "strokeWidth": 2},
    "future": {"color": "#f2f2f2", "opacity": 0.5},
    "goal": {"color": INK, "strokeWidth": 0.9, "strokeDash": [5, 4]},
    "row-title": BOLD | {"fontSize": 13},
    "row-about": TEXT,
    "row-about-centre": TEXT | {"align": "center"},
    "tick-word": BOLD | {"align": "center"},
    "tick": {"color": GREY, "strokeWidth": 0.8},
    "latest-large": BOLD | {"fontSize": 18},
    "zone-word": TEXT,
    "line-word": TEXT | {"fontWeight": 600},
    "now-word": TEXT | {"fontWeight": 700},
    "bar-word": TEXT | {"fontWeight": 600, "align": "left", "dx": 4},
    "score": BOLD | {"fontSize": 12, "align": "center"},
    "nothing": TEXT | {"fontStyle": "italic"},
    "dose": FULL,
    "on-dose": ON_MARK,
    "alarm": FULL,
    "on-alarm": ON_MARK,
    "calm": RING,
    "planned": RING | {"strokeDash": [2.5, 2.5]},
    "systolic": {"color": INK},
    "diastolic": OPEN,
    # At or over the limit: a heavy frame, and the words on the right.
    "systolic-over": {"color": INK, "stroke": INK, "strokeWidth": 4},
    "diastolic-over": OPEN | {"strokeWidth": 3},
    "effect-mild": RING,
    "effect-moderate": FULL,
    "effect-severe": FULL,
    "medicine": {"color": "#d9d9d9", "stroke": INK, "strokeWidth": 0.5},
    "pause": {"color": "url(#lines-2)", "stroke": INK, "strokeWidth": 0.5},
    "visit-done": FULL,
    "visit-not": FULL,
}


def dots(name: str, every: int) -> str:
    """A pattern of grey dots."""
    return (
        f'<pattern id="{name}" width="{every}" height="{every}" patternUnits="userSpaceOnUse">'
        f'<rect width="{every}" height="{every}" fill="white"/>'
        '<circle cx="2" cy="2" r=".5" fill="#999"/></pattern>'
    )


def lines(name: str, every: int) -> str:
    """A pattern of slanting grey lines."""
    return (
        f'<pattern id="{name}" width="{every}" height="{every}" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><rect width="{every}" height="{every}" fill="white"/>'
        f'<rect width=".6" height="{every}" fill="#999"/></pattern>'
    )


PATTERNS = (
    f"<defs>{dots('dots-1', 9)}{dots('dots-2', 5)}{lines('lines-1', 8)}{lines('lines-2', 4)}</defs>"
)


def course_on_paper(spec: dict[str, Any], size: str = "a4") -> dict[str, Any]:
    """The same spec with a fixed width, and black ink for each style that it names."""
    config = {
        "background": "white",
        "font": FONT,
        "axis": AXIS,
        "axisY": AXIS_Y,
        "view": {"stroke": None},
        "style": STYLES | COURSE,
    }
    panels = [panel | {"width": width_of(spec, size)} for panel in spec["vconcat"]]
    return spec | {"vconcat": panels, "config": config, "padding": 4}


def width_of(spec: dict[str, Any], size: str) -> int:
    """Pixels of a panel with which all rows fit on the page."""
    high = sum(panel["height"] + SPACING for panel in spec["vconcat"])
    across, down = ROOM[size]
    return max(LEAST, round(high * across / down) - LEFT - RIGHT)


def with_zones(svg: str) -> str:
    """The drawn picture with what its dots and lines are."""
    head, end, rest = svg.partition(">")
    return head + end + PATTERNS + rest

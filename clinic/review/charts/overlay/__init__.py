"""This package is about the picture of sessions over each other, and its tables.

The spec names no colours: every mark has a `style`, and the page gives each style the colours of
its theme.
"""

from clinic.review.charts.overlay.spec import doses, looks_of, overlay_chart
from clinic.review.charts.overlay.tables import finding, overlay_table, side_by_side
from clinic.review.charts.overlay.words import COUNTED_FROM, range_name

__all__ = [
    "COUNTED_FROM",
    "doses",
    "finding",
    "looks_of",
    "overlay_chart",
    "overlay_table",
    "range_name",
    "side_by_side",
]

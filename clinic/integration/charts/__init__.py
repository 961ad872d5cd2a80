"""This package is about the timeline of other treatment: shapes for a picture drawn by the page.

Shapes name no colours: each has a `style`, to which the page's classes give a colour of the theme.
"""

from clinic.integration.charts.material import Material, PlannedDose, Values
from clinic.integration.charts.timeline import Timeline, timeline

__all__ = ["Material", "PlannedDose", "Timeline", "Values", "timeline"]

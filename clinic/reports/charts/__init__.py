"""This package is about figures as Vega-Lite specs: numbers in, a plain dict out."""

from clinic.reports.charts.curves import curve_points, time_chart
from clinic.reports.charts.paper import figures_on_paper
from clinic.reports.charts.shares import (
    effect_rows,
    effects_chart,
    outcome_chart,
    response_lines,
)

__all__ = [
    "curve_points",
    "effect_rows",
    "effects_chart",
    "figures_on_paper",
    "outcome_chart",
    "response_lines",
    "time_chart",
]

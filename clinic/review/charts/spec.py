"""This file is about the Vega-Lite spec of a course: rows over one axis of days."""

from typing import Any

from clinic.review.charts.axis import Range, axis_of
from clinic.review.charts.days import day_cards
from clinic.review.charts.layers import LEFT, RIGHT
from clinic.review.charts.scores import safety_panel, scale_panel
from clinic.review.charts.sessions import (
    dissociation_panel,
    doses_panel,
    effects_panel,
    rise_panel,
)
from clinic.review.charts.treatment import foot, treatment_panel
from clinic.review.rules import (
    CourseRecord,
    badges,
    effect_rows,
    safety_rows,
    scale_rows,
    session_rows,
)

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
LEAST = 380  # pixels of a row; on a narrower page the chart is scrolled


def course_chart(
    record: CourseRecord, shown: Range = Range.COURSE, *, least: float = 0
) -> dict[str, Any]:
    """Sessions, scales, safety items, rise, dissociation, side effects, other treatment, dates.

    `least`: days that the axis of a whole course has at least. `usermeta`: pixels that the page
    keeps free beside the rows, the least width of a row, the ends of the axis, where now is, and a
    card for each day.
    """
    axis, planned = axis_of(record, shown, least), badges(record)
    sessions = session_rows(record)
    return {
        "$schema": SCHEMA,
        "usermeta": {
            "beside": LEFT + RIGHT,
            "least": LEAST,
            "axis": [axis.low, axis.high],
            "now": axis.now,
            "days": day_cards(record, axis),
        },
        "spacing": 14,
        "vconcat": [
            doses_panel(record, sessions, axis),
            *(scale_panel(record, scale, planned, axis) for scale in scale_rows(record)),
            safety_panel(safety_rows(record), axis),
            rise_panel(sessions, axis),
            dissociation_panel(record, sessions, axis),
            effects_panel(effect_rows(record, sessions), axis),
            treatment_panel(record, sessions, axis),
            foot(record, axis),
        ],
    }

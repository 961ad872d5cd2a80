"""This file is about the Vega-Lite spec of a course: rows over one axis of days."""

from typing import Any

from clinic.review.charts.axis import Range, axis_of
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


def course_chart(record: CourseRecord, shown: Range = Range.COURSE) -> dict[str, Any]:
    """Sessions, scales, safety items, rise, dissociation, side effects, other treatment, dates.

    `usermeta.beside`: pixels that the page keeps free beside the rows.
    """
    axis, sessions, planned = axis_of(record, shown), session_rows(record), badges(record)
    return {
        "$schema": SCHEMA,
        "usermeta": {"beside": LEFT + RIGHT},
        "spacing": 14,
        "vconcat": [
            doses_panel(sessions, axis),
            *(scale_panel(record, scale, planned, axis) for scale in scale_rows(record)),
            safety_panel(safety_rows(record), axis),
            rise_panel(sessions, axis),
            dissociation_panel(record, sessions, axis),
            effects_panel(effect_rows(record, sessions), axis),
            treatment_panel(record, sessions, axis),
            foot(record, axis),
        ],
    }

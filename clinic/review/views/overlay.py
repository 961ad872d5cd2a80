"""This file is about the page on which the sessions of a course lie over each other."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for

from clinic.core import clock
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.courses.models import Course
from clinic.courses.queries import head_of
from clinic.protocols.rules import SIGNS
from clinic.review import queries
from clinic.review.charts.overlay import (
    COUNTED_FROM,
    doses,
    finding,
    looks_of,
    overlay_chart,
    overlay_table,
    range_name,
    side_by_side,
)
from clinic.review.rules import CourseRecord
from clinic.review.rules.overlay import Line, Overlay, differences, overlay_of, raised_from
from clinic.review.views.page import bp

Link = Callable[..., str]
KEYS = 9  # digits that put a session in front


@bp.get("/courses/<uuid:course_id>/sessions-overlay")
@requires(Permission.CHART_READ)
def overlay(course_id: uuid.UUID) -> str:
    """All sessions of one route; `?front=6` says which is in front, `?change=1` draws changes,
    `?more=1` heart rate and SpO2 too."""
    course = get_or_404(Course, course_id)
    record = queries.record_of(course, clock.now())
    found = overlay_of(record, request.args.get("front", type=int))
    return render_template(
        "review/overlay.html",
        head=head_of(course),
        course=course,
        found=found,
        **(drawn(record, found, course_id) if found else {}),
    )


def drawn(record: CourseRecord, found: Overlay, course_id: uuid.UUID) -> dict[str, Any]:
    """What the sessions come to, drawn and written."""
    change, more = asked("change"), asked("more")
    plan = found.front.session.plan
    return {
        "change": change,
        "more": more,
        "chart": overlay_chart(found, change=change, more=more),
        "finding": finding(found),
        "sentences": differences(found),
        "beside": side_by_side(found),
        "table_of": overlay_table(found),
        "looks": looks_of(found),
        "doses": doses(found),
        "range": range_name(found.rest),
        "counted_from": COUNTED_FROM[plan.route],
        "today": record.local(found.front.at).date() == record.local(record.now).date(),
        "plan": plan,
        "raised_from": raised_from(plan),
        "caution": SIGNS["dissociation"].caution,
        "keys": {line.number: n for n, line in enumerate(found.lines, 1) if n <= KEYS},
        "link": link_of(course_id, found.front, change=change, more=more),
    }


def asked(name: str) -> bool:
    """Whether the address says so."""
    return request.args.get(name) == "1"


def link_of(course_id: uuid.UUID, front: Line, *, change: bool, more: bool) -> Link:
    """The same page with one thing changed, as a function for the template."""

    def link(**other: Any) -> str:
        said: dict[str, Any] = {"front": front.number, "change": change, "more": more} | other
        kept: dict[str, Any] = {name: int(value) for name, value in said.items() if value}
        return url_for("review.overlay", course_id=course_id, **kept)

    return link

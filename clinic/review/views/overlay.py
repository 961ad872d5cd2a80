"""This file is about the page on which the sessions of a course lie over each other."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Response, render_template, request, url_for

from clinic.accounts.queries import names_of, own_clinic
from clinic.core import clock, paper
from clinic.core.acting import acting
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
from clinic.review.charts.overlay.paper import overlay_on_paper
from clinic.review.charts.paper import with_zones
from clinic.review.rules import CourseRecord
from clinic.review.rules.overlay import Line, Overlay, differences, overlay_of, raised_from
from clinic.review.views.page import bp

Link = Callable[..., str]
PAGE, PAPER = "review.overlay", "review.print_overlay"
KEYS = 9  # digits that put a session in front


@bp.get("/courses/<uuid:course_id>/sessions-overlay")
@requires(Permission.CHART_READ)
def overlay(course_id: uuid.UUID) -> str:
    """All sessions of one route; `?front=6` says which is in front, `?change=1` draws changes,
    `?more=1` heart rate and SpO2 too."""
    return render_template("review/overlay.html", **known(get_or_404(Course, course_id)))


@bp.get("/courses/<uuid:course_id>/sessions-overlay.pdf")
@requires(Permission.CHART_READ)
def print_overlay(course_id: uuid.UUID) -> Response:
    """The same on paper, A4 or Letter."""
    content = known(get_or_404(Course, course_id))
    me = acting().actor_id
    html = render_template(
        "review/overlay_paper.html",
        clinic=own_clinic().name,
        printed_by=names_of({me}).get(me, ""),
        css=paper.style_sheet(),
        **content,
    )
    chart, size = content.get("chart"), paper.size_wanted()
    svg = with_zones(paper.as_svg(overlay_on_paper(chart, size))) if chart else ""
    pdf = paper.as_pdf(html, size=size, pictures={"chart": svg})
    return paper.as_file(pdf, "sessions-over-each-other.pdf")


def known(course: Course) -> dict[str, Any]:
    """What screen and paper show."""
    record = queries.record_of(course, clock.now())
    found = overlay_of(record, request.args.get("front", type=int))
    more = drawn(record, found, course.id) if found else {}
    return {"head": head_of(course), "course": course, "found": found, "at": record.now} | more


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
        "paper_link": link_of(course_id, found.front, change=change, more=more, to=PAPER),
    }


def asked(name: str) -> bool:
    """Whether the address says so."""
    return request.args.get(name) == "1"


def link_of(course_id: uuid.UUID, front: Line, *, change: bool, more: bool, to: str = PAGE) -> Link:
    """The same page with one thing changed, or its paper, as a function for the template."""

    def link(**other: Any) -> str:
        said: dict[str, Any] = {"front": front.number, "change": change, "more": more} | other
        kept: dict[str, Any] = {name: int(value) for name, value in said.items() if value}
        return url_for(to, course_id=course_id, **kept)

    return link

"""This file is about a course outside the screen: on paper, and as plain text."""

import uuid
from typing import Any

from flask import Response, make_response, render_template

from clinic.accounts.queries import names_of, own_clinic
from clinic.core import clock, paper
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.paper import as_file, size_wanted, style_sheet
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.courses.models import Course
from clinic.courses.queries import head_of
from clinic.review import queries
from clinic.review.charts import course_chart, finding
from clinic.review.charts.paper import course_on_paper, with_zones
from clinic.review.forms import WORDS_OF_STOPPING
from clinic.review.rules import (
    CourseRecord,
    badges,
    effect_rows,
    latest_of,
    leading_scale,
    percent_text,
    plus,
    scale_rows,
    session_rows,
)
from clinic.review.rules.strip import strip
from clinic.review.rules.summary import summary
from clinic.review.views.page import WORDS, bp


@bp.get("/courses/<uuid:course_id>/review.pdf")
@requires(Permission.CHART_READ)
def print_course(course_id: uuid.UUID) -> Response:
    """The course on two pages, A4 or Letter."""
    pdf = course_pdf(get_or_404(Course, course_id), size_wanted())
    return as_file(pdf, "course-review.pdf")


def course_to_hand_out(course_id: uuid.UUID, named: bool) -> bytes:
    """The two pages of a course, for an export. There are none without her name."""
    if not named:
        raise ValueError("a course on paper names her")
    return course_pdf(db.session.get_one(Course, course_id), "a4")


def course_pdf(course: Course, size: str) -> bytes:
    """The two pages."""
    record = queries.record_of(course, clock.now())
    chart = with_zones(paper.as_svg(course_on_paper(course_chart(record), size)))
    html = render_template("review/paper.html", **on_paper(course, record))
    return paper.as_pdf(html, size=size, pictures={"chart": chart})


@bp.get("/courses/<uuid:course_id>/review.txt")
@requires(Permission.CHART_READ)
def plain(course_id: uuid.UUID) -> Response:
    """The course as plain text, oldest to newest. A file: no browser reads it as a page."""
    course = get_or_404(Course, course_id)
    record = queries.record_of(course, clock.now())
    text = render_template(
        "review/summary.txt",
        **told(course, record),
        summary=summary(record, queries.decided(course.id)),
    )
    response = make_response(text)
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="course-summary.txt"'
    return response


def told(course: Course, record: CourseRecord) -> dict[str, Any]:
    """Who she is, who asks, when."""
    me = acting().actor_id
    head = head_of(course)
    return {
        "course": course,
        "head": head,
        "strip": strip(record, queries.infant_asked(course.id)),
        "patient": head.patient,
        "clinic": own_clinic().name,
        "at": record.now,
        "printed_by": names_of({me}).get(me, ""),
    }


def on_paper(course: Course, record: CourseRecord) -> dict[str, Any]:
    """What stands on the two pages."""
    sessions = session_rows(record)
    return told(course, record) | {
        "css": style_sheet(),
        "badges": badges(record),
        "latest": latest_of(scale_rows(record), leading_scale(record)),
        "finding": finding(record),
        "sessions": sessions,
        "effects": effect_rows(record, sessions),
        "decisions": queries.decided(course.id),
        "percent_text": percent_text,
        "plus": plus,
        "words": WORDS,
        "stop_words": WORDS_OF_STOPPING,
    }

"""This file is about the page on which a course is reviewed."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request

from clinic.core import clock
from clinic.core.gate import may
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.courses.models import Course
from clinic.courses.queries import head_of, of_patient, protocol_of
from clinic.courses.rules import CourseStatus
from clinic.protocols.rules import SIGNS
from clinic.review import actions, queries
from clinic.review.charts import Range, course_chart, course_tables, finding, length_of
from clinic.review.forms import WORDS_OF_STOPPING, DecisionForm
from clinic.review.rules import (
    CourseRecord,
    Decision,
    all_badges,
    badges,
    effect_rows,
    facts,
    lasting,
    latest_of,
    leading_scale,
    percent_text,
    plus,
    scale_rows,
    session_rows,
)
from clinic.review.rules.durability import durability
from clinic.review.rules.exposure import exposures
from clinic.review.rules.strip import strip
from clinic.sessions.queries import reviews_of

bp = Blueprint("review", __name__)
WORDS = {
    Decision.CONTINUE: "Continue",
    Decision.CHANGE: "Change the dose or the schedule",
    Decision.STOP: "Stop treatment",
}
RANGES = {
    Range.COURSE: "Whole course",
    Range.SINCE_FIRST_DOSE: "Since first dose",
    Range.RECENT: "Last 14 days",
}


@bp.get("/courses/<uuid:course_id>/review")
@requires(Permission.CHART_READ)
def show(course_id: uuid.UUID) -> str:
    """The course on one page; `?range=` says how much of it, `?decide=new` opens the form again."""
    return page(get_or_404(Course, course_id))


def page(course: Course, refused: DecisionForm | None = None) -> str:
    """The whole page. A form that was refused keeps what was typed."""
    record = queries.record_of(course, clock.now())
    state, decisions = queries.standing_of(course, record), queries.decided(course.id)
    shown, courses = shown_range(), of_patient(course.patient_id)[::-1]
    return render_template(
        "review/show.html",
        head=head_of(course),
        course=course,
        **of_record(record, shown, longest(courses, course, record)),
        courses=courses,
        strip=strip(record, queries.infant_asked(course.id)),
        shown=shown,
        ranges=RANGES,
        state=state,
        decisions=decisions,
        words=WORDS,
        stop_words=WORDS_OF_STOPPING,
        today=clock.today(),
        re_evaluation=protocol_of(course.id).re_evaluation,
        reviews=reviews_of(session.id for session in record.sessions),
        form=refused or form_for(course, state, decisions),
        seen=actions.seen_of(actions.evidence_of(course, record, state)),
    )


def longest(courses: Sequence[Course], course: Course, record: CourseRecord) -> float:
    """Days that the axis of her longest other course has, so that two can be compared."""
    others = (queries.record_of(one, record.now) for one in courses if one.id != course.id)
    return max(map(length_of, others), default=0)


def of_record(record: CourseRecord, shown: Range, least: float) -> dict[str, Any]:
    """What the record comes to, drawn and written."""
    sessions = session_rows(record)
    return {
        "badges": badges(record),
        "latest": latest_of(scale_rows(record), leading_scale(record)),
        "by_scale": [(window.text, all_badges(record, window)) for window in record.windows],
        "lasting": lasting(record),
        "exposures": exposures(record),
        "durability": durability(record),
        "chart": course_chart(record, shown, least=least),
        "tables": course_tables(record),
        "finding": finding(record),
        "facts": facts(record),
        "sessions": sessions,
        "effects": effect_rows(record, sessions),
        "dissociation_caution": SIGNS["dissociation"].caution,
        "percent_text": percent_text,
        "plus": plus,
        "days_until": lambda moment: -((record.now - moment).days),
    }


def shown_range() -> Range:
    """How much of the course is drawn; anything unknown is all of it."""
    asked = request.args.get("range", "")
    return Range(asked) if asked in list(Range) else Range.COURSE


def form_for(course: Course, state: queries.Standing, decisions: list[Any]) -> DecisionForm | None:
    """The empty form, or None where there is nothing to sign now."""
    again = not decisions or request.args.get("decide") == "new"
    open_now = course.status is CourseStatus.ACTIVE and not state.obstacles
    if not (open_now and again and may(Permission.DECISION_SIGN)):
        return None
    ordering, usual = protocol_of(course.id).dose, protocol_of(course.id).re_evaluation
    day = clock.today() + timedelta(days=usual.days) if usual else None
    return DecisionForm(ordering, state.alerts, formdata=None, re_evaluate_on=day)


def panel(course: Course) -> str:
    """The decision in force, on the front page of the course."""
    decisions = queries.decided(course.id)
    if not decisions:
        return ""
    return render_template(
        "review/_panel.html",
        course=course,
        decision=decisions[0],
        words=WORDS,
        stop_words=WORDS_OF_STOPPING,
    )

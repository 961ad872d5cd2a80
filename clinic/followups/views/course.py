"""This file is about the follow-ups of one course: its plan, its contacts, its stage."""

import uuid
from datetime import datetime

from flask import render_template

from clinic.accounts.queries import names_of
from clinic.core import clock
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.courses.models import Course
from clinic.courses.queries import head_of, protocol_of
from clinic.courses.rules import Progress, StageReport
from clinic.followups import queries
from clinic.followups.forms import RESPONSES, STEPS
from clinic.followups.rules import Due, State
from clinic.followups.views.blueprint import bp


@bp.get("/courses/<uuid:course_id>/follow-ups")
@requires(Permission.CHART_READ)
def of_course(course_id: uuid.UUID) -> str:
    """The plan on one line, every follow-up in a table, what was said."""
    course, now = get_or_404(Course, course_id), clock.now()
    dues, contacts = queries.of_course(course_id, now), queries.contacts_of(course_id)
    authors = {row.author_id for made in contacts for row in (made.contact, *made.earlier)}
    authors |= {made.response.author_id for made in contacts if made.response}
    return render_template(
        "followups/of_course.html",
        course=course,
        head=head_of(course),
        dues=dues,
        line=on_one_line(dues),
        contacts=contacts[::-1],
        waiting={concern.made.contact.id for concern in queries.open_concerns()},
        people=names_of(authors),
        terms=queries.terms_of(protocol_of(course_id)),
        steps=dict(STEPS),
        responses=dict(RESPONSES),
        at=now,
    )


def on_one_line(dues: list[Due]) -> list[tuple[Due, int, int]]:
    """(the one to look at, which of how many, how many are done) for each moment of the plan.

    Moments that each dose has show the first that is open, else the last.
    """
    line = []
    for code in dict.fromkeys(due.code for due in dues):
        same = [due for due in dues if due.code == code]
        shown = next((due for due in same if due.state.is_open), same[-1])
        done = sum(due.state is State.DONE for due in same)
        line.append((shown, len(same), done))
    return line


def panel(course: Course) -> str:
    """What is overdue, due and next, on the front page of a course."""
    dues = [due for due in queries.of_course(course.id, clock.now()) if due.state.is_open]
    if not dues:
        return ""
    return render_template("followups/_panel.html", course=course, dues=dues[:3], at=clock.now())


def stage(course: Course) -> StageReport:
    """How far the follow-ups are, for the head of the course."""
    dues = queries.of_course(course.id, clock.now())
    if not dues:
        return StageReport(Progress.NOT_STARTED)
    still = [due for due in dues if due.state.is_open]
    if not still:
        return StageReport(Progress.DONE)
    return StageReport(Progress.RUNNING, words_for(still, clock.now()))


def words_for(still: list[Due], now: datetime) -> str:
    """`2 overdue`, or what comes next."""
    late = sum(due.state is State.OVERDUE for due in still)
    if late:
        return f"{late} overdue"
    due_now = [due for due in still if due.state is State.DUE]
    return f"Due now: {due_now[0].text}" if due_now else f"Next: {still[0].text}"

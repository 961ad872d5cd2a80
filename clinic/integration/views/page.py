"""This file is about the page of stage 4, and what it says on the front page of a course."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import render_template

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.courses.models import Course
from clinic.courses.queries import delivery_on, head_of, medications_of, voided_medications_of
from clinic.courses.rules import Progress, StageReport
from clinic.integration import queries
from clinic.integration.charts import Material, PlannedDose, Values, timeline
from clinic.integration.models import CareGoal
from clinic.integration.queries import Beside
from clinic.integration.rules import (
    CLASS_WORDS,
    HELPER_WORDS,
    KIND_WORDS,
    RECIPIENT_WORDS,
    WindowState,
    class_answers,
    counted,
    days_overdue,
    hours_from,
    tally,
)
from clinic.integration.views.blueprint import bp
from clinic.integration.views.plan import plan_of


@bp.get("/courses/<uuid:course_id>/integration")
@requires(Permission.CHART_READ)
def show(course_id: uuid.UUID) -> str:
    """Everything that helps beside the drug, on the axis of the doses."""
    course, now = get_or_404(Course, course_id), clock.now()
    beside = queries.beside_the_drug(course.id, now)
    medicines = queries.medicines_of(course.id)
    return render_template(
        "integration/show.html",
        head=head_of(course),
        course=course,
        timeline=timeline(material(course, beside)),
        answers=class_answers(medicines, clock.today()),
        asked=queries.last_asked(course.id, now),
        medications=medications_of(course.id),
        voided=voided_medications_of(course.id),
        classes=CLASS_WORDS,
        in_error=queries.errors_of(course.id),
        **plan_of(course.id),
        helpers=queries.helpers_of(course.patient_id),
        helper_words=HELPER_WORDS,
        letters=queries.letters_of(course.id),
        consents=queries.consents_of(course.patient_id),
        recipients=RECIPIENT_WORDS,
        **shown(course, beside),
    )


def shown(course: Course, beside: Beside) -> dict[str, Any]:
    """Visits, talks and goals as both the page and the panel name them."""
    goals = queries.goals_of(course.id)
    missed = [window for window in beside.windows if window.state is WindowState.MISSED]
    return {
        "beside": beside,
        "missed": {window.visit.id: window for window in missed if window.visit},
        "kinds": KIND_WORDS,
        "begins": {dose.session_id: (dose.number, dose.t0) for dose in beside.doses},
        "hours_from": hours_from,
        "holders": queries.who_held(beside.activities),
        "talks": counted(tally(beside.windows)),
        "following": queries.next_visit(beside.activities, beside.now),
        "goals": goals,
        "overdue": {goal.id: days for goal in goals if (days := late(goal))},
    }


def late(goal: CareGoal) -> int:
    """How many days a goal is late today."""
    return days_overdue(goal.due_on, goal.state, clock.today())


def material(course: Course, beside: Beside) -> Material:
    """What the timeline is made of."""
    return Material(
        doses=tuple(beside.doses),
        planned=tuple(
            PlannedDose(session.planned_at, session.ordered_dose)
            for session in beside.ahead
            if session.planned_at > beside.now
        ),
        windows=tuple(beside.windows),
        visits=tuple(map(queries.as_visit, beside.activities)),
        medicines=tuple(queries.medicines_of(course.id)),
        treatments=tuple(map(queries.as_treatment, beside.treatments)),
        values=tuple(over_time(course)),
        opened_on=course.opened_on,
        birth_on=delivery_on(course),
        now=beside.now,
        timezone=acting().timezone,
    )


def over_time(course: Course) -> Iterator[Values]:
    """Weights of the infants and totals of bonding scales, where there are any."""
    for one in queries.growth_of(course):
        weights = [(m.measured_at, m.weight_g) for m in one.measures if m.weight_g is not None]
        if weights:
            name = one.infant.given_name or "The infant"
            yield Values(f"Weight, {name}", "g", "g", tuple(weights))
    bonds: dict[str, list[tuple[datetime, int]]] = {}
    for bond in queries.bonding_of(course.id):
        if bond.total is not None:
            bonds.setdefault(bond.scale, []).append((bond.at, bond.total))
    for scale, totals in bonds.items():
        yield Values("Bonding", f"{scale}, total", "", tuple(totals))


def panel(course: Course) -> str:
    """The same in short, on the front page of the course."""
    beside = queries.beside_the_drug(course.id, clock.now())
    return render_template("integration/_panel.html", course=course, **shown(course, beside))


def stage(course: Course) -> StageReport:
    """How far stage 4 has come: it runs alongside the others until the course ends."""
    beside = queries.beside_the_drug(course.id, clock.now())
    goals = queries.goals_of(course.id)
    begun = bool(beside.windows or beside.activities or beside.treatments or goals)
    if course.ended_on is not None and begun:
        return StageReport(Progress.DONE, counted(tally(beside.windows)))
    overdue = sum(late(goal) > 0 for goal in goals)
    words = [
        f"talks: {counted(tally(beside.windows))}" if beside.windows else "",
        f"{overdue} goal{'s' if overdue != 1 else ''} overdue" if overdue else "",
    ]
    progress = Progress.RUNNING if begun else Progress.NOT_STARTED
    return StageReport(progress, " · ".join(filter(None, words)).capitalize())

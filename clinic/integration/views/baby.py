"""This file is about the pages of mother and baby: weights, bonding, milk around each dose."""

import uuid
from typing import Any

from flask import render_template

from clinic.core import clock
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.courses.models import Course
from clinic.courses.queries import head_of
from clinic.integration import actions, queries
from clinic.integration.forms import FEEDING, NO, YES, MeasureForm, MilkForm
from clinic.integration.models import MilkEntry
from clinic.integration.views.blueprint import bp
from clinic.integration.views.saving import saved_or_shown
from clinic.patients.actions import measure_infant
from clinic.patients.models import Infant, InfantMeasure
from clinic.patients.queries import measures_of
from clinic.sessions.models import TreatmentSession

PAGE = "integration.mother_and_baby"
ROOM = "/courses/<uuid:course_id>/mother-and-baby"


@bp.get(ROOM)
@requires(Permission.CHART_READ)
def mother_and_baby(course_id: uuid.UUID) -> str:
    """Infants, weights, bonding; each dose with who has the baby and the milk around it."""
    course, now = get_or_404(Course, course_id), clock.now()
    doses = queries.given_doses(course_id)
    return render_template(
        "integration/baby.html",
        head=head_of(course),
        course=course,
        growth=queries.growth_of(course),
        bonding=queries.bonding_of(course_id),
        around=queries.around_doses(course, doses, now),
        ahead=queries.doses_ahead(course_id, doses),
        feeding=dict(FEEDING),
        at=now,
    )


@bp.route(f"{ROOM}/milk/<uuid:session_id>", methods=["GET", "POST"])
@requires(Permission.INTEGRATION_WRITE)
def log_milk(course_id: uuid.UUID, session_id: uuid.UUID) -> Any:
    """A line of the milk log of one dose."""
    session = get_or_404(TreatmentSession, session_id, course_id=course_id)
    form = MilkForm(happened_at=clock.now())

    def save() -> None:
        actions.log_milk(session, form.facts())

    return saved_or_shown("integration/milk.html", course_id, form, save, to=PAGE)


@bp.route(f"{ROOM}/milk/lines/<uuid:milk_id>", methods=["GET", "POST"])
@requires(Permission.INTEGRATION_WRITE)
def correct_milk(course_id: uuid.UUID, milk_id: uuid.UUID) -> Any:
    """Another line in place of one, or one taken back."""
    line = get_or_404(MilkEntry, milk_id)
    session = get_or_404(TreatmentSession, line.session_id, course_id=course_id)
    discarded = None if line.discarded is None else YES if line.discarded else NO
    shown = {"event": line.event, "happened_at": line.happened_at, "ml": line.ml}
    form = MilkForm(data=shown | {"discarded": discarded})

    def save() -> None:
        how = {"withdrawn": bool(form.withdrawn.data), "reason": form.reason.data}
        actions.log_milk(session, form.facts(), corrects=line, **how)

    return saved_or_shown("integration/milk.html", course_id, form, save, line, to=PAGE)


@bp.route(f"{ROOM}/infants/<uuid:infant_id>", methods=["GET", "POST"])
@requires(Permission.INTEGRATION_WRITE)
def measure(course_id: uuid.UUID, infant_id: uuid.UUID) -> Any:
    """Weight and feeding of an infant."""
    infant = of_course(course_id, infant_id)
    form = MeasureForm(measured_at=clock.now(), before_g=last_weight(infant))

    def save() -> None:
        measure_infant(infant, form.facts())

    return saved_or_shown("integration/measure.html", course_id, form, save, to=PAGE, infant=infant)


@bp.route(f"{ROOM}/measures/<uuid:measure_id>", methods=["GET", "POST"])
@requires(Permission.INTEGRATION_WRITE)
def correct_measure(course_id: uuid.UUID, measure_id: uuid.UUID) -> Any:
    """Another line in place of one, or one taken back."""
    row = get_or_404(InfantMeasure, measure_id)
    infant = of_course(course_id, row.infant_id)
    form = MeasureForm(obj=row, data={"withdrawn": False, "reason": None})

    def save() -> None:
        how = {"withdrawn": bool(form.withdrawn.data), "reason": form.reason.data}
        measure_infant(infant, form.facts(), corrects=row, **how)

    return saved_or_shown(
        "integration/measure.html", course_id, form, save, row, to=PAGE, infant=infant
    )


def of_course(course_id: uuid.UUID, infant_id: uuid.UUID) -> Infant:
    """An infant of the woman whose course it is; 404 for any other."""
    course = get_or_404(Course, course_id)
    return get_or_404(Infant, infant_id, patient_id=course.patient_id)


def last_weight(infant: Infant) -> int | None:
    """The newest weight in grams."""
    weights = [row.weight_g for row in measures_of([infant.id]).get(infant.id, []) if row.weight_g]
    return weights[-1] if weights else None

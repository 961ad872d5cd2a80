"""This file is about signing the decision on the page of a review."""

import uuid
from typing import Any

from flask import flash, redirect, url_for

from clinic.core import clock
from clinic.core.db import end_reading
from clinic.core.errors import Unprocessable
from clinic.core.gate import standing
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.core.signatures import prove
from clinic.courses.models import Course
from clinic.courses.queries import protocol_of
from clinic.review import actions, queries
from clinic.review.forms import DecisionForm
from clinic.review.views.page import bp, page


@bp.post("/courses/<uuid:course_id>/review/decision")
@requires(Permission.DECISION_SIGN)
def decide(course_id: uuid.UUID) -> Any:
    """Sign what happens next."""
    course = get_or_404(Course, course_id)
    record = queries.record_of(course, clock.now())
    alerts = queries.standing_of(course, record).alerts
    form = DecisionForm(protocol_of(course_id).dose, alerts)
    if not form.validate():
        return page(course, form), 422
    try:
        sign(course_id, form)
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return page(course, form), 422
    except actions.RecordMoved as moved:
        end_reading()
        form.form_errors.append(str(moved))
        return page(get_or_404(Course, course_id), form), 409
    flash("The decision is signed.")
    return redirect(url_for("review.show", course_id=course_id), 303)


def sign(course_id: uuid.UUID, form: DecisionForm) -> None:
    """Sign what the form says."""
    actions.sign_decision(
        course_id,
        form.chosen,
        read=form.sessions_read,
        seen=form.seen.data or "",
        proof=prove(form.password.data, standing().name),
    )

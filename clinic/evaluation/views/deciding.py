"""This file is about signing the decision."""

import uuid
from typing import Any

from flask import flash, redirect, url_for

from clinic.core.errors import Unprocessable
from clinic.core.gate import standing
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.core.signatures import prove
from clinic.courses.models import Course
from clinic.evaluation import actions
from clinic.evaluation.forms import DecisionForm
from clinic.evaluation.queries import DECISION
from clinic.evaluation.rules import Decision
from clinic.evaluation.views.blueprint import bp
from clinic.evaluation.views.page import page


@bp.post("/courses/<uuid:course_id>/evaluation/decision")
@requires(Permission.EVALUATION_DECIDE)
def decide(course_id: uuid.UUID) -> Any:
    """Sign the decision."""
    course, form = get_or_404(Course, course_id), DecisionForm()
    if not form.validate() or not decided(course_id, form):
        return page(course, opened=DECISION, decision_form=form), 422
    flash("The decision is signed.")
    return redirect(url_for("evaluation.show", course_id=course_id, section=DECISION), 303)


def decided(course_id: uuid.UUID, form: DecisionForm) -> bool:
    """Whether the decision was signed; if not, the form says why."""
    try:
        actions.sign_decision(
            course_id,
            Decision(form.decision.data),
            form.reason.data,
            proof=prove(form.password.data, standing().name),
        )
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return False
    return True

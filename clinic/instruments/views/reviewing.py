"""This file is about the pages of safety answers: what waits, and what was done."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, url_for

from clinic.accounts.queries import names_of
from clinic.core import clock
from clinic.core.errors import Unprocessable
from clinic.core.gate import may
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.instruments import actions, queries
from clinic.instruments.forms import ReviewForm
from clinic.instruments.models import QuestionnaireResponse
from clinic.instruments.rules import SafetyStep
from clinic.instruments.views.blueprints import course, safety
from clinic.instruments.views.history import WORDS, shown
from clinic.patients.models import Patient


@safety.get("/safety")
@requires(Permission.SAFETY_REVIEW)
def show_all() -> str:
    """Every safety answer that nobody has reviewed, oldest first."""
    waiting = queries.open_safety()
    people = names_of({row.use.response.author_id for row in waiting})
    people |= {row.use.response.patient_id: "herself" for row in waiting}
    return render_template(
        "instruments/safety.html", waiting=waiting, people=people, at=clock.now(), **WORDS
    )


@course.post("/scales/<uuid:response_id>/review")
@requires(Permission.SAFETY_REVIEW)
def review(response_id: uuid.UUID) -> Any:
    """Write down what was done."""
    get_or_404(QuestionnaireResponse, response_id)
    form = ReviewForm()
    if not form.validate() or not reviewed(response_id, form):
        return shown(response_id, form), 422
    flash("Your review is saved.")
    return redirect(url_for(".show", response_id=response_id), 303)


def reviewed(response_id: uuid.UUID, form: ReviewForm) -> bool:
    """Whether the review was written down; if not, the form says why."""
    step, text = SafetyStep(form.step.data), str(form.text.data)
    try:
        actions.review_safety(response_id, step=step, text=text, done_at=form.done_at.data)
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return False
    return True


def waiting_panel(patient: Patient) -> str:
    """What waits for a review, on top of a patient's chart."""
    waiting = queries.open_safety(patient.id) if may(Permission.CHART_READ) else []
    return render_template("instruments/_waiting.html", waiting=waiting) if waiting else ""

"""This file is about the pages on which somebody takes on, and answers, what needs a response."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from clinic.accounts.queries import names_of
from clinic.core import clock
from clinic.core.errors import Unprocessable
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.courses.models import Course
from clinic.courses.queries import head_of
from clinic.followups import actions, queries
from clinic.followups.forms import STEPS, ResponseForm
from clinic.followups.models import Contact
from clinic.followups.queries import Subject
from clinic.followups.views.blueprint import bp
from clinic.instruments.models import QuestionnaireResponse
from clinic.instruments.rules import SafetyStep


@bp.route("/contacts/<uuid:contact_id>/response", methods=["GET", "POST"])
@requires(Permission.FOLLOWUP_WRITE)
def respond(contact_id: uuid.UUID) -> Any:
    """What was done; it is off the list then."""
    row = get_or_404(Contact, contact_id)
    form = ResponseForm(done_at=clock.now())
    if form.validate_on_submit() and responded(contact_id, form):
        flash("Your response is saved.")
        return redirect(url_for(".of_course", course_id=row.course_id), 303)
    found = [c for c in queries.open_concerns() if c.made.contact.id == contact_id]
    item = next((i for i in queries.needing_response(clock.now()) if i.id == contact_id), None)
    course = get_or_404(Course, row.course_id)
    page = render_template(
        "followups/respond.html",
        form=form,
        row=row,
        concern=found[0] if found else None,
        item=item,
        people=names_of({row.author_id} | (item.people if item else set())),
        steps=dict(STEPS),
        course=course,
        head=head_of(course),
        at=clock.now(),
    )
    return page, 422 if request.method == "POST" else 200


def responded(contact_id: uuid.UUID, form: ResponseForm) -> bool:
    """Whether the response was written down; if not, the form says why."""
    step, text = SafetyStep(form.step.data), str(form.text.data)
    try:
        actions.respond(contact_id, step=step, text=text, done_at=form.done_at.data)
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return False
    return True


@bp.post("/contacts/<uuid:contact_id>/take")
@requires(Permission.FOLLOWUP_WRITE)
def take_contact(contact_id: uuid.UUID) -> Any:
    """Take on the concerns of a contact."""
    get_or_404(Contact, contact_id)
    actions.take(Subject.CONTACT, contact_id)
    flash("It is yours. It stays on the list until it is answered in writing.")
    return redirect(url_for(".respond", contact_id=contact_id), 303)


@bp.post("/scales/<uuid:response_id>/take")
@requires(Permission.FOLLOWUP_WRITE)
def take_answers(response_id: uuid.UUID) -> Any:
    """Take on the safety answers of a scale."""
    get_or_404(QuestionnaireResponse, response_id)
    actions.take(Subject.SCALE, response_id)
    flash("It is yours. It stays on the list until it is answered in writing.")
    return redirect(url_for("instruments.show", response_id=response_id, _anchor="safety"), 303)

"""This file is about the page on which the concerns of a contact are answered in writing."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from clinic.accounts.queries import names_of
from clinic.core import clock
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.courses.models import Course
from clinic.courses.queries import head_of
from clinic.followups import actions, queries
from clinic.followups.forms import STEPS, ResponseForm
from clinic.followups.models import Contact
from clinic.followups.views.blueprint import bp


@bp.route("/contacts/<uuid:contact_id>/response", methods=["GET", "POST"])
@requires(Permission.FOLLOWUP_WRITE)
def respond(contact_id: uuid.UUID) -> Any:
    """What was done; it is off the list then."""
    row, form = get_or_404(Contact, contact_id), ResponseForm()
    if form.validate_on_submit():
        actions.respond(contact_id, str(form.text.data))
        flash("Your response is saved.")
        return redirect(url_for(".of_course", course_id=row.course_id), 303)
    found = [c for c in queries.open_concerns() if c.made.contact.id == contact_id]
    course = get_or_404(Course, row.course_id)
    page = render_template(
        "followups/respond.html",
        form=form,
        row=row,
        concern=found[0] if found else None,
        people=names_of({row.author_id}),
        steps=dict(STEPS),
        course=course,
        head=head_of(course),
        at=clock.now(),
    )
    return page, 422 if request.method == "POST" else 200

"""This file is about the pages on which a follow-up is moved, or given up with a reason."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from clinic.core.errors import Conflict, Unprocessable
from clinic.core.forms import BaseForm
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.courses.models import Course
from clinic.courses.queries import head_of
from clinic.followups import actions
from clinic.followups.forms import MissedForm, MoveForm
from clinic.followups.rules import Due
from clinic.followups.views.blueprint import bp
from clinic.followups.views.contact import HERE, due_or_404


@bp.route(f"{HERE}/move", methods=["GET", "POST"])
@requires(Permission.FOLLOWUP_WRITE)
def move(course_id: uuid.UUID, code: str, number: int) -> Any:
    """Another time, with the reason."""
    due, form = due_or_404(course_id, code, number), MoveForm()

    def save() -> None:
        confirmed = bool(form.confirmed.data)
        to, reason = form.moved_to_at.data, str(form.reason.data)
        actions.move(course_id, due, to=to, reason=reason, confirmed=confirmed)

    return saved_or_shown("followups/move.html", course_id, due, form, save)


@bp.route(f"{HERE}/missed", methods=["GET", "POST"])
@requires(Permission.FOLLOWUP_WRITE)
def missed(course_id: uuid.UUID, code: str, number: int) -> Any:
    """Why it was missed."""
    due, form = due_or_404(course_id, code, number), MissedForm()

    def save() -> None:
        actions.give_up(course_id, due, reason=str(form.reason.data))

    return saved_or_shown("followups/missed.html", course_id, due, form, save)


def saved_or_shown(
    template: str, course_id: uuid.UUID, due: Due, form: BaseForm, save: Callable[[], None]
) -> Any:
    """Save and go to the plan, or show the form with what was typed and what is wrong."""
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        try:
            save()
            flash(f"{due.text}: saved.")
            return redirect(url_for(".of_course", course_id=course_id), 303)
        except Unprocessable as refusal:
            form.take_errors(refusal)
        except Conflict as clash:
            form.form_errors.append(str(clash))
            status = 409
    course = get_or_404(Course, course_id)
    page = render_template(template, form=form, due=due, course=course, head=head_of(course))
    return page, status

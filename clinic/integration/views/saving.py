"""This file is about saving a form of this room, or showing it again with what was typed."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from clinic.core.db import end_reading
from clinic.core.errors import Unprocessable
from clinic.core.records import get_or_404
from clinic.courses.models import Course
from clinic.courses.queries import head_of
from clinic.integration.actions import ChangedMeanwhile
from clinic.integration.forms import GoalForm, VisitForm
from clinic.integration.models import CareActivity, CareGoal

Kept = CareActivity | CareGoal


def saved_or_shown(
    template: str,
    course_id: uuid.UUID,
    form: VisitForm | GoalForm,
    save: Callable[[], None],
    stored: Kept | None = None,
) -> Any:
    """Save and go to the page of stage 4, or show the form and what is wrong."""
    kind, stored_id = type(stored), stored.id if stored else None
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        try:
            save()
            flash("Saved.")
            return redirect(url_for("integration.show", course_id=course_id), 303)
        except Unprocessable as refusal:
            form.take_errors(refusal)
        except ChangedMeanwhile as clash:
            end_reading()
            form.form_errors.append(f"{clash} What you typed is below; look, then save once more.")
            status = 409
    course = get_or_404(Course, course_id)
    now_stored: Any = get_or_404(kind, stored_id) if stored_id else None  # type: ignore[type-var]
    return render_template(
        template,
        form=form,
        stored=now_stored,
        clash=status == 409,
        course=course,
        head=head_of(course),
    ), status

"""This file is about saving a form of this room, or showing it again with what was typed."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from clinic.core.db import end_reading
from clinic.core.errors import Unprocessable
from clinic.core.forms import BaseForm
from clinic.core.records import get_or_404
from clinic.courses.models import Course
from clinic.courses.queries import head_of
from clinic.integration.actions import ChangedMeanwhile
from clinic.patients.actions import ChangedMeanwhile as MeasuredMeanwhile


def saved_or_shown(
    template: str,
    course_id: uuid.UUID,
    form: BaseForm,
    save: Callable[[], None],
    stored: Any = None,
    *,
    to: str = "integration.show",
    **more: Any,
) -> Any:
    """Save and go to the page of stage 4 (or `to`), or show the form and what is wrong.

    more: what the template needs besides.
    """
    kind, stored_id = type(stored), stored.id if stored else None
    status = tried(form, save)
    if status == 303:
        flash("Saved.")
        return redirect(url_for(to, course_id=course_id), status)
    course = get_or_404(Course, course_id)
    content = {
        "form": form,
        "stored": get_or_404(kind, stored_id) if stored_id else None,
        "clash": status == 409,
        "course": course,
        "head": head_of(course),
    }
    return render_template(template, **content, **more), status


def tried(form: BaseForm, save: Callable[[], None]) -> int:
    """303 once it is saved; 200 for an open page; what is wrong stands in the form."""
    if not form.validate_on_submit():
        return 422 if request.method == "POST" else 200
    try:
        save()
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return 422
    except (ChangedMeanwhile, MeasuredMeanwhile) as clash:
        end_reading()
        form.form_errors.append(f"{clash} What you typed is below; look, then save once more.")
        return 409
    return 303

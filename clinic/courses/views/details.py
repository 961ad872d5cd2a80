"""This file is about writing down diagnosis and birth of a course, and ending it."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from clinic.core import clock
from clinic.core.db import end_reading
from clinic.core.errors import Unprocessable
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.courses import actions
from clinic.courses.forms import EndForm, ParticularsForm
from clinic.courses.models import Course
from clinic.courses.rules import EndReason
from clinic.courses.views.blueprint import bp
from clinic.courses.views.page import on_top


@bp.route("/courses/<uuid:course_id>/edit", methods=["GET", "POST"])
@requires(Permission.COURSE_EDIT)
def edit(course_id: uuid.UUID) -> Any:
    """Diagnosis, onset and birth; a clash keeps what was typed."""
    course = get_or_404(Course, course_id)
    form = ParticularsForm(obj=course)
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        try:
            actions.describe_course(course_id, form.particulars(), form.version.data)
            return redirect(url_for(".show", course_id=course_id), 303)
        except actions.ChangedMeanwhile as clash:
            end_reading()
            course, status = get_or_404(Course, course_id), 409
            form.form_errors.append(f"{clash} Compare with the course, then save what you typed.")
    page = render_template(
        "courses/edit.html", form=form, now_at=course.version, clash=status == 409, **on_top(course)
    )
    return page, status


@bp.route("/courses/<uuid:course_id>/end", methods=["GET", "POST"])
@requires(Permission.COURSE_END)
def end(course_id: uuid.UUID) -> Any:
    """When and why the course ends."""
    course = get_or_404(Course, course_id)
    if course.ended_on is not None:
        return redirect(url_for(".show", course_id=course_id), 303)
    form = EndForm(ended_on=clock.today(), reason=request.args.get("reason"))
    if form.validate_on_submit() and ended(course_id, form):
        flash("The course has ended.")
        return redirect(url_for(".show", course_id=course_id), 303)
    page = render_template("courses/end.html", form=form, **on_top(course))
    return page, 422 if request.method == "POST" else 200


def ended(course_id: uuid.UUID, form: EndForm) -> bool:
    """Whether the course was ended; if not, the form says why."""
    try:
        actions.end_course(
            course_id,
            reason=EndReason(form.reason.data),
            text=form.text.data,
            ended_on=form.ended_on.data,
        )
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return False
    return True

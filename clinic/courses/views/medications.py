"""This file is about the pages on which other medicines are written down."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for

from clinic.core import clock
from clinic.core.db import end_reading
from clinic.core.errors import Unprocessable
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.courses import actions
from clinic.courses.forms import AskedForm, DoseForm, MedicationForm, StopForm, VoidForm
from clinic.courses.models import Course, Medication
from clinic.courses.views.blueprint import bp
from clinic.courses.views.page import on_top

FORMS = MedicationForm | StopForm | VoidForm | DoseForm | AskedForm


@bp.route("/courses/<uuid:course_id>/medications/new", methods=["GET", "POST"])
@requires(Permission.COURSE_EDIT)
def new_medication(course_id: uuid.UUID) -> Any:
    """Write down a medicine."""
    form = MedicationForm()

    def save() -> None:
        actions.add_medication(course_id, form.facts())

    return saved_or_shown("courses/medication.html", course_id, form, save)


@bp.route("/courses/<uuid:course_id>/medications/<uuid:medication_id>", methods=["GET", "POST"])
@requires(Permission.COURSE_EDIT)
def edit_medication(course_id: uuid.UUID, medication_id: uuid.UUID) -> Any:
    """Correct what is written down."""
    medication = get_or_404(Medication, medication_id, course_id=course_id)
    form = MedicationForm(obj=medication)

    def save() -> None:
        actions.correct_medication(medication, form.facts(), form.version.data)

    return saved_or_shown("courses/medication.html", course_id, form, save, medication)


@bp.route(
    "/courses/<uuid:course_id>/medications/<uuid:medication_id>/stop", methods=["GET", "POST"]
)
@requires(Permission.COURSE_EDIT)
def stop_medication(course_id: uuid.UUID, medication_id: uuid.UUID) -> Any:
    """The last day."""
    medication = get_or_404(Medication, medication_id, course_id=course_id)
    form = StopForm(stopped_on=clock.today(), version=medication.version)

    def save() -> None:
        actions.stop_medication(medication, form.stopped_on.data, form.version.data)

    return saved_or_shown("courses/medication_stop.html", course_id, form, save, medication)


@bp.route(
    "/courses/<uuid:course_id>/medications/<uuid:medication_id>/dose", methods=["GET", "POST"]
)
@requires(Permission.COURSE_EDIT)
def change_dose(course_id: uuid.UUID, medication_id: uuid.UUID) -> Any:
    """Another dose from a day on."""
    medication = get_or_404(Medication, medication_id, course_id=course_id)
    form = DoseForm(from_on=clock.today(), version=medication.version)

    def save() -> None:
        actions.change_dose(medication, form.dose.data, form.from_on.data, form.version.data)

    return saved_or_shown("courses/medication_dose.html", course_id, form, save, medication)


@bp.route(
    "/courses/<uuid:course_id>/medications/<uuid:medication_id>/still-taken",
    methods=["GET", "POST"],
)
@requires(Permission.COURSE_EDIT)
def still_taken(course_id: uuid.UUID, medication_id: uuid.UUID) -> Any:
    """She was asked whether she still takes it."""
    medication = get_or_404(Medication, medication_id, course_id=course_id)
    form = AskedForm(version=medication.version)

    def save() -> None:
        actions.still_taken(medication, form.version.data)

    return saved_or_shown("courses/medication_asked.html", course_id, form, save, medication)


@bp.route(
    "/courses/<uuid:course_id>/medications/<uuid:medication_id>/error", methods=["GET", "POST"]
)
@requires(Permission.COURSE_EDIT)
def void_medication(course_id: uuid.UUID, medication_id: uuid.UUID) -> Any:
    """Entered in error, with the reason."""
    medication = get_or_404(Medication, medication_id, course_id=course_id)
    form = VoidForm(version=medication.version)

    def save() -> None:
        actions.void_medication(medication, form.reason.data, form.version.data)

    return saved_or_shown("courses/medication_error.html", course_id, form, save, medication)


def saved_or_shown(
    template: str,
    course_id: uuid.UUID,
    form: FORMS,
    save: Callable[[], None],
    medication: Medication | None = None,
) -> Any:
    """Save and go to the course, or show the form with what was typed and what is wrong."""
    medication_id = medication.id if medication else None
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        try:
            save()
            return redirect(url_for("courses.show", course_id=course_id), 303)
        except Unprocessable as refusal:
            form.take_errors(refusal)
        except actions.ChangedMeanwhile as clash:
            end_reading()
            form.form_errors.append(f"{clash} What you typed is below; look, then save once more.")
            status = 409
    course = get_or_404(Course, course_id)
    stored = get_or_404(Medication, medication_id) if medication_id else None
    page = render_template(
        template, form=form, medication=stored, clash=status == 409, **on_top(course)
    )
    return page, status

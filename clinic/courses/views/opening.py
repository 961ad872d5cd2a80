"""This file is about the page on which her courses are seen and opened."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, url_for

from clinic.accounts.queries import names_of
from clinic.core.gate import may
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.courses import actions, queries
from clinic.courses.forms import OpenCourseForm
from clinic.courses.rules import CourseStatus
from clinic.courses.views.blueprint import bp
from clinic.patients.models import Patient
from clinic.patients.queries import infants_of
from clinic.protocols.queries import by_ids


@bp.get("/patients/<uuid:patient_id>/courses")
@requires(Permission.CHART_READ)
def show_all(patient_id: uuid.UUID) -> str:
    """Her courses, and a form to open one when none is active."""
    patient = get_or_404(Patient, patient_id)
    return page(patient, OpenCourseForm(formdata=None))


@bp.post("/patients/<uuid:patient_id>/courses")
@requires(Permission.COURSE_OPEN)
def open_one(patient_id: uuid.UUID) -> Any:
    """Open a course under the protocol that was chosen."""
    patient = get_or_404(Patient, patient_id)
    form = OpenCourseForm()
    if not form.validate():
        return page(patient, form), 422
    course = actions.open_course(patient_id, form.chosen())
    flash(f"A course is open for {patient.name}.")
    return redirect(url_for("courses.show", course_id=course.id), 303)


def page(patient: Patient, form: OpenCourseForm) -> str:
    """The page of her courses."""
    shown = what_is_shown(patient, form)
    infants = infants_of(patient.id)
    return render_template("courses/list.html", patient=patient, infants=infants, **shown)


def panel(patient: Patient) -> str:
    """The same on the front page of her chart."""
    form = OpenCourseForm(formdata=None)
    return render_template("courses/_panel.html", patient=patient, **what_is_shown(patient, form))


def what_is_shown(patient: Patient, form: OpenCourseForm) -> dict[str, Any]:
    """Her courses with their protocols and people, and the form if one may be opened now."""
    courses = queries.of_patient(patient.id)
    active = [course for course in courses if course.status == CourseStatus.ACTIVE]
    return {
        "courses": courses,
        "faults": {course.id for course in active if queries.consent_fault(course.id)},
        "form": form if may(Permission.COURSE_OPEN) and not active else None,
        "people": names_of([course.opened_by_id for course in courses]),
        "versions": by_ids(course.protocol_version_id for course in courses),
    }

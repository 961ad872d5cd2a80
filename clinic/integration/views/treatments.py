"""This file is about the pages on which a treatment that lasts is begun, changed and taken out."""

import uuid
from typing import Any

from clinic.core import clock
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.integration import actions
from clinic.integration.forms import ErrorForm, TreatmentForm
from clinic.integration.models import CareTreatment
from clinic.integration.views.blueprint import bp
from clinic.integration.views.saving import saved_or_shown

ONE = "/courses/<uuid:course_id>/integration/treatments/<uuid:treatment_id>"


@bp.route("/courses/<uuid:course_id>/integration/treatments/new", methods=["GET", "POST"])
@requires(Permission.INTEGRATION_WRITE)
def new_treatment(course_id: uuid.UUID) -> Any:
    """Begin one."""
    form = TreatmentForm(started_on=clock.today())

    def save() -> None:
        actions.record_treatment(course_id, form.facts())

    return saved_or_shown("integration/treatment.html", course_id, form, save)


@bp.route(ONE, methods=["GET", "POST"])
@requires(Permission.INTEGRATION_WRITE)
def edit_treatment(course_id: uuid.UUID, treatment_id: uuid.UUID) -> Any:
    """Its last day, or a correction."""
    treatment = get_or_404(CareTreatment, treatment_id, course_id=course_id)
    form = TreatmentForm(obj=treatment)

    def save() -> None:
        actions.change_treatment(treatment, form.facts(), form.version.data)

    return saved_or_shown("integration/treatment.html", course_id, form, save, treatment)


@bp.route(f"{ONE}/error", methods=["GET", "POST"])
@requires(Permission.INTEGRATION_WRITE)
def void_treatment(course_id: uuid.UUID, treatment_id: uuid.UUID) -> Any:
    """Entered in error, with the reason."""
    treatment = get_or_404(CareTreatment, treatment_id, course_id=course_id)
    form = ErrorForm(version=treatment.version)

    def save() -> None:
        actions.void_treatment(treatment, form.reason.data, form.version.data)

    return saved_or_shown("integration/treatment_error.html", course_id, form, save, treatment)

"""This file is about the pages on which people outside the clinic are written down."""

import uuid
from typing import Any

from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.courses.models import Course
from clinic.integration import actions
from clinic.integration.forms import HelperForm
from clinic.integration.models import CareHelper
from clinic.integration.views.blueprint import bp
from clinic.integration.views.saving import saved_or_shown


@bp.route("/courses/<uuid:course_id>/integration/helpers/new", methods=["GET", "POST"])
@requires(Permission.INTEGRATION_WRITE)
def new_helper(course_id: uuid.UUID) -> Any:
    """Write down who helps her."""
    form, course = HelperForm(), get_or_404(Course, course_id)

    def save() -> None:
        actions.record_helper(course.patient_id, facts(form))

    return saved_or_shown("integration/helper.html", course_id, form, save)


@bp.route("/courses/<uuid:course_id>/integration/helpers/<uuid:helper_id>", methods=["GET", "POST"])
@requires(Permission.INTEGRATION_WRITE)
def edit_helper(course_id: uuid.UUID, helper_id: uuid.UUID) -> Any:
    """Correct, or say that she has somebody else."""
    course = get_or_404(Course, course_id)
    helper = get_or_404(CareHelper, helper_id, patient_id=course.patient_id)
    form = HelperForm(obj=helper)

    def save() -> None:
        actions.change_helper(helper, facts(form), form.version.data)

    return saved_or_shown("integration/helper.html", course_id, form, save, helper)


def facts(form: HelperForm) -> actions.HelperFacts:
    """What was entered, once it is valid."""
    return actions.HelperFacts(
        role=form.code(),
        name=form.name.data,
        place=form.place.data,
        phone=form.phone.data,
        note=form.note.data,
        ended_on=form.ended_on.data,
    )

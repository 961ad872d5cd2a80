"""This file is about the front page of a course: the hub of its stages."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import current_app, render_template

from clinic.accounts.queries import names_of
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.courses import queries
from clinic.courses.forms import CLASSES
from clinic.courses.models import Course
from clinic.courses.rules import END_REASONS
from clinic.courses.views.blueprint import bp


@bp.get("/courses/<uuid:course_id>")
@requires(Permission.CHART_READ)
def show(course_id: uuid.UUID) -> str:
    """Who she is, how far the course has come, consent, medicines; later rooms add panels."""
    course = get_or_404(Course, course_id)
    return render_template(
        "courses/show.html",
        **on_top(course),
        consent=queries.consent_of(course_id),
        wording=queries.wording_for(course_id),
        medications=queries.medications_of(course_id),
        voided=queries.voided_medications_of(course_id),
        classes=dict(CLASSES),
        reasons=dict(END_REASONS),
        people=names_of([id_ for id_ in (course.opened_by_id, course.ended_by_id) if id_]),
        panels=[panel(course) for panel in panels()],
    )


def on_top(course: Course) -> dict[str, Any]:
    """What the head of every page of a course needs."""
    return {"head": queries.head_of(course), "course": course}


def panels() -> list[Callable[[Course], str]]:
    """What other rooms show on the course's front page, in their order."""
    added = current_app.extensions.get("clinic.courses.panels", {})
    return [panel for _, panel in sorted(added.values(), key=lambda pair: pair[0])]

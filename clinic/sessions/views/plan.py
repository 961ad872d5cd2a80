"""This file is about planning a session of a course."""

import uuid
from typing import Any

from flask import g, redirect, render_template, request, url_for

from clinic.accounts.queries import staff
from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.gate import may
from clinic.core.permissions import Permission, Role, requires
from clinic.core.records import get_or_404
from clinic.courses.models import Course
from clinic.courses.queries import active_course
from clinic.evaluation.queries import agreed_pause, flat, latest_answers
from clinic.patients.models import Patient
from clinic.protocols import queries as protocols
from clinic.protocols.rules import Protocol
from clinic.sessions import actions
from clinic.sessions.forms import SessionForm
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import obstacles_of, of_patient
from clinic.sessions.rules import by_weight, worked_out
from clinic.sessions.views.blueprint import bp


@bp.route("/courses/<uuid:course_id>/sessions/new", methods=["GET", "POST"])
@requires(Permission.SESSION_PLAN)
def plan(course_id: uuid.UUID) -> Any:
    """Plan the next session: when, where, which dose, who ordered it, which pause was agreed."""
    course = get_or_404(Course, course_id)
    protocol = protocols.protocol_of(course.protocol_version_id)
    form = order_form(course, protocol)
    obstacles = obstacles_of(course)
    if form.validate_on_submit() and not obstacles:
        session = planned(course, form)
        return redirect(url_for("sessions.show", session_id=session.id), 303)
    patient = get_or_404(Patient, g.patient_id)
    page = render_template(
        "sessions/plan.html",
        form=form,
        writes_own=may(Permission.SESSION_ORDER),
        course=course,
        patient=patient,
        protocol=protocol,
        obstacles=obstacles,
        by_weight=by_weight(protocol),
        worked=worked_out(protocol, form.weight_kg.data) if form.weight_kg.data else {},
    )
    return page, (409 if obstacles else 422) if request.method == "POST" else 200


def order_form(course: Course, protocol: Protocol) -> SessionForm:
    """The form; a prescriber who plans is proposed as the one who orders, and the pause that was
    agreed in the evaluation as the one of the session."""
    writer = str(acting().actor_id)
    return SessionForm(
        plan=protocol,
        prescribers=[(str(id_), name) for id_, name in staff(Role.PSYCHIATRIST)],
        writer=writer,
        planned_at=clock.now(),
        agreed_pause_hours=agreed_pause(flat(latest_answers(course.id))),
        ordered_by=writer if may(Permission.SESSION_ORDER) else None,
    )


def planned(course: Course, form: SessionForm) -> TreatmentSession:
    """Plan what the form says."""
    return actions.plan_session(
        course,
        planned_at=form.planned_at.data,
        room=form.room.data,
        ordered_dose=form.ordered_dose,
        ordered_by_id=uuid.UUID(form.ordered_by.data),
        read_back=form.read_back.data,
        agreed_pause_hours=form.agreed_pause_hours.data,
        weight=form.weight,
    )


def panel(patient: Patient) -> str:
    """Her sessions on the front page of her chart, and the way to plan the next one."""
    return render_template(
        "sessions/of_patient.html",
        sessions=of_patient(patient.id),
        course=active_course(patient.id),
    )

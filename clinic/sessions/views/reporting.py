"""This file is about the page on which the report of a serious event is written down."""

import uuid
from typing import Any

from flask import abort, redirect, render_template, request, url_for

from clinic.accounts.queries import names_of
from clinic.core import clock
from clinic.core.errors import Unprocessable
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.patients.models import Patient
from clinic.sessions import actions
from clinic.sessions.forms import EventReportForm, TakeBackForm
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import plan_of, reports_of, state_of
from clinic.sessions.rules.reporting import TOLD, ReportedTo
from clinic.sessions.views.blueprint import bp

PAGE = "/sessions/<uuid:session_id>/events/<uuid:onset_id>"


@bp.route(PAGE, methods=["GET", "POST"])
@requires(Permission.SESSION_LOG)
def report(session_id: uuid.UUID, onset_id: uuid.UUID) -> Any:
    """One serious event: to whom it was reported, and the form for one more report."""
    session = get_or_404(TreatmentSession, session_id)
    form = EventReportForm(reported_on=clock.today())
    if form.validate_on_submit():
        try:
            actions.report_event(
                session_id,
                onset_id,
                to=ReportedTo(form.reported_to.data),
                on=form.reported_on.data,
                text=form.text.data or "",
            )
            return redirect(url_for("sessions.show", session_id=session_id), 303)
        except Unprocessable as refusal:
            form.take_errors(refusal)
    return page(session, onset_id, form, TakeBackForm(formdata=None))


@bp.post(PAGE + "/reports/<uuid:report_id>/error")
@requires(Permission.SESSION_LOG)
def take_back(session_id: uuid.UUID, onset_id: uuid.UUID, report_id: uuid.UUID) -> Any:
    """A report was entered in error."""
    session = get_or_404(TreatmentSession, session_id)
    form = TakeBackForm()
    if form.validate():
        actions.take_back_report(session_id, report_id, reason=form.reason.data)
        return redirect(url_for("sessions.report", session_id=session_id, onset_id=onset_id), 303)
    empty = EventReportForm(formdata=None, reported_on=clock.today())
    return page(session, onset_id, empty, form)


def page(
    session: TreatmentSession, onset_id: uuid.UUID, form: EventReportForm, error: TakeBackForm
) -> tuple[str, int]:
    """The page of one serious event."""
    effects = state_of(session, clock.now()).side_effects
    effect = next((e for e in effects if e.onset_id == onset_id and e.serious), None)
    if effect is None:
        abort(404)
    reports = [r for r in reports_of([session.id]).get(session.id, []) if r.onset_id == onset_id]
    content = render_template(
        "sessions/report.html",
        session=session,
        patient=get_or_404(Patient, session.patient_id),
        plan=plan_of(session),
        effect=effect,
        reports=reports,
        names=names_of({report.author_id for report in reports}),
        told=dict(TOLD),
        form=form,
        error=error,
    )
    return content, 422 if request.method == "POST" else 200

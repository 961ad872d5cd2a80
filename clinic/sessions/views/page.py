"""This file is about the page of one session: what is due, what was found, forms to log it."""

import uuid
from typing import Any

from flask import Response, make_response, render_template, request

from clinic.accounts.queries import names_of
from clinic.core import clock, signatures
from clinic.core.db import new_id
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.patients.models import Patient
from clinic.patients.queries import infants_of
from clinic.sessions.charts import session_chart
from clinic.sessions.forms import FORMS, CheckInForm
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import entries_of, plan_of, state_of
from clinic.sessions.rules import SessionState
from clinic.sessions.views.blueprint import bp


@bp.get("/sessions/<uuid:session_id>")
@requires(Permission.CHART_READ)
def show(session_id: uuid.UUID) -> str:
    """The session at this moment."""
    return render_template(
        "sessions/session.html", **shown(get_or_404(TreatmentSession, session_id))
    )


@bp.get("/sessions/<uuid:session_id>/live")
@requires(Permission.CHART_READ, polled=True)
def live(session_id: uuid.UUID) -> Response:
    """What moves by itself on the page: clock, slots, alerts. 304 while it does not."""
    session = get_or_404(TreatmentSession, session_id)
    entries = entries_of(session.id)
    state = state_of(session, clock.now(), entries)
    last = entries[-1].log_seq if entries else 0
    response = make_response()
    response.set_etag(f"{session.version}-{last}-{state.changes_at}-{state.clock.elapsed_minutes}")
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    if response.status_code != 304:
        response.set_data(render_template("sessions/_live.html", **shown(session)))
    return response


def shown(session: TreatmentSession, failed: Any = None) -> dict[str, Any]:
    """Everything the page shows. `failed` is a form that was refused: it keeps what was typed."""
    state = state_of(session, clock.now())
    plan = plan_of(session)
    return {
        "session": session,
        "patient": get_or_404(Patient, session.patient_id),
        "infants": infants_of(session.patient_id),
        "plan": plan,
        "state": state,
        "names": names_of(people_in(session, state)),
        "chart": session_chart(plan, state),
        "forms": {kind: form(formdata=None, plan=plan) for kind, form in FORMS.items()},
        "check_in": CheckInForm(formdata=None),
        "failed": failed,
        "new_id": new_id,
        "discharge": signatures.latest("discharge", session.id),
    }


def people_in(session: TreatmentSession, state: SessionState) -> set[uuid.UUID]:
    """Everybody whose name the page shows."""
    authors = {line.original.author_id for line in state.log}
    authors |= {correction.author_id for line in state.log for correction in line.corrections}
    answerers = {item.answered_by for item in (*state.pre_dose_items, *state.discharge_items)}
    known = authors | answerers | {session.ordered_by_id, session.responsible_id}
    return {person for person in known if person is not None}

"""This file is about leaving: criteria, advice to take home, the signature."""

import uuid
from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for

from clinic.accounts.queries import names_of, own_clinic
from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.errors import Unprocessable
from clinic.core.gate import standing
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.core.signatures import prove
from clinic.evaluation.queries import flat, latest_answers
from clinic.messages.queries import numbers
from clinic.sessions import actions
from clinic.sessions.forms import DischargeForm
from clinic.sessions.models import TreatmentSession
from clinic.sessions.views.blueprint import bp
from clinic.sessions.views.page import shown
from clinic.sessions.views.printing import known


@bp.route("/sessions/<uuid:session_id>/discharge", methods=["GET", "POST"])
@requires(Permission.SESSION_SIGN)
def discharge(session_id: uuid.UUID) -> Any:
    """Can she leave, what is missing, and the signature."""
    session = get_or_404(TreatmentSession, session_id)
    if session.locked_at is not None:
        return redirect(url_for("sessions.show", session_id=session_id), 303)
    form = DischargeForm(left_at=clock.now())
    if form.validate_on_submit() and signed(session_id, form):
        return redirect(url_for("sessions.show", session_id=session_id), 303)
    page = render_template("sessions/discharge.html", form=form, **shown(session))
    return page, 422 if request.method == "POST" else 200


def signed(session_id: uuid.UUID, form: DischargeForm) -> bool:
    """Whether the discharge was signed; if not, the form says why."""
    try:
        actions.sign_discharge(
            session_id,
            left_at=form.left_at.data,
            would_have_been_ready_minutes=form.would_have_been_ready_minutes.data,
            proof=prove(form.password.data, standing().name),
        )
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return False
    return True


@bp.get("/sessions/<uuid:session_id>/leaving-advice")
@requires(Permission.CHART_READ)
def leaving_advice(session_id: uuid.UUID) -> str:
    """What she takes home on paper: until tomorrow, whom to call; where an infant gets her milk,
    the agreed pause."""
    session = get_or_404(TreatmentSession, session_id)
    content, call = known(session), numbers()
    fed = [infant for infant in content["infants"] if infant.gets_her_milk]
    return render_template(
        "sessions/print/advice.html",
        fed=fed,
        babies=" or ".join(infant.given_name or "the baby" for infant in fed),
        phone=call.clinic_line or own_clinic().phone,
        call=call,
        zone=acting().timezone,
        **(agreement(session) if fed else {}),
        **content,
    )


def agreement(session: TreatmentSession) -> dict[str, str]:
    """With whom and when the pause was agreed: as the evaluation says, else as it was ordered."""
    said = flat(latest_answers(session.course_id))
    ordered_on = session.ordered_at.astimezone(acting().timezone).date()
    day = said.get("pause_agreed_on")
    agreed_on = date.fromisoformat(day) if day else ordered_on
    orderer = names_of({session.ordered_by_id}).get(session.ordered_by_id, "your prescriber")
    return {
        "agreed_with": said.get("pause_agreed_with") or orderer,
        "agreed_on": f"{agreed_on:%d %b}",
    }

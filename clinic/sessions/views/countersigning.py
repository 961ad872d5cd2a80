"""This file is about countersigning an order by phone, and the list of those that wait."""

import uuid
from typing import Any

from flask import abort, redirect, render_template, request, url_for

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.errors import Unprocessable
from clinic.core.gate import may, standing
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.core.signatures import prove
from clinic.sessions import actions
from clinic.sessions.forms.session import Signature
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import orders_waiting_for
from clinic.sessions.views.around import countersigned_in_words
from clinic.sessions.views.blueprint import bp
from clinic.sessions.views.page import shown


@bp.route(
    "/sessions/<uuid:session_id>/orders/<uuid:order_id>/countersignature", methods=["GET", "POST"]
)
@requires(Permission.SESSION_ORDER)
def countersign(session_id: uuid.UUID, order_id: uuid.UUID) -> Any:
    """She countersigns an order by phone, as she reads it, with her password (definitions D8.3)."""
    session, form = get_or_404(TreatmentSession, session_id), Signature()
    if form.validate_on_submit() and countersigned(session_id, order_id, form):
        return redirect(url_for("sessions.show", session_id=session_id, _anchor="orders"), 303)
    content = shown(session)
    order = next((o for o in content["state"].orders if o.version_id == order_id), None)
    if order is None:
        abort(404)
    page = render_template("sessions/countersign.html", form=form, order=order, **content)
    return page, 422 if request.method == "POST" else 200


def countersigned(session_id: uuid.UUID, order_id: uuid.UUID, form: Signature) -> bool:
    """Whether the order was countersigned; if not, the form says why."""
    try:
        proof = prove(form.password.data, standing().name)
        actions.countersign(session_id, order_id, proof=proof)
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return False
    return True


def waiting_orders() -> str:
    """The orders that wait for this person's countersignature, below the board."""
    if not may(Permission.SESSION_ORDER):
        return ""
    waiting = orders_waiting_for(acting().actor_id, clock.now())
    if not waiting:
        return ""
    return render_template("sessions/_waiting_orders.html", waiting=waiting, said=said)


def said(order: Any) -> str:
    """How it stands with one of them, in words."""
    return countersigned_in_words(order, {})

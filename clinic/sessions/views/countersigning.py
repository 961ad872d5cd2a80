"""This file is about the button under an order by phone, and the list of those that wait."""

import uuid
from typing import Any

from flask import redirect, render_template, url_for

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.gate import may
from clinic.core.permissions import Permission, requires
from clinic.sessions import actions
from clinic.sessions.queries import orders_waiting_for
from clinic.sessions.views.around import countersigned_in_words
from clinic.sessions.views.blueprint import bp


@bp.post("/sessions/<uuid:session_id>/orders/<uuid:order_id>/countersignature")
@requires(Permission.SESSION_ORDER)
def countersign(session_id: uuid.UUID, order_id: uuid.UUID) -> Any:
    """She countersigns an order by phone, as she reads it (definitions D8.3)."""
    actions.countersign(session_id, order_id)
    return redirect(url_for("sessions.show", session_id=session_id, _anchor="orders"), 303)


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

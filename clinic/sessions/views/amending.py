"""This file is about the page on which a signed session is amended."""

import uuid
from typing import Any

from flask import abort, redirect, render_template, request, url_for

from clinic.core.db import new_id
from clinic.core.errors import Unprocessable
from clinic.core.gate import standing
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.core.signatures import prove
from clinic.sessions import actions
from clinic.sessions.forms import AmendmentForm
from clinic.sessions.models import LogEntry, TreatmentSession
from clinic.sessions.views.blueprint import bp
from clinic.sessions.views.page import shown


@bp.route("/sessions/<uuid:session_id>/amendment", methods=["GET", "POST"])
@bp.route("/sessions/<uuid:session_id>/entries/<uuid:entry_id>/amendment", methods=["GET", "POST"])
@requires(Permission.SESSION_SIGN)
def amend(session_id: uuid.UUID, entry_id: uuid.UUID | None = None) -> Any:
    """Amend one entry, or the session as a whole; what was signed stays as it is."""
    session = get_or_404(TreatmentSession, session_id)
    if entry_id is not None:
        get_or_404(LogEntry, entry_id, session_id=session_id)
    form = AmendmentForm(id=new_id())
    if form.validate_on_submit() and amended(session_id, entry_id, form):
        anchor = f"log-{entry_id}" if entry_id else "signed-title"
        return redirect(url_for("sessions.show", session_id=session_id, _anchor=anchor), 303)
    content = shown(session)
    lines = [line for line in content["state"].log if line.root_id == entry_id]
    if entry_id is not None and not lines:
        abort(404)
    page = render_template("sessions/amend.html", form=form, lines=lines, **content)
    return page, 422 if request.method == "POST" else 200


def amended(session_id: uuid.UUID, entry_id: uuid.UUID | None, form: AmendmentForm) -> bool:
    """Whether the amendment was taken; if not, the form says why."""
    try:
        actions.amend(
            session_id,
            form.id.data,
            entry_id=entry_id,
            text=form.text.data,
            reason=form.reason.data,
            proof=prove(form.password.data, standing().name),
        )
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return False
    return True

"""This file is about the pages on which a psychiatrist lets a hold (D3) or a criterion (D6) be."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import abort, redirect, render_template, request, url_for

from clinic.core.errors import Refused, Unprocessable
from clinic.core.gate import standing
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.core.signatures import prove
from clinic.sessions import actions
from clinic.sessions.forms import CriterionForm, OverrideForm
from clinic.sessions.models import TreatmentSession
from clinic.sessions.rules.overriding import criterion_of, mark_of, overriding_refused
from clinic.sessions.views.blueprint import bp
from clinic.sessions.views.page import shown

SHARED = "This tablet is shared. A psychiatrist signs from her own computer or telephone."


@bp.route("/sessions/<uuid:session_id>/criteria/<code>/override", methods=["GET", "POST"])
@requires(Permission.DISCHARGE_OVERRIDE)
def override_criterion(session_id: uuid.UUID, code: str) -> Any:
    """She may leave although one criterion is not met: the reason, and her own signature."""
    session, form = get_or_404(TreatmentSession, session_id), CriterionForm()
    content = shown(session)
    criterion = criterion_of(content["state"], code) or abort(404)
    said = {"seen": form.seen.data, "reason": form.reason.data}
    if form.validate_on_submit() and signed(
        form, actions.override_criterion, session_id, code, **said
    ):
        return redirect(url_for("sessions.discharge", session_id=session_id), 303)
    refused = SHARED if standing().device else overriding_refused(content["state"], code)
    page = render_template(
        "sessions/override_criterion.html",
        form=form,
        criterion=criterion,
        mark=mark_of(criterion),
        refused=refused,
        **content,
    )
    return page, 422 if request.method == "POST" else 200


@bp.route("/sessions/<uuid:session_id>/override", methods=["GET", "POST"])
@requires(Permission.HOLD_OVERRIDE)
def override(session_id: uuid.UUID) -> Any:
    """The dose may be given although the reading holds it: the reason, and her own signature."""
    session, form = get_or_404(TreatmentSession, session_id), OverrideForm()
    if form.validate_on_submit() and signed(
        form, actions.override_hold, session_id, reason=form.reason.data
    ):
        return redirect(url_for("sessions.show", session_id=session_id), 303)
    refused = SHARED if standing().device else None
    page = render_template("sessions/override.html", form=form, refused=refused, **shown(session))
    return page, 422 if request.method == "POST" else 200


def signed(
    form: CriterionForm | OverrideForm, override: Callable[..., Any], *of: Any, **said: Any
) -> bool:
    """Whether it was overridden; if not, the form says why. Raises Refused on a shared tablet."""
    if standing().device is not None:
        raise Refused(SHARED)
    try:
        override(*of, **said, proof=prove(form.password.data, standing().name))
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return False
    return True

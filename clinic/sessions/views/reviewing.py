"""This file is about the page on which a psychiatrist reviews a signed session."""

import uuid
from typing import Any

from flask import redirect, render_template, request, url_for

from clinic.core import clock
from clinic.core.db import end_reading
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.gate import may, standing
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.core.signatures import prove
from clinic.sessions import actions
from clinic.sessions.forms import ReviewForm
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import reviews_of, unreviewed, unreviewed_count
from clinic.sessions.views.blueprint import bp
from clinic.sessions.views.page import shown

ON_BOARD = 5  # sessions named beside the board; the work list has all


@bp.route("/sessions/<uuid:session_id>/review", methods=["GET", "POST"])
@requires(Permission.DECISION_SIGN)
def review(session_id: uuid.UUID) -> Any:
    """She reviews a signed session, with her password; what is added later opens it again."""
    session, form = get_or_404(TreatmentSession, session_id), ReviewForm()
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        try:
            proof = prove(form.password.data, standing().name)
            actions.review_session(session_id, seen=form.seen.data, proof=proof)
            return redirect(url_for("sessions.show", session_id=session_id, _anchor="review"), 303)
        except Unprocessable as refusal:
            form.take_errors(refusal)
        except Conflict as clash:
            end_reading()
            session, status = get_or_404(TreatmentSession, session_id), 409
            form.form_errors.append(str(clash))
    standing_now = reviews_of([session_id]).get(session_id)
    page = render_template(
        "sessions/review.html", form=form, standing_now=standing_now, **shown(session)
    )
    return page, status


def waiting_reviews() -> str:
    """The sessions that wait for a review, beside the board of whoever may review."""
    if not may(Permission.DECISION_SIGN):
        return ""
    count = unreviewed_count()
    if not count:
        return ""
    waiting = unreviewed(ON_BOARD)
    return render_template(
        "sessions/_waiting_reviews.html", waiting=waiting, count=count, now=clock.now()
    )

"""This file is about the printed record without her name: who takes it, and what stays out."""

import uuid
from collections.abc import Iterable
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy import select

from clinic.core.db import db
from clinic.core.formatting import initials
from clinic.core.paper import as_file
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.sessions import actions
from clinic.sessions.forms import DeidentifiedForm, SessionWantedForm
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import written_late
from clinic.sessions.rules.amending import by_entry
from clinic.sessions.rules.deidentified import without_names, without_words
from clinic.sessions.rules.results import PhoneOrder
from clinic.sessions.views.around import named_in
from clinic.sessions.views.blueprint import bp
from clinic.sessions.views.printing import known, record_of, summary

FILE = "session-record-deidentified.pdf"


@bp.route("/sessions/<uuid:session_id>/record/deidentified", methods=["GET", "POST"])
@requires(Permission.EXPORT_DEIDENTIFIED)
def deidentified(session_id: uuid.UUID) -> Any:
    """The record without the first block, staff by their initials; noted in the trail first."""
    session, form = get_or_404(TreatmentSession, session_id), DeidentifiedForm(size="a4")
    if form.validate_on_submit():
        words = bool(form.words.data)
        actions.note_leaving(session, "deidentified-record", purpose=form.purpose.data, words=words)
        content = known(session)
        content |= summary(content)
        return as_file(record_of(content | hidden(content, words=words), form.size.data), FILE)
    page = render_template("sessions/deidentified.html", form=form, session=session)
    return page, 422 if request.method == "POST" else 200


@bp.route("/sessions/deidentified", methods=["GET", "POST"])
@requires(Permission.EXPORT_DEIDENTIFIED)
def deidentified_by_id() -> Any:
    """Which session, for those who see no chart: the exports name it by its id."""
    form = SessionWantedForm()
    if form.validate_on_submit():
        wanted = select(TreatmentSession.id).where(TreatmentSession.id == form.session_id.data)
        if (found := db.session.scalar(wanted)) is not None:
            return redirect(url_for("sessions.deidentified", session_id=found), 303)
        form.session_id.errors = ["There is no such session in this clinic."]
    page = render_template("sessions/deidentified_by_id.html", form=form)
    return page, 422 if request.method == "POST" else 200


def hidden(content: dict[str, Any], *, words: bool) -> dict[str, Any]:
    """What stands in place of all that names her, her clinic, her day, or staff."""
    plan, state = content["plan"], content["state"]
    names = {id_: apart(name) for id_, name in content["names"].items()}
    named = {id_: apart(name) for id_, name in named_in(state).items()}
    found = content["amendments"] if words else without_words(content["amendments"])
    return {
        "deidentified": True,
        "state": without_names(state, apart, words=words),
        "names": names,
        "words": content["words"] | named | countersigned(state.orders, named),
        "amendments": found,
        "beside": by_entry(found),
        "written_late": written_late(plan, state, apart, days=False),
        "patient": None,
        "infants": [],
        "clinic": "",
    }


def apart(name: str) -> str:
    """`A K` for Aiko Kimura: initials that have initials themselves."""
    return " ".join(initials(name))


def countersigned(orders: Iterable[PhoneOrder], names: dict[Any, str]) -> dict[Any, str]:
    """Id of the entry that says an order now -> by whom it is countersigned, without a day."""
    return {
        order.version_id: f"countersigned by {names.get(order.countersigned_by, 'a psychiatrist')}"
        if order.countersigned_at
        else "not countersigned"
        for order in orders
    }


def record_to_hand_out(session_id: uuid.UUID, named: bool) -> bytes:
    """The record of a session, with or without her name, for an export."""
    content = known(db.session.get_one(TreatmentSession, session_id))
    content |= summary(content)
    return record_of(content if named else content | hidden(content, words=False), "a4")

"""This file is about the inspection of a session: to choose, to read, and on paper."""

import json
import uuid
from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, url_for

from clinic.accounts.queries import names_of
from clinic.accounts.rules.trail import ACTIONS
from clinic.core import clock, records
from clinic.core.audit import reading
from clinic.core.formatting import at_moment, quantity
from clinic.core.permissions import Permission, requires
from clinic.core.signatures import broken_because
from clinic.reports.forms.obligations import InspectionForm
from clinic.reports.queries.inspection import Inspection, inspection_of, sessions_of
from clinic.reports.queries.session_copy import copy_of_session
from clinic.reports.views.papers import inspection_pdf
from clinic.sessions.actions import note_leaving
from clinic.sessions.actions.discharge import log_hashes
from clinic.sessions.models import TreatmentSession
from clinic.sessions.rules.reporting import TOLD

bp = Blueprint("inspection", __name__)


@bp.route("/inspection", methods=["GET", "POST"])
@requires(Permission.INSPECTION_READ)
def find() -> Any:
    """Ask for the number of a patient, which stands in no address."""
    form = InspectionForm()
    if form.validate_on_submit():
        return redirect(url_for("inspection.choose", patient_id=form.patient_id), 303)
    status = 422 if form.errors else 200
    return render_template("reports/inspection_find.html", form=form), status


@bp.get("/patients/<uuid:patient_id>/inspection")
@requires(Permission.INSPECTION_READ)
def choose(patient_id: uuid.UUID) -> str:
    """Her sessions, under her number alone."""
    number = records.numbers_of([patient_id])[patient_id]
    sessions = sessions_of(patient_id)
    return render_template("reports/inspection_choose.html", number=number, sessions=sessions)


@bp.get("/sessions/<uuid:session_id>/inspection")
@requires(Permission.INSPECTION_READ)
def show(session_id: uuid.UUID) -> str:
    """All that was written of one session, and its trail."""
    return render_template("reports/inspection.html", **content(opened(session_id)))


@bp.get("/sessions/<uuid:session_id>/inspection.pdf")
@requires(Permission.INSPECTION_READ)
def print_session(session_id: uuid.UUID) -> Response:
    """The same on paper."""
    found = opened(session_id)
    return inspection_pdf(found.session, content(found))


@bp.post("/sessions/<uuid:session_id>/inspection/copy")
@requires(Permission.INSPECTION_READ)
def copy(session_id: uuid.UUID) -> Response:
    """The session with its history as one file of data. That it leaves is an event of the trail."""
    session = records.get_or_404(TreatmentSession, session_id)
    text = json.dumps(copy_of_session(session), ensure_ascii=False, indent=1, sort_keys=True)
    note_leaving(session, "session-copy", sha256=sha256(text.encode()).hexdigest())
    response = Response(text, mimetype="application/json")
    name = f"session-{session.number}-{session.id}.json"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def opened(session_id: uuid.UUID) -> Inspection:
    """The inspection of a session. That its trail was read is an event of the trail."""
    reading.note_search(g.patient_id)
    return inspection_of(records.get_or_404(TreatmentSession, session_id))


def content(inspection: Inspection) -> dict[str, Any]:
    """What page and paper show."""
    hashes, names = dict(log_hashes(inspection.session.id)), names_of(inspection.people())
    return {
        "inspection": inspection,
        "session": inspection.session,
        "state": inspection.state,
        "plan": inspection.plan,
        "head": head_of(inspection, names),
        "hashes": hashes,
        "signed": [is_as_signed(one, hashes) for one in inspection.documents],
        "names": names,
        "words": inspection.words(names),
        "told": dict(TOLD),
        "actions": ACTIONS,
        "printed_at": clock.now(),
    }


def is_as_signed(document: Any, hashes: dict[str, str]) -> tuple[Any, bool, bool | None]:
    """A document, whether its hash fits, and whether the log is the one that it covers; None: it
    covers no log."""
    log, unchanged = document.content().get("log"), document.is_unchanged()
    if log is None:
        return document, unchanged, None
    fits = all(hashes.get(id_) == hash_ for id_, hash_ in log)
    return document, unchanged, fits and not (unchanged and broken_because(document))


def head_of(inspection: Inspection, names: dict[uuid.UUID, str]) -> list[tuple[str, str]]:
    """What stands on top: (what, value)."""
    session, state = inspection.session, inspection.state
    ordered = f"{quantity(session.ordered_dose, 'mg')}, {names.get(session.ordered_by_id, '')}"
    minutes, nurse = state.clock.total_minutes, session.responsible_id
    return [
        ("Patient", inspection.number),
        ("Session", f"{session.number}, {session.status.value}"),
        ("Protocol", f"{inspection.protocol.code} v{inspection.protocol.n}"),
        ("SHA-256 of the protocol", inspection.protocol.digest),
        ("Ordered", f"{ordered}, {at_moment(session.ordered_at)}"),
        ("Given", state.dose.text if state.clock.t0 else "No dose"),
        ("First dose", at_moment(state.clock.t0) or "none"),
        ("Left", at_moment(state.clock.left_at) or "not in the log"),
        ("Stayed", "unknown" if minutes is None else f"{minutes} min"),
        ("Who answers for it", names.get(nurse, "") if nurse else "nobody"),
        ("Signed", at_moment(session.locked_at) or "not signed"),
    ]

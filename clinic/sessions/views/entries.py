"""This file is about saving an entry: by a script (PUT) or by a page (POST), one way in."""

import uuid
from datetime import date
from typing import Any

from flask import Response, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from clinic.accounts.queries import names_of
from clinic.core import clock, strict_json
from clinic.core.errors import Unprocessable
from clinic.core.forms import from_json
from clinic.core.gate import standing
from clinic.core.openapi import takes_json
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.sessions import actions
from clinic.sessions.actions.log import ASK, Overtaken
from clinic.sessions.forms import FORMS, CheckInForm, DischargeForm, EntryForm
from clinic.sessions.forms.base import spelled
from clinic.sessions.models import LogEntry, TreatmentSession
from clinic.sessions.queries import entry_by_id, plan_of
from clinic.sessions.views.blueprint import bp
from clinic.sessions.views.hearing import heard_of
from clinic.sessions.views.offline import refuse_another_owner
from clinic.sessions.views.page import shown
from clinic.sessions.views.tablet import name_tablet

# Pages beside the session's own that a form may come from, and go back to.
BACK = {"discharge": "sessions.discharge"}


@bp.put("/sessions/<uuid:session_id>/entries/<uuid:entry_id>")
@requires(Permission.SESSION_LOG)
@takes_json(kinds=FORMS)
def put_entry(session_id: uuid.UUID, entry_id: uuid.UUID) -> tuple[Response, int]:
    """Save one entry under the id that the tablet chose; sending it twice is harmless."""
    if not request.is_json:
        abort(415)
    payload = strict_json.loads(request.get_data())
    kind = payload.get("kind") if isinstance(payload, dict) else None
    if not isinstance(kind, str) or kind not in FORMS:
        raise Unprocessable({"kind": [f"Send one of: {', '.join(FORMS)}."]})
    refuse_another_owner()
    session = get_or_404(TreatmentSession, session_id)
    form = from_json(FORMS[kind], payload, plan=plan_of(session))
    if not form.validate():
        raise Unprocessable(form.plain_errors)
    name_tablet(form)
    heard_of([session_id])
    try:
        entry, is_new = actions.record_entry(session_id, entry_id, kind, form, standing().role)
    except Overtaken as clash:
        return jsonify(error=str(clash), fields={}, stored=told(clash.stored)), clash.status
    return jsonify(saved(entry)), 201 if is_new else 200


def saved(entry: LogEntry) -> dict[str, Any]:
    """What a script is told of a stored entry."""
    return {
        "id": str(entry.id),
        "session_id": str(entry.session_id),
        "kind": entry.kind,
        "log_seq": entry.log_seq,
        "recorded_at": entry.recorded_at.isoformat(),
        "content_hash": entry.content_hash,
    }


def told(entry: LogEntry) -> dict[str, Any]:
    """What stands already, for whoever sent something else: who, when, and what in its fields."""
    said = {name: spelled(value) for name, value in as_typed(entry).items() if value is not None}
    names = names_of({entry.author_id})
    about = {"by": names.get(entry.author_id, ""), "reason": entry.reason}
    return saved(entry) | about | {"withdrawn": entry.withdrawn, "says": said}


@bp.post("/sessions/<uuid:session_id>/entries/<uuid:entry_id>")
@requires(Permission.SESSION_LOG)
def post_entry(session_id: uuid.UUID, entry_id: uuid.UUID) -> Any:
    """The same from a form of the page: back to the page, or the page with what was wrong."""
    session = get_or_404(TreatmentSession, session_id)
    kind = request.form.get("kind", "")
    if kind not in FORMS:
        raise Unprocessable({"kind": ["Choose what to save."]})
    form = FORMS[kind](formdata=typed(entry_id), plan=plan_of(session))
    try:
        taken = form.validate() and kept(session_id, entry_id, kind, form)
    except Overtaken as clash:
        return overtaken(session, form, clash)
    if not taken:
        correcting = entry_by_id(form.corrects_id.data) if form.corrects_id.data else None
        return refused(session, form, correcting)
    page = BACK.get(request.form.get("back", ""), "sessions.show")
    return redirect(url_for(page, session_id=session_id), 303)


def typed(entry_id: uuid.UUID) -> MultiDict[str, str]:
    """What was sent. A button says "now": the moment it arrives, and still that when sent twice."""
    sent = request.form.copy()
    if sent.get("effective_at") == "now":
        stored = entry_by_id(entry_id)
        moment = stored.effective_at if stored else clock.now()
        sent["effective_at"] = moment.isoformat()
    return sent


def kept(session_id: uuid.UUID, entry_id: uuid.UUID, kind: str, form: EntryForm) -> bool:
    """Whether the session took the entry; if not, the form says why."""
    name_tablet(form)
    try:
        actions.record_entry(session_id, entry_id, kind, form, standing().role)
    except Unprocessable as refusal:
        form.take_errors(refusal)
        form.asks = str(refusal) == ASK
        return False
    return True


def refused(
    session: TreatmentSession, form: EntryForm, correcting: LogEntry | None
) -> tuple[str, int]:
    """The page again, with everything that was typed and what was wrong with it."""
    if correcting is not None:
        return correction_page(session, correcting, form), 422
    if request.form.get("back") == "discharge":
        signing = DischargeForm(formdata=None, left_at=clock.now())
        page = shown(session, failed=form)
        return render_template("sessions/discharge.html", form=signing, **page), 422
    return render_template("sessions/session.html", **shown(session, failed=form)), 422


def overtaken(session: TreatmentSession, form: EntryForm, clash: Overtaken) -> tuple[str, int]:
    """What was typed, above it what somebody else wrote meanwhile. Sent again it corrects that."""
    if clash.stored.session_id != session.id or clash.stored.kind != form.kind.data:
        raise clash
    form.form_errors.append(f"{clash} What stands now: {in_words(clash.stored)}")
    return correction_page(session, clash.stored, form), clash.status


def in_words(entry: LogEntry) -> str:
    """What an entry says, in one sentence."""
    said = told(entry)
    hidden = ("kind", "corrects_id", "effective_at")
    values = [f"{n.replace('_', ' ')} {v}" for n, v in said["says"].items() if n not in hidden]
    what = "entered in error" if entry.withdrawn else ", ".join(values)
    return f"{what} ({said['by']}{': ' + entry.reason if entry.reason else ''})."


@bp.get("/sessions/<uuid:session_id>/entries/<uuid:entry_id>/correct")
@requires(Permission.SESSION_LOG)
def correct(session_id: uuid.UUID, entry_id: uuid.UUID) -> str:
    """Correct an entry: a new one that names it, with the reason. The old one stays readable."""
    session = get_or_404(TreatmentSession, session_id)
    entry = get_or_404(LogEntry, entry_id, session_id=session_id)
    form = FORMS[entry.kind](formdata=None, plan=plan_of(session), **as_typed(entry))
    return correction_page(session, entry, form)


def as_typed(entry: LogEntry) -> dict[str, Any]:
    """A stored entry as the values of its form."""
    said = entry.said()
    values = {"kind": entry.kind, "effective_at": entry.effective_at, "corrects_id": entry.id}
    for sign, why in said.pop("absent", {}).items():
        values[f"{sign}_absent"] = why
    if "expires_on" in said:
        said["expires_on"] = date.fromisoformat(said["expires_on"])
    names = ("systolic", "diastolic", "heart_rate", "respiratory_rate", "spo2", "oxygen_l_min",
             "temperature", "moaas", "dissociation")  # fmt: skip
    return values | {name: getattr(entry, name) for name in names} | said


def correction_page(session: TreatmentSession, entry: LogEntry, form: EntryForm) -> str:
    """The form of one entry, with its reason."""
    content = shown(session)
    terms = [(term.code, term.text) for term in content["plan"].side_effects.terms]
    return render_template("sessions/correct.html", entry=entry, form=form, terms=terms, **content)


@bp.post("/sessions/<uuid:session_id>/check-in")
@requires(Permission.SESSION_LOG)
def check_in(session_id: uuid.UUID) -> Any:
    """Check her in after a second identifier agrees with the record (definitions D8.2)."""
    session = get_or_404(TreatmentSession, session_id)
    form = CheckInForm()
    if form.validate():
        try:
            actions.check_in(session_id, born_on=form.born_on.data)
        except Unprocessable as refusal:
            form.take_errors(refusal)
    if form.errors:
        return render_template("sessions/session.html", **shown(session) | {"check_in": form}), 422
    return redirect(url_for("sessions.show", session_id=session_id), 303)

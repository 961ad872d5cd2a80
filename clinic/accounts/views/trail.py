"""This file is about the trail as an auditor reads it: events, who viewed whom, the chain."""

import uuid
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from werkzeug.datastructures import MultiDict

from clinic.accounts import actions
from clinic.accounts.forms import TrailExportForm, TrailForm, WhoViewedForm
from clinic.accounts.queries import names_of, own_clinic
from clinic.accounts.queries.trail import exported, last_check, looks_at
from clinic.accounts.rules.trail import ACTIONS, lookers
from clinic.core import clock, records, verify
from clinic.core.audit import clear, reading
from clinic.core.audit.reading import Event, Search
from clinic.core.gate import may
from clinic.core.permissions import Permission, requires
from clinic.notation.rules.spreadsheet import file_name

bp = Blueprint("trail", __name__, url_prefix="/trail")
CHECKED = 20_000  # events; the whole chain is walked by a command of the operator's
CHOSEN = ("from", "to", "person", "action")


@bp.get("")
@requires(Permission.TRAIL_READ)
def show() -> Any:
    """The events of this clinic, newest first."""
    asked = MultiDict((name, v) for name, v in request.args.items(multi=True) if name != "number")
    form = TrailForm(formdata=asked)
    status = 200 if form.validate() else 422
    if form.patient_id:
        reading.note_search(form.patient_id)
    return page(form), status


@bp.post("")
@requires(Permission.TRAIL_READ)
def search() -> Any:
    """Choose events: a number that was typed does not stand in the address."""
    form = TrailForm()
    if not form.validate():
        return page(form), 422
    return redirect(url_for("trail.show", **chosen_in(form)), 303)


@bp.post("/export")
@requires(Permission.TRAIL_READ)
def export() -> Any:
    """Note the export, then stream the file. The note is committed before the first byte.

    With the right to export alone the trail is a table of *Reports*, which asks for the password.
    """
    if not may(Permission.TRAIL_EXPORT):
        abort(403)
    form = TrailExportForm()
    if not form.validate():
        return page(form), 422
    last = reading.head().events
    actions.note_export(form.search(), form.purpose.data)
    response = Response(stream_with_context(exported(form.search(), last)), mimetype="text/csv")
    name = file_name(own_clinic().code, "trail", clock.today().isoformat())
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@bp.get("/events/<int:seq>")
@requires(Permission.TRAIL_READ)
def show_event(seq: int) -> str:
    """One event with old and new values, in clear; that it was read is an event itself."""
    event = reading.open_event(seq) or abort(404)
    return render_template("accounts/trail/event.html", event=event, clear=clear, **people([event]))


@bp.route("/who-viewed", methods=["GET", "POST"])
@requires(Permission.TRAIL_READ)
def find_patient() -> Any:
    """Ask for the number of a patient, which stands in no address."""
    form = WhoViewedForm()
    if form.validate_on_submit():
        return redirect(url_for("trail.show_openings", patient_id=form.patient_id), 303)
    status = 422 if form.errors else 200
    return render_template("accounts/trail/who_viewed.html", form=form), status


@bp.get("/patients/<uuid:patient_id>")
@requires(Permission.TRAIL_READ)
def show_openings(patient_id: uuid.UUID) -> str:
    """Who opened the record of one patient, when, and which page. The gate notes this reading."""
    search = Search(action="open", patient_id=patient_id)
    part = reading.newest_first(search, below=below())
    looked = lookers(looks_at(patient_id))
    return render_template(
        "accounts/trail/openings.html",
        lookers=looked,
        looked_names=names_of({one.person_id for one in looked if one.person_id}),
        patient_id=patient_id,
        number=records.numbers_of([patient_id])[patient_id],
        part=part,
        address_of=address_of,
        **people(part.events),
    )


@bp.get("/chain")
@requires(Permission.TRAIL_READ)
def show_chain() -> str:
    """How many events there are, the newest hash, and how the chain was last found."""
    return render_template(
        "accounts/trail/chain.html", head=reading.head(), last=last_check(), most=CHECKED
    )


@bp.post("/chain")
@requires(Permission.TRAIL_READ)
def check_chain() -> Any:
    """Walk the newest events of the chain, and note what was found."""
    actions.note_check(verify.check_of_own(CHECKED))
    return redirect(url_for("trail.show_chain"), 303)


def page(form: TrailForm) -> str:
    """The list, with the checked form that chose it; no list while that has faults."""
    faulty = form.errors.keys() - {"purpose"}
    part = None if faulty else reading.newest_first(form.search(), below=below())
    return render_template(
        "accounts/trail/show.html",
        form=form,
        purpose=form if isinstance(form, TrailExportForm) else TrailExportForm(formdata=None),
        part=part,
        chosen=chosen_in(form),
        **people(part.events if part else []),
    )


def chosen_in(form: TrailForm) -> dict[str, Any]:
    """What chose the events, as an address may hold it."""
    chosen = {name: value for name, value in request.values.items() if name in CHOSEN and value}
    return chosen | ({"patient": form.patient_id} if form.patient_id else {})


def people(events: list[Event]) -> dict[str, Any]:
    """Who did it and whom it is about, as the pages name them."""
    return {
        "names": names_of({event.actor_id for event in events if event.actor_id}),
        "numbers": records.numbers_of(event.patient_id for event in events),
        "actions": ACTIONS,
    }


def below() -> int | None:
    """Where the page begins: before the event with this number."""
    typed = request.args.get("below", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None


def address_of(endpoint: str) -> str:
    """The address of a page without its ids: `/patients/…/edit`; an old page by its name."""
    rules = list(current_app.url_map.iter_rules(endpoint)) if is_there(endpoint) else []
    if not rules:
        return endpoint
    parts = rules[0].rule.split("/")
    return "/".join("…" if part.startswith("<") else part for part in parts)


def is_there(endpoint: str) -> bool:
    """Whether a page still exists."""
    return endpoint in current_app.view_functions

"""This file is about the page of emergency accesses: who opened what, and opening a record."""

import uuid
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for

from clinic.accounts.queries import names_of
from clinic.core import records
from clinic.core.acting import acting
from clinic.core.gate import may
from clinic.core.permissions import Permission, requires
from clinic.emergency import actions, queries
from clinic.emergency.forms import EmergencyForm
from clinic.emergency.models import EmergencyAccess

bp = Blueprint("emergency", __name__, url_prefix="/emergency")


@bp.get("")
@requires(Permission.GLASS_READ)
def show() -> str:
    """Every access of this clinic; whoever may open a record finds the form above."""
    return page(EmergencyForm(formdata=None))


@bp.post("")
@requires(Permission.GLASS_BREAK)
def open_record() -> Any:
    """Open one record to read, for an hour."""
    form = EmergencyForm()
    if not form.validate():
        if form.was_nobody:
            actions.note_nobody()
        return page(form), 422
    patient_id = form.patient_id or abort(404)
    actions.open_record(patient_id, form.reason.data)
    return redirect(url_for("patients.show", patient_id=patient_id), 303)


@bp.post("/<uuid:access_id>/end")
@requires(Permission.GLASS_BREAK)
def end(access_id: uuid.UUID) -> Any:
    """Close what I opened."""
    access = records.get_or_404(EmergencyAccess, access_id, opened_by_id=acting().actor_id)
    actions.close(access)
    flash("The record is closed. What you opened stays in the list.")
    return redirect(url_for("emergency.show"), 303)


@bp.post("/<uuid:access_id>/seen")
@requires(Permission.GLASS_READ)
def see(access_id: uuid.UUID) -> Any:
    """I looked at it, and know of it."""
    actions.look_at(records.get_or_404(EmergencyAccess, access_id))
    flash("Noted, with your name and the time.")
    return redirect(url_for("emergency.show"), 303)


def page(form: EmergencyForm) -> str:
    """The list, and the form."""
    accesses = queries.all_accesses()
    people = {one.opened_by_id for one in accesses} | {one.seen_by_id for one in accesses}
    return render_template(
        "emergency/show.html",
        form=form,
        accesses=accesses,
        names=names_of({one for one in people if one}),
        numbers=records.numbers_of(one.patient_id for one in accesses),
        me=acting().actor_id,
    )


def accesses_here() -> list[tuple[EmergencyAccess, str]]:
    """(access, who opened it) of the record on this page, for its banner."""
    patient_id = g.get("patient_id")
    found = queries.on_record(patient_id) if patient_id else ()
    names = names_of({one.opened_by_id for one in found})
    return [(one, names.get(one.opened_by_id, "")) for one in found]


def accesses_to_see() -> int:
    """How many wait for whoever watches over them; 0 for everybody else."""
    return queries.how_many_unseen() if may(Permission.GLASS_READ) else 0

"""This file is about the pages of a patient's own copy: choose, see who looked, take it along."""

import uuid
from typing import Any

from flask import Blueprint, Response, redirect, render_template, url_for

from clinic.accounts.queries import names_of, own_clinic
from clinic.accounts.queries.trail import looks_at
from clinic.accounts.rules.trail import lookers
from clinic.core import clock, records
from clinic.core.errors import Unprocessable
from clinic.core.gate import standing
from clinic.core.permissions import Permission, requires
from clinic.core.signatures import prove
from clinic.disclosure import actions
from clinic.disclosure.forms import FindForm, OwnCopyForm
from clinic.disclosure.queries import own_copy
from clinic.disclosure.rules import LEFT_OUT
from clinic.notation.rules.spreadsheet import file_name

bp = Blueprint("disclosure", __name__)


@bp.route("/own-copy", methods=["GET", "POST"])
@requires(Permission.EXPORT_IDENTIFIED)
def find() -> Any:
    """Ask whose copy it is; her number stands in no address."""
    form = FindForm()
    if form.validate_on_submit():
        return redirect(url_for(".show", patient_id=form.patient_id), 303)
    return render_template("disclosure/find.html", form=form), 422 if form.errors else 200


@bp.get("/patients/<uuid:patient_id>/own-copy")
@requires(Permission.EXPORT_IDENTIFIED)
def show(patient_id: uuid.UUID) -> str:
    """Who looked at her record, and the form that makes the copy."""
    return page(patient_id, OwnCopyForm(formdata=None))


@bp.post("/patients/<uuid:patient_id>/own-copy")
@requires(Permission.EXPORT_IDENTIFIED)
def take(patient_id: uuid.UUID) -> Any:
    """Make the copy. That it was made is in the trail before the first byte leaves."""
    form = OwnCopyForm()
    if not form.validate():
        return page(patient_id, form), 422
    try:
        prove(form.password.data or "", standing().name)
    except Unprocessable:
        form.password.errors = ["Enter your own password: this file names her."]
        return page(patient_id, form), 422
    number, clinic = number_of(patient_id), own_clinic()
    file = actions.copy_of(own_copy(patient_id), number=number, clinic_name=clinic.name)
    actions.note_copy(patient_id, form.purpose.data)
    response = Response(file, mimetype="application/zip")
    name = file_name(clinic.code, "own-copy", clock.today().isoformat()).replace(".csv", ".zip")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def page(patient_id: uuid.UUID, form: OwnCopyForm) -> str:
    """Who looked, by person, and the form."""
    looked = lookers(looks_at(patient_id))
    return render_template(
        "disclosure/show.html",
        form=form,
        patient_id=patient_id,
        number=number_of(patient_id),
        lookers=looked,
        names=names_of({one.person_id for one in looked if one.person_id}),
        left_out=LEFT_OUT,
    )


def number_of(patient_id: uuid.UUID) -> str:
    """What she is called where no name need stand."""
    return records.numbers_of([patient_id])[patient_id]

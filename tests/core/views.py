"""This file is about pages on which the promises of the core are tried."""

import uuid
from typing import Any

from flask import Blueprint, abort, g, jsonify, request
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select

from clinic.core import audit, records
from clinic.core.db import apart, db
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.permissions import Permission, public, requires
from tests.core.trial import Bed, Ward

bp = Blueprint("trial", __name__, url_prefix="/trial")
records.register("trial_ward_id", Ward, "patient_id")
records.register("trial_bed_id", Bed, "ward_id", parent="trial_ward_id")


@bp.get("/token")
@public
def token() -> str:
    """The token of this session."""
    return generate_csrf()


@bp.get("/wards/<uuid:trial_ward_id>")
@requires(Permission.CHART_READ)
def show(trial_ward_id: uuid.UUID) -> Any:
    """One ward."""
    ward = records.get_or_404(Ward, trial_ward_id)
    return jsonify(name=ward.name, patient=str(g.patient_id))


@bp.get("/wards/<uuid:trial_ward_id>/fresh")
@requires(Permission.CHART_READ, polled=True)
def fresh(trial_ward_id: uuid.UUID) -> Any:
    """The same, asked for by the browser itself."""
    return show(trial_ward_id)


@bp.get("/wards/<uuid:trial_ward_id>/beds/<uuid:trial_bed_id>")
@requires(Permission.CHART_READ)
def show_bed(trial_ward_id: uuid.UUID, trial_bed_id: uuid.UUID) -> Any:
    """A bed of a ward."""
    return records.get_or_404(Bed, trial_bed_id, ward_id=trial_ward_id).label


@bp.post("/wards/<uuid:trial_ward_id>/rename")
@requires(Permission.PATIENT_EDIT)
def rename(trial_ward_id: uuid.UUID) -> Any:
    """Another name."""
    records.get_or_404(Ward, trial_ward_id).name = request.form["name"]
    return "saved"


@bp.get("/wards/write")
@requires(Permission.PATIENT_EDIT)
def write_while_reading() -> Any:
    """A page that changes what it shows."""
    db.session.scalars(select(Ward)).one().name = "changed by looking"
    return "shown"


@bp.post("/beds")
@requires(Permission.PATIENT_EDIT)
def add_bed() -> Any:
    """A bed in the ward that a hidden field names."""
    db.session.add(Bed(ward_id=uuid.UUID(request.form["ward_id"]), label="hidden"))
    return "saved"


@bp.route("/write/<ending>", methods=["POST", "PUT", "PATCH", "DELETE"])
@requires(Permission.PATIENT_EDIT)
def write(ending: str) -> Any:
    """Write a ward and end in one of several ways."""
    db.session.add(Ward(name=ending))
    db.session.flush()
    return ENDINGS[ending]()


def fail() -> Any:
    raise ZeroDivisionError("secret detail")


def clash() -> Any:
    raise Conflict("This was signed meanwhile.")


def misfit() -> Any:
    raise Unprocessable({"name": ["Enter a name."]})


def null() -> Any:
    db.session.add(Ward())
    db.session.flush()


def double() -> Any:
    first = db.session.scalars(select(Ward)).first()
    db.session.expunge_all()
    db.session.add(Ward(id=first.id, name="double"))
    db.session.flush()


def inside() -> Any:
    with apart() as trail:
        audit.note(trail, "export", "trial")


ENDINGS = {
    "well": lambda: ("saved", 201),
    "away": lambda: ("see there", 303),
    "refused": lambda: ("no", 422),
    "aborted": lambda: abort(404),
    "failing": fail,
    "clashing": clash,
    "misfitting": misfit,
    "null": null,
    "double": double,
    "inside": inside,
}


@bp.get("/stream")
@requires(Permission.CHART_READ)
def stream() -> Any:
    """Wards, one by one."""
    from flask import current_app, stream_with_context

    def rows() -> Any:
        for ward in db.session.scalars(select(Ward).execution_options(yield_per=1)):
            yield ward.name
            current_app.extensions["trial.meanwhile"]()

    return current_app.response_class(stream_with_context(rows()))


@bp.get("/configure")
@requires(Permission.CLINIC_CONFIGURE)
def configure() -> str:
    """Not for nurses."""
    return "configured"


@bp.get("/numbers/<int:number>")
@requires(Permission.CHART_READ)
def number(number: int) -> str:
    """A page with a number in its address."""
    return str(number)

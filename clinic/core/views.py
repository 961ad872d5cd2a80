"""This file is about addresses that belong to no room: start, health, the API's description."""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, url_for
from sqlalchemy import select

from clinic.core.audit import ClinicHead
from clinic.core.db import db
from clinic.core.gate import may
from clinic.core.openapi import description
from clinic.core.permissions import Permission, public, requires

bp = Blueprint("core", __name__)

# Where each person starts: the first page they may open.
STARTS = (
    (Permission.BOARD_READ, "sessions.board"),
    (Permission.CHART_READ, "patients.find"),
    (Permission.EXPORT_CREATE, "reports.show"),
    (Permission.TRAIL_READ, "trail.show"),
    (Permission.PROTOCOL_READ, "protocols.show_all"),
)


@bp.get("/")
@requires(Permission.OWN_ACCOUNT)
def start() -> Any:
    """The first page of a signed-in person."""
    return redirect(url_for(next(endpoint for permission, endpoint in STARTS if may(permission))))


@bp.get("/healthz")
@public
def healthz() -> Response:
    """Whether the program and its database answer. Says nothing else."""
    db.session.execute(select(ClinicHead.log_seq).limit(1))
    return jsonify(status="ok")


@bp.get("/api/openapi.json")
@requires(Permission.OWN_ACCOUNT)
def openapi() -> Response:
    """The API, described from the routes and the forms themselves."""
    return jsonify(description(current_app))


@bp.get("/setup/components")
@requires(Permission.CLINIC_CONFIGURE)
def components() -> str:
    """Every component in every state, for those who look after the program."""
    return render_template("components/sheet.html")

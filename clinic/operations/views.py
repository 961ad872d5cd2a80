"""This file is about how the server stands, for administrators and for programs that watch."""

import hmac
from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request

from clinic.core import clock
from clinic.core.measures import counted
from clinic.core.permissions import Permission, public, requires
from clinic.operations.queries import health
from clinic.operations.rules.health import as_gauges, worst

bp = Blueprint("operations", __name__)


@bp.get("/readyz")
@public
def readyz() -> Any:
    """Whether the server can save: its tables, its standby, its disks. Says no more than a word."""
    away = health.why_not_ready()
    return jsonify(status="not ready" if away else "ready", away=away), 503 if away else 200


@bp.get("/metrics")
@public
def metrics() -> Response:
    """What the server counts, and how it stands, for Prometheus with the operator's token.

    Without a token there is no such page.
    """
    token = current_app.config.get("METRICS_TOKEN")
    if token is None:
        abort(404)
    sent = request.headers.get("Authorization", "").encode()
    if not hmac.compare_digest(sent, f"Bearer {token}".encode()):
        abort(404)
    return Response(counted() + as_gauges(health.lines_of_server(None)), mimetype="text/plain")


@bp.get("/server")
@requires(Permission.CLINIC_CONFIGURE)
def show() -> str:
    """Each thing that must hold, in plain words, with what to do."""
    lines = health.lines_of_server(health.newest_written()) + health.lines_of_clinic()
    page = {"lines": lines, "worst": worst(lines), "asked_at": clock.now()}
    return render_template("operations/health.html", **page)

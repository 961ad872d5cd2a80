"""This file is about looking into the trail from a test."""

import json
from typing import Any

from flask import Flask
from sqlalchemy import select

from clinic.core.audit import AuditEvent
from clinic.core.db import db
from clinic.core.tenancy import naming
from tests.core.trial import HERE


def events(app: Flask, chain_id: Any = HERE.clinic_id) -> list[dict[str, Any]]:
    """The bodies of a chain's events, oldest first."""
    with app.app_context(), naming(chain_id):
        found = select(AuditEvent.body).where(AuditEvent.chain_id == chain_id)
        return [json.loads(body) for body in db.session.scalars(found.order_by(AuditEvent.seq))]


def newest(app: Flask, chain_id: Any = HERE.clinic_id) -> dict[str, Any]:
    """The body of the newest event of a chain."""
    return events(app, chain_id)[-1]

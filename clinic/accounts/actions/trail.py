"""This file is about what an auditor does that the trail itself must know: checks and exports."""

import uuid
from datetime import datetime

from clinic.core import audit
from clinic.core.audit.reading import Search
from clinic.core.db import db
from clinic.core.verify import Checked


def note_check(found: Checked) -> None:
    """Write down how the end of the chain was found, from which event on."""
    audit.note(db.session(), "verify-trail", "AuditEvent", **found.detail())


def note_export(search: Search, purpose: str) -> None:
    """Write down who takes which part of the trail along, and what for."""
    audit.note(
        db.session(),
        "export-trail",
        "AuditEvent",
        patient_id=search.patient_id,
        purpose=purpose,
        since=written(search.since),
        until=written(search.until),
        person=written(search.actor_id),
        only=search.action,
    )


def written(value: datetime | uuid.UUID | None) -> str | None:
    """A moment or an id as the trail holds it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return None if value is None else str(value)

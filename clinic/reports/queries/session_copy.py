"""This file is about the complete copy of one session with its history, as data (21 CFR 11.10(b)).

Every row of every table of a session as it stands, and the events of the trail as their hash covers
them. She stands in it by her number.
"""

import json
import re
import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import inspect, select

from clinic.accounts.queries import names_of, own_clinic
from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.audit import AuditEvent
from clinic.core.db import Base, db
from clinic.core.formatting import at_signed
from clinic.core.records import numbers_of
from clinic.core.signatures import DocumentVersion, broken_because
from clinic.protocols.models import ProtocolVersion
from clinic.reports.queries.inspection import documents_of
from clinic.sessions.models import (
    Amendment,
    Countersignature,
    EventReport,
    LogEntry,
    SessionReview,
    TreatmentSession,
)

IDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FORMAT = "clinic-session-copy-1"
# A sign that a page is open (tablet_heard) is no record of a session.
PARTS: dict[str, type[Any]] = {
    "entries": LogEntry,
    "countersignatures": Countersignature,
    "reviews": SessionReview,
    "amendments": Amendment,
    "reports_of_serious_events": EventReport,
}


def copy_of_session(session: TreatmentSession) -> dict[str, Any]:
    """All of it, ready for JSON. Moments in UTC, ISO 8601; the clinic's zone stands on top."""
    parts = {name: rows_of(model, session.id) for name, model in PARTS.items()}
    signatures = [signature(one) for one in documents_of(session)]
    events = events_of(session)
    version = db.session.get_one(ProtocolVersion, session.protocol_version_id)
    found: dict[str, Any] = {
        "format": FORMAT,
        "made_at": plain(clock.now()),
        "made_by_id": plain(acting().actor_id),
        "clinic": own_clinic().name,
        "zone": acting().timezone.key,
        "patient_number": numbers_of([session.patient_id])[session.patient_id],
        "protocol": {"code": version.code, "n": version.n, "sha256": version.digest},
        "session": as_row(session),
        **parts,
        "signatures": signatures,
        "trail": events,
    }
    return found | {"people": people_in(found)}


def rows_of(model: type[Any], session_id: uuid.UUID) -> list[dict[str, Any]]:
    """The rows of a table that are of a session, oldest first."""
    order = model.log_seq if model is LogEntry else model.recorded_at
    its = select(model).where(model.session_id == session_id).order_by(order, model.id)
    return [as_row(row) for row in db.session.scalars(its)]


def signature(document: DocumentVersion) -> dict[str, Any]:
    """What was signed and by whom: every column, the moment with its zone, whether it holds."""
    row = as_row(document) | {"body": document.body}
    broken = broken_because(document)
    return row | {"signed_at_in_zone": at_signed(document.signed_at), "broken_because": broken}


def events_of(session: TreatmentSession) -> list[dict[str, Any]]:
    """The trail of a session, oldest first. `body` is the text that `hash` covers."""
    wanted = select(AuditEvent).where(
        AuditEvent.chain_id == acting().clinic_id,
        AuditEvent.patient_id == session.patient_id,
        AuditEvent.body.contains(str(session.id), autoescape=True),
    )
    return [as_row(row) for row in db.session.scalars(wanted.order_by(AuditEvent.seq))]


def as_row(row: Base) -> dict[str, Any]:
    """Column -> value, for every column."""
    return {one.key: plain(getattr(row, one.key)) for one in inspect(row).mapper.column_attrs}


def plain(value: Any) -> Any:
    """A value as JSON holds it: moments in UTC, amounts and ids as text, exactly."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID | Decimal) else value


def people_in(found: dict[str, Any]) -> dict[str, str]:
    """Id -> name of everybody whose id stands in it, also inside a body."""
    text = json.dumps(found)
    ids = {uuid.UUID(one) for one in IDS.findall(text)}
    return {str(person_id): name for person_id, name in sorted(names_of(ids).items())}

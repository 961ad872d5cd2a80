"""This file is about opening a record beyond one's role, closing it, and looking at who did."""

import uuid
from typing import Any

from clinic.core import audit, clock
from clinic.core.acting import acting
from clinic.core.db import apart, db, end_reading
from clinic.core.errors import Conflict
from clinic.emergency.models import EmergencyAccess
from clinic.emergency.rules import ends_at


class OwnAccess(Conflict):
    """Nobody looks at what they did themselves."""

    def __init__(self) -> None:
        super().__init__("Somebody else looks at your own emergency access.")


def open_record(patient_id: uuid.UUID, reason: str) -> EmergencyAccess:
    """Let the person acting read one record. The event stands in the same transaction."""
    now = clock.now()
    access = EmergencyAccess(
        patient_id=patient_id,
        opened_by_id=acting().actor_id,
        opened_at=now,
        ends_at=ends_at(now),
        reason=reason,
    )
    db.session.add(access)
    db.session.flush()
    note("break-glass", access, until=access.ends_at.isoformat())
    return access


def note_nobody() -> None:
    """Somebody asked for a record that is not there: that they tried stays.

    Ends what was read; what the page shows is read anew.
    """
    end_reading()
    with apart() as trail:
        audit.note(trail, "break-glass", "Patient", found=False)


def close(access: EmergencyAccess) -> None:
    """The person who opened it needs it no more."""
    if access.is_open:
        access.ended_at = clock.now()
        note("end-break-glass", access)


def look_at(access: EmergencyAccess) -> None:
    """Somebody else knows of it. Raises OwnAccess."""
    if access.opened_by_id == acting().actor_id:
        raise OwnAccess
    if access.seen_at is None:
        access.seen_by_id, access.seen_at = acting().actor_id, clock.now()
        note("see-break-glass", access)


def note(action: str, access: EmergencyAccess, **detail: Any) -> None:
    """An event of its own, beside that of the row."""
    audit.note(
        db.session(),
        action,
        "EmergencyAccess",
        access.id,
        patient_id=access.patient_id,
        **detail,
    )

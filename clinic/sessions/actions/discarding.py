"""This file is about an entry that a tablet kept and a person decided not to save: only the trail
remembers it."""

import uuid

from clinic.core import audit
from clinic.core.db import db
from clinic.sessions.models import TreatmentSession


def note_discarded(
    session: TreatmentSession, entry_id: uuid.UUID, *, kind: str, reason: str, content: str
) -> None:
    """Put what was not saved into the trail, with the reason. A signed session hinders nothing:
    nothing is added to it. Sent twice it is noted twice, which is better than not at all."""
    audit.note(
        db.session(),
        "discard",
        "LogEntry",
        entry_id,
        patient_id=session.patient_id,
        session_id=str(session.id),
        kind=kind,
        reason=reason,
        content=content,
    )

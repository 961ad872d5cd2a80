"""This file is about a record that leaves without her name: the trail says who took it."""

import uuid

from clinic.core import audit
from clinic.core.db import db
from clinic.sessions.models import TreatmentSession


def note_deidentified(session: TreatmentSession, *, purpose: str, words: bool) -> uuid.UUID:
    """Put it into the trail before the first byte leaves. `words`: what was typed is in it."""
    audit.note(
        db.session(),
        "export",
        "TreatmentSession",
        session.id,
        patient_id=session.patient_id,
        table="deidentified-record",
        purpose=purpose,
        words=words,
    )
    return session.id

"""This file is about noting that the complete copy of a session was taken."""

from clinic.core import audit
from clinic.core.db import db
from clinic.sessions.models import TreatmentSession


def note_copy(session: TreatmentSession, sha256: str) -> None:
    """An export, in the trail before the first byte leaves; `sha256`: of the file."""
    audit.note(
        db.session(),
        "export",
        "TreatmentSession",
        session.id,
        patient_id=session.patient_id,
        table="session-copy",
        sha256=sha256,
    )

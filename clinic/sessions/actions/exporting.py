"""This file is about a record that leaves as a file: the trail says who took it."""

from typing import Any

from clinic.core import audit
from clinic.core.db import db
from clinic.sessions.models import TreatmentSession


def note_leaving(session: TreatmentSession, table: str, **told: Any) -> None:
    """Put it into the trail before the first byte leaves. `table`: what kind of file it is."""
    audit.note(
        db.session(),
        "export",
        "TreatmentSession",
        session.id,
        patient_id=session.patient_id,
        table=table,
        **told,
    )

"""This file is about what a session shows afterwards: amendments, and what was written late."""

from typing import Any

from clinic.protocols.rules import SessionPlan
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import amendments_of, written_late
from clinic.sessions.rules import SessionState
from clinic.sessions.rules.amending import by_entry


def afterwards(session: TreatmentSession, plan: SessionPlan, state: SessionState) -> dict[str, Any]:
    """Amendments, all and by the entry they stand beside, who wrote them; what was written late."""
    found = amendments_of([session.id]).get(session.id, ()) if session.locked_at else ()
    return {
        "amendments": found,
        "beside": by_entry(found),
        "amenders": {one.author_id for one in found},
        "written_late": written_late(plan, state),
    }

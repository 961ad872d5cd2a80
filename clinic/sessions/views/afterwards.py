"""This file is about what a session shows afterwards: what was added since it was signed."""

from typing import Any

from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import amendments_of
from clinic.sessions.rules.amending import by_entry


def afterwards(session: TreatmentSession) -> dict[str, Any]:
    """Amendments, all and by the entry they stand beside, and who wrote them."""
    found = amendments_of([session.id]).get(session.id, ()) if session.locked_at else ()
    return {
        "amendments": found,
        "beside": by_entry(found),
        "amenders": {one.author_id for one in found},
    }

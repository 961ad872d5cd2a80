"""This file is about what a session shows afterwards: amendments, and what was written late."""

from typing import Any

from clinic.protocols.rules import SessionPlan
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import amendments_of, reviews_of, written_late
from clinic.sessions.rules import SessionState
from clinic.sessions.rules.amending import by_entry


def afterwards(session: TreatmentSession, plan: SessionPlan, state: SessionState) -> dict[str, Any]:
    """Amendments, all and by the entry they stand beside; its review; who wrote either; what was
    written late."""
    found = amendments_of([session.id]).get(session.id, ()) if session.locked_at else ()
    review = reviews_of([session.id]).get(session.id) if session.locked_at else None
    reviewer = {review.last.by_id} if review and review.last else set()
    return {
        "amendments": found,
        "beside": by_entry(found),
        "review": review,
        "amenders": {one.author_id for one in found} | reviewer,
        "written_late": written_late(plan, state),
    }

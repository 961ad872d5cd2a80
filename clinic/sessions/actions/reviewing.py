"""This file is about reviewing a signed session: a row beside it, and never a change."""

import uuid

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict
from clinic.core.signatures import Proof
from clinic.sessions.actions.log import locked
from clinic.sessions.models import SessionReview
from clinic.sessions.queries import reviews_of
from clinic.sessions.rules.reviewing import reviewing_refused


def review_session(session_id: uuid.UUID, *, seen: int, proof: Proof) -> None:
    """Write down that who gave the proof reviewed a signed session. Reviewed already: nothing.

    `seen`: how many rows stood beside the signature on the page (`Review.added`). Raises Conflict
    when it is not signed, the record changed meanwhile, or the proof is somebody else's.
    """
    session, me = locked(session_id), acting().actor_id
    if proof.person_id != me:
        raise Conflict("The signature is not yours.")
    review = reviews_of([session_id]).get(session_id)
    if refused := reviewing_refused(review, seen):
        raise Conflict(refused)
    if review is not None and review.is_done:
        return
    db.session.add(
        SessionReview(
            session_id=session.id,
            patient_id=session.patient_id,
            added=seen,
            author_id=me,
            recorded_at=clock.now(),
        )
    )
    db.session.flush()

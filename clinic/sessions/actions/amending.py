"""This file is about amending a signed session: a new dated row beside it, never a change."""

import uuid

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict
from clinic.core.signatures import Proof
from clinic.sessions.actions.log import locked
from clinic.sessions.models import Amendment
from clinic.sessions.queries import amendment_by_id, state_of
from clinic.sessions.rules.amending import amending_refused


def amend(
    session_id: uuid.UUID,
    amendment_id: uuid.UUID,
    *,
    entry_id: uuid.UUID | None,
    text: str,
    reason: str,
    proof: Proof,
) -> Amendment:
    """Add what is right, or was left out, after the signature. Sent twice under one id it is once.

    `entry_id`: the entry that it stands beside, as first written; None: the session as a whole.
    Raises Conflict when the session is not signed, the entry is not there, the proof is somebody
    else's, or the id was used for other words.
    """
    session, me = locked(session_id), acting().actor_id
    if proof.person_id != me:
        raise Conflict("The signature is not yours.")
    if (stored := amendment_by_id(amendment_id)) is not None:
        return repeat_of(stored, session_id, entry_id, text, reason)
    lines = state_of(session, clock.now()).log
    if refused := amending_refused(lines, entry_id, signed=session.locked_at is not None):
        raise Conflict(refused)
    row = Amendment(
        id=amendment_id,
        session_id=session.id,
        patient_id=session.patient_id,
        entry_id=entry_id,
        text=text,
        reason=reason,
        author_id=me,
        recorded_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def repeat_of(
    stored: Amendment, session_id: uuid.UUID, entry_id: uuid.UUID | None, text: str, reason: str
) -> Amendment:
    """The stored amendment when this is a true repeat. Raises Conflict when it is not."""
    said = (stored.session_id, stored.entry_id, stored.text, stored.reason, stored.author_id)
    if said != (session_id, entry_id, text, reason, acting().actor_id):
        raise Conflict("This amendment was saved before with other words. The first one stays.")
    return stored

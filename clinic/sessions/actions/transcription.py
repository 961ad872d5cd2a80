"""This file is about the second person who compares what was transcribed with the paper."""

import uuid

from clinic.core.acting import acting
from clinic.core.errors import Conflict, Refused
from clinic.core.signatures import DocumentVersion, Proof, sign
from clinic.sessions.actions.log import locked
from clinic.sessions.queries.transcription import KIND, transcription_of

MEANING = "I have compared these entries with the paper, and they agree"


def confirm_transcription(session_id: uuid.UUID, *, proof: Proof) -> DocumentVersion:
    """Sign that everything transcribed and not yet compared agrees with the paper.

    Also after the discharge was signed: no entry is added. Raises Conflict when nothing waits,
    Refused for whoever transcribed any of it.
    """
    session = locked(session_id)
    found = transcription_of(session_id)
    if not found.waiting:
        raise Conflict("Nothing from paper waits for a second person here.")
    if not found.may_be_compared_by(acting().actor_id):
        raise Refused("You transcribed this yourself. Somebody else compares it with the paper.")
    return sign(
        KIND,
        session.id,
        {"session": str(session.id), "log": [list(pair) for pair in found.waiting]},
        patient_id=session.patient_id,
        meaning=MEANING,
        proof=proof,
    )

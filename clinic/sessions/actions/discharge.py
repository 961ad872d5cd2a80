"""This file is about signing the discharge: what is signed, and that nothing follows it."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import select

from clinic.core import clock
from clinic.core.db import db
from clinic.core.errors import Unprocessable
from clinic.core.signatures import DocumentVersion, Proof, sign
from clinic.sessions.actions.log import locked, refuse_when_signed
from clinic.sessions.actions.steps import record_step
from clinic.sessions.models import LogEntry, SessionStatus, TreatmentSession
from clinic.sessions.queries import state_of, version_of
from clinic.sessions.queries.signed import rows_of_log
from clinic.sessions.rules import SessionState
from clinic.sessions.rules.log import TransitionEvent
from clinic.sessions.rules.overriding import STAY

TOO_EARLY = "Enter a time after the minimum stay and every override, and not in the future."
MEANING = "I have checked that she may leave, and this log is complete"


def sign_discharge(
    session_id: uuid.UUID,
    *,
    left_at: datetime | None,
    would_have_been_ready_minutes: int | None,
    proof: Proof,
) -> DocumentVersion:
    """Log that she left, sign the session and lock it.

    `left_at` is needed unless her leaving is already in the log (against advice, transferred, or
    written on paper). Raises Unprocessable naming what is missing, Conflict when already signed.
    """
    session = locked(session_id)
    refuse_when_signed(session)
    state = state_of(session, clock.now())
    if state.clock.left_at is None:
        state = leave(session, state, left_at, would_have_been_ready_minutes)
    document = sign(
        "discharge",
        session.id,
        content(session, state),
        patient_id=session.patient_id,
        meaning=MEANING,
        proof=proof,
    )
    session.status = SessionStatus.FINISHED
    session.locked_at = document.signed_at
    db.session.flush()
    return document


def leave(
    session: TreatmentSession, state: SessionState, left_at: datetime | None, minutes: int | None
) -> SessionState:
    """Log the leaving when every criterion is met or overridden. Raises Unprocessable else."""
    missing = [c.text for c in state.readiness.criteria if not c.fulfilled]
    if missing:
        raise Unprocessable({"left_at": [f"Not yet: {'; '.join(missing)}."]})
    if left_at is None:
        raise Unprocessable({"left_at": ["Enter when she left."]})
    opens_at = leaves_from(state)
    if left_at > clock.now() or (opens_at and left_at < opens_at):
        raise Unprocessable({"left_at": [TOO_EARLY]})
    if minutes is not None:
        record_step(session, TransitionEvent.WOULD_HAVE_BEEN_READY, clock.now(), minutes=minutes)
    record_step(session, TransitionEvent.LEFT, left_at)
    return state_of(session, clock.now())


def leaves_from(state: SessionState) -> datetime | None:
    """The earliest time at which she can have left: the end of the minimum stay unless that was
    overridden, and no earlier than what was overridden."""
    overridden = {c.code: c.overridden.at for c in state.readiness.criteria if c.overridden}
    moments = list(overridden.values())
    if STAY not in overridden and state.clock.minimum_stay_ends_at:
        moments.append(state.clock.minimum_stay_ends_at)
    return max(moments, default=None)


def content(session: TreatmentSession, state: SessionState) -> dict[str, Any]:
    """What the signature covers: the whole log by its hashes, and what followed from it."""
    readiness = state.readiness
    return {
        "session": str(session.id),
        "protocol": version_of(session).digest,
        "dose": state.dose.text,
        "first_dose_at": spelled(state.clock.t0),
        "ready_at": spelled(readiness.ready_at),
        "left_at": spelled(readiness.left_at),
        "left_how": readiness.left_how,
        "total_minutes": state.clock.total_minutes,
        "would_have_been_ready_minutes": readiness.would_have_been_ready_minutes,
        "agreed_pause_ends_at": spelled(state.agreed_pause_ends_at),
        "criteria": [[c.code, str(c.status), c.why] for c in readiness.criteria],
        "log": log_hashes(session.id),
        "rows": rows_of_log(session.id, db.session()),
    }


def spelled(moment: datetime | None) -> str | None:
    """A moment as text, in UTC."""
    return moment.isoformat() if moment else None


def log_hashes(session_id: uuid.UUID) -> list[list[str]]:
    """Id and content hash of every entry, in order of arrival."""
    rows = select(LogEntry.id, LogEntry.content_hash).where(LogEntry.session_id == session_id)
    return [[str(id_), hash_] for id_, hash_ in db.session.execute(rows.order_by(LogEntry.log_seq))]

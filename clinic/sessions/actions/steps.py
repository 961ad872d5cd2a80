"""This file is about steps that a page takes for a person: they become entries like any other."""

import json
import uuid
from datetime import date, datetime
from typing import Any

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db, new_id
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.signatures import DocumentVersion, Proof, sign
from clinic.patients.models import Patient
from clinic.sessions.actions.log import add, hash_of, locked, refuse_when_signed
from clinic.sessions.actions.setting import refuse_beyond_limit
from clinic.sessions.models import LogEntry, TreatmentSession
from clinic.sessions.queries import entries_of, plan_of, state_of
from clinic.sessions.rules.log import Answer, TransitionEvent
from clinic.sessions.rules.results import Phase

AGREES = "Date of birth agrees with the record"
IDENTITY = "identity"  # the item of the protocol that a check-in answers


def record_step(
    session: TreatmentSession,
    event: TransitionEvent,
    effective_at: datetime,
    *,
    minutes: int | None = None,
    text: str | None = None,
    reason: str | None = None,
    criterion: str | None = None,
) -> LogEntry:
    """Log a step of the session that this action has just allowed."""
    said = {"event": event.value, "minutes": minutes, "text": text, "criterion": criterion}
    return record(session, "transition", said, effective_at, reason)


def record(
    session: TreatmentSession,
    kind: str,
    said: dict[str, Any],
    effective_at: datetime,
    reason: str | None = None,
) -> LogEntry:
    """Log what this action has found out for itself; no form was typed."""
    detail = {key: value for key, value in said.items() if value is not None}
    content = detail | {"effective_at": effective_at.isoformat(), "reason": reason}
    row = LogEntry(
        id=new_id(),
        session_id=session.id,
        patient_id=session.patient_id,
        kind=kind,
        effective_at=effective_at,
        recorded_at=clock.now(),
        author_id=acting().actor_id,
        reason=reason,
        withdrawn=False,
        transcribed=False,
        detail=json.dumps(detail, sort_keys=True, ensure_ascii=False),
        content_hash=hash_of(kind, content),
        log_seq=0,
    )
    add(session, row, entries_of(session.id))
    return row


def override_hold(session_id: uuid.UUID, *, reason: str, proof: Proof) -> DocumentVersion:
    """A psychiatrist lets the dose be given although a reading holds it (definitions D3).

    Raises Conflict when nothing is held or nobody may override.
    """
    session = locked(session_id)
    refuse_when_signed(session)
    hold = state_of(session, clock.now()).hold
    if hold is None or hold.overridden:
        raise Conflict("The dose is not on hold.")
    if not hold.may_be_overridden:
        raise Conflict(f"Nobody can override this: {hold.why}.")
    document = sign(
        "hold-override",
        session.id,
        {
            "reading": str(hold.reading),
            "reading_id": str(hold.reading_id),
            "why": hold.why,
            "reason": reason,
        },
        patient_id=session.patient_id,
        meaning="The dose may be given although the reading holds it",
        proof=proof,
        reason=reason,
    )
    record_step(session, TransitionEvent.HOLD_OVERRIDDEN, clock.now(), text=hold.why, reason=reason)
    return document


def check_in(session_id: uuid.UUID, *, born_on: date) -> None:
    """Check her in when her date of birth agrees with the record (definitions D8.2).

    That answers the protocol's question about her identity too. A second check-in changes nothing.
    Raises Unprocessable when the date does not agree or the nurse answers for as many as she may,
    Conflict when the session is over.
    """
    session = locked(session_id)
    refuse_when_signed(session)
    before = state_of(session, clock.now())
    phase = before.phase
    if phase is Phase.CANCELLED:
        raise Conflict("This session was cancelled.")
    if phase is not Phase.PLANNED:
        return
    if db.session.get_one(Patient, session.patient_id).born_on != born_on:
        raise Unprocessable(
            {"born_on": ["This is not the date in her record. Ask for name and number once more."]}
        )
    refuse_beyond_limit(session, before)
    record_step(session, TransitionEvent.CHECKED_IN, clock.now(), text=AGREES)
    if IDENTITY in {item.code for item in plan_of(session).pre_dose}:
        said = {"item": IDENTITY, "answer": Answer.YES.value, "text": AGREES}
        record(session, "check", said, clock.now())

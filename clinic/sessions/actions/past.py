"""This file is about the log of a session that is over, written down as a whole by a job."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import has_request_context

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.audit import next_log_seq
from clinic.core.db import db
from clinic.core.permissions import Role
from clinic.sessions.actions.log import (
    STATUS,
    admit,
    hash_of,
    is_check_in,
    locked,
    new_row,
    refuse_when_signed,
)
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import as_entry, entries_of, state_of, version_in_force
from clinic.sessions.rules import SessionState, log


@dataclass(frozen=True)
class Line:
    """One entry of the log: its id, its kind, the filled form of its kind."""

    entry_id: uuid.UUID
    kind: str
    sent: Any


def record_past_session(
    session_id: uuid.UUID, moments: Iterable[Sequence[Line]], role: Role
) -> SessionState:
    """Add the entries of a session that is over; each of `moments` was written at one time.

    The forms say what an entry may hold, doses are admitted like any other; the state is worked out
    once, at the end. `moments` may move the clock from one to the next. For jobs only. Raises
    Unprocessable for a dose that may not be given, Conflict for a session that is signed.
    """
    if has_request_context():
        raise RuntimeError("a whole log is written by jobs only")
    session = locked(session_id)
    refuse_when_signed(session)
    entries = entries_of(session_id)
    for lines in moments:
        for line in lines:
            entries.append(written(session, line, entries, role))
        db.session.flush()
    state = state_of(session, clock.now(), entries)
    session.status = STATUS[state.phase]
    session.responsible_id = state.responsible_id or acting().actor_id
    db.session.flush()
    return state


def written(
    session: TreatmentSession, line: Line, entries: list[log.Entry], role: Role
) -> log.Entry:
    """One entry, numbered and added to the log."""
    row = new_row(
        session, line.entry_id, line.kind, line.sent, hash_of(line.kind, line.sent.content())
    )
    if line.kind == "administration":
        admit(session, row, entries, role, confirmed=True)
    if is_check_in(row):
        session.protocol_version_id = version_in_force(session).id
    row.log_seq = next_log_seq()
    db.session.add(row)
    return as_entry(row)

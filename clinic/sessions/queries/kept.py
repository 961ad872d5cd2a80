"""This file is about states that were worked out a moment ago: the same question, the same answer.

A state depends on plan, facts, log and the minute alone. A log only grows, so that its last number
says which log it is; a version of a protocol never changes. Nothing is ever out of date here.
"""

import uuid
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import case, func, select

from clinic.core.db import db
from clinic.protocols.rules import SessionPlan
from clinic.sessions.models import LogEntry, TreatmentSession
from clinic.sessions.rules import SessionFacts, SessionState, session_state
from clinic.sessions.rules.log import Entry
from clinic.sessions.rules.moments import whole_minute

MANY = 400


@dataclass(frozen=True)
class Head:
    """The end of a log. `recorded_at`: when something was last written that is no transcript."""

    log_seq: int = 0
    recorded_at: datetime | None = None


def heads_of(session_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Head]:
    """Session id -> the end of its log; a session without entries is not there."""
    live = case((LogEntry.transcribed.is_(False), LogEntry.recorded_at))
    ends = (
        select(LogEntry.session_id, func.max(LogEntry.log_seq), func.max(live))
        .where(LogEntry.session_id.in_(list(session_ids)))
        .group_by(LogEntry.session_id)
    )
    return {id_: Head(seq, recorded_at) for id_, seq, recorded_at in db.session.execute(ends)}


def state_kept(
    session: TreatmentSession,
    plan: SessionPlan,
    facts: SessionFacts,
    log_seq: int,
    now: datetime,
    *,
    entries: Callable[[], Iterable[Entry]],
) -> SessionState:
    """The state at `now`; `entries` is asked for only when it was not worked out this minute."""
    kept: dict[Hashable, SessionState] = current_app.extensions.setdefault("clinic.states", {})
    key = (session.id, session.protocol_version_id, facts, log_seq, whole_minute(now))
    state = kept.get(key)
    if state is None:
        state = session_state(plan, facts, entries(), now)
        if len(kept) >= MANY:
            kept.clear()
        kept[key] = state
    return state

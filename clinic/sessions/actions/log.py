"""This file is about writing the log: the only code that adds an entry."""

import hashlib
import json
import uuid
from typing import Any

from sqlalchemy import select

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.audit import next_log_seq
from clinic.core.db import db
from clinic.core.errors import Conflict, Refused, Unprocessable
from clinic.core.permissions import GRANTS, Permission, Role
from clinic.protocols.rules import Level
from clinic.sessions.actions.setting import setting_of
from clinic.sessions.models import LogEntry, SessionStatus, TreatmentSession
from clinic.sessions.queries import (
    as_entry,
    entries_of,
    entry_by_id,
    state_of,
    version_in_force,
)
from clinic.sessions.rules import SessionState, log
from clinic.sessions.rules.admission import objections
from clinic.sessions.rules.results import Phase

ASK = "Check it and confirm."
OVERRIDES = (log.TransitionEvent.HOLD_OVERRIDDEN, log.TransitionEvent.CRITERION_OVERRIDDEN)
STATUS = {
    Phase.PLANNED: SessionStatus.PLANNED,
    Phase.PRE_DOSE: SessionStatus.ARRIVED,
    Phase.ON_HOLD: SessionStatus.ARRIVED,
    Phase.DOSING: SessionStatus.IN_PROGRESS,
    Phase.OBSERVING: SessionStatus.IN_PROGRESS,
    Phase.READY: SessionStatus.IN_PROGRESS,
    Phase.LEFT: SessionStatus.IN_PROGRESS,
    Phase.CANCELLED: SessionStatus.CANCELLED,
}


class Overtaken(Conflict):
    """`stored` stands already where this entry would go: whoever sent it is shown both."""

    def __init__(self, text: str, stored: LogEntry) -> None:
        super().__init__(text)
        self.stored = stored


def record_entry(
    session_id: uuid.UUID, entry_id: uuid.UUID, kind: str, sent: Any, role: Role
) -> tuple[LogEntry, bool]:
    """Add one entry, or find that it is there already: (entry, whether it is new).

    `sent` is the filled form of its kind. The same id with the same content is a true repeat; with
    other content it is Overtaken, like the second correction of an entry; a signed session is a
    Conflict. Raises Unprocessable, naming the
    field, for what a session does not take or wants confirmed.
    """
    session = locked(session_id)
    content_hash = hash_of(kind, sent.content())
    if (stored := entry_by_id(entry_id)) is not None:
        return repeat_of(stored, session_id, content_hash), False
    refuse_when_signed(session)
    refuse_when_corrected(sent.corrects_id.data)
    row = new_row(session, entry_id, kind, sent, content_hash)
    entries = entries_of(session_id)
    admit(session, row, entries, role, confirmed=bool(sent.confirmed.data))
    add(session, row, entries)
    return row, True


def locked(session_id: uuid.UUID) -> TreatmentSession:
    """The session, held so that entries and signatures come one after the other."""
    found = select(TreatmentSession).where(TreatmentSession.id == session_id)
    return db.session.scalars(
        found.with_for_update().execution_options(populate_existing=True)
    ).one()


def hash_of(kind: str, content: dict[str, Any]) -> str:
    """SHA-256 of what was sent, in hex."""
    text = json.dumps({**content, "kind": kind}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def repeat_of(stored: LogEntry, session_id: uuid.UUID, content_hash: str) -> LogEntry:
    """The stored entry when this is a true repeat. Raises Conflict when it is not."""
    if stored.session_id != session_id or stored.content_hash != content_hash:
        text = "This entry was saved before with other content. The first one stays."
        raise Overtaken(text, stored)
    return stored


def refuse_when_signed(session: TreatmentSession) -> None:
    """A signed session takes no more entries; the database refuses them too."""
    if session.locked_at is not None:
        raise Conflict("This session is signed and locked. Nothing was added.")


def refuse_when_corrected(corrects_id: uuid.UUID | None) -> None:
    """Of two corrections of the same entry the second one was typed without knowing the first."""
    if corrects_id is None:
        return
    found = select(LogEntry).where(LogEntry.corrects_id == corrects_id)
    if (stored := db.session.scalars(found.order_by(LogEntry.log_seq)).first()) is not None:
        raise Overtaken("Somebody else corrected this entry meanwhile. Yours is not saved.", stored)


def new_row(
    session: TreatmentSession, entry_id: uuid.UUID, kind: str, sent: Any, content_hash: str
) -> LogEntry:
    """The row of an entry, not yet in the log."""
    return LogEntry(
        id=entry_id,
        session_id=session.id,
        patient_id=session.patient_id,
        kind=kind,
        effective_at=sent.effective_at.data,
        recorded_at=clock.now(),
        author_id=acting().actor_id,
        device_id=sent.device_id.data,
        device_at=sent.device_at.data,
        corrects_id=sent.corrects_id.data,
        reason=sent.reason.data,
        withdrawn=bool(sent.withdrawn.data),
        transcribed=bool(sent.transcribed.data),
        detail=json.dumps(sent.detail(), sort_keys=True, ensure_ascii=False),
        content_hash=content_hash,
        log_seq=0,
        **sent.signs(),
    )


def admit(
    session: TreatmentSession,
    row: LogEntry,
    entries: list[log.Entry],
    role: Role,
    *,
    confirmed: bool,
) -> None:
    """Raise Unprocessable when the session does not take this entry as it is."""
    before = state_of(session, clock.now(), entries)
    entry = as_entry(row)
    refuse_beyond_role(before, entry, role)
    found = [
        o
        for o in objections(setting_of(session, before, entry), entry)
        if not (o.ask and confirmed)
    ]
    if found:
        raise Unprocessable(
            {o.field: [p.sentence for p in found if p.field == o.field] for o in found},
            ASK if all(o.ask for o in found) else "Nothing was saved.",
        )


def refuse_beyond_role(before: SessionState, entry: log.Entry, role: Role) -> None:
    """A psychiatrist closes an emergency, and overrides with a signature (D3, D4.2, D6)."""
    if isinstance(entry, log.Transition) and entry.event in OVERRIDES:
        raise Refused("This is overridden on a page of its own, with a signature.")
    if isinstance(entry, log.Acknowledgement) and entry.closes:
        emergencies = {a.key for a in before.alerts if a.level is Level.EMERGENCY}
        if entry.alert_key in emergencies and Permission.HOLD_OVERRIDE not in GRANTS[role]:
            raise Refused("Only a psychiatrist closes an emergency.")


def add(session: TreatmentSession, row: LogEntry, entries: list[log.Entry]) -> SessionState:
    """Write the entry and what follows from it for the session. The head row is locked last."""
    if is_check_in(row):
        session.protocol_version_id = version_in_force(session).id
    row.log_seq = max((entry.log_seq for entry in entries), default=0) + 1
    state = state_of(session, clock.now(), [*entries, as_entry(row)])
    session.status = STATUS[state.phase]
    session.responsible_id = state.responsible_id or acting().actor_id
    db.session.flush()
    row.log_seq = next_log_seq()
    db.session.add(row)
    db.session.flush()
    return state


def is_check_in(row: LogEntry) -> bool:
    """Whether this entry starts the session."""
    return row.kind == "transition" and row.said()["event"] == log.TransitionEvent.CHECKED_IN.value

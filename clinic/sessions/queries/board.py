"""This file is about the board: the running sessions, most urgent first, and today's list."""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache, partial

from sqlalchemy import Select, or_, select

from clinic.accounts.queries import names_of, staff
from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.patients.models import Infant, Patient
from clinic.patients.rules import Feeding
from clinic.protocols.models import ProtocolVersion
from clinic.protocols.rules import Level, SessionPlan
from clinic.sessions.models import SessionStatus, TabletHeard, TreatmentSession
from clinic.sessions.queries.kept import Head, heads_of, state_kept
from clinic.sessions.queries.log import logs_of
from clinic.sessions.queries.state import facts_from, plan_of
from clinic.sessions.rules import SessionState, silent_since
from clinic.sessions.rules.log import Entry
from clinic.sessions.rules.results import Alert

RUNNING = (SessionStatus.ARRIVED, SessionStatus.IN_PROGRESS)
Logs = dict[uuid.UUID, list[Entry]]
A_LONG_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class BoardRow:
    """One running session as the board shows it."""

    session: TreatmentSession
    patient: Patient
    plan: SessionPlan
    state: SessionState
    responsible: str | None
    log_seq: int
    offered_to: str | None = None
    silent_since: datetime | None = None

    @property
    def urgency(self) -> tuple[int, datetime]:
        """Sort key: emergencies, open alerts, a silent tablet, overdue, what is due soonest."""
        due_at = self.state.next_due.due_at if self.state.next_due else A_LONG_TIME
        emergencies = [a for a in self.alerts if a.level is Level.EMERGENCY]
        if self.state.emergency or emergencies:
            return 0, due_at
        if self.alerts:
            return 1, due_at
        if self.silent_since:
            return 2, due_at
        return (3 if self.overdue else 4), due_at

    @property
    def alerts(self) -> list[Alert]:
        """Those that call: open, and not only written down afterwards."""
        return [alert for alert in self.state.open_alerts if not alert.silent]

    @property
    def overdue(self) -> bool:
        return self.state.next_due is not None and self.state.next_due.overdue


def board(now: datetime) -> list[BoardRow]:
    """Every session that runs at this moment, most urgent first."""
    return sorted(
        rows_of(list(db.session.scalars(running())), now),
        key=lambda row: (row.urgency, row.session.room),
    )


def tabs_of(person_id: uuid.UUID, now: datetime) -> list[BoardRow]:
    """The running sessions that one person is responsible for, in the order they were planned."""
    hers = running().where(TreatmentSession.responsible_id == person_id)
    return rows_of(list(db.session.scalars(hers.order_by(TreatmentSession.planned_at))), now)


def answered_for(person_id: uuid.UUID, now: datetime, *, beside: uuid.UUID) -> int:
    """How many other sessions one person is responsible for in which she has not left."""
    rows = tabs_of(person_id, now)
    return sum(row.session.id != beside and row.state.clock.left_at is None for row in rows)


def running() -> Select[TreatmentSession]:
    """Sessions that somebody is here for and that nobody has signed."""
    return select(TreatmentSession).where(
        TreatmentSession.status.in_(RUNNING), TreatmentSession.locked_at.is_(None)
    )


def rows_of(sessions: list[TreatmentSession], now: datetime) -> list[BoardRow]:
    """Sessions with their state, one query for each kind of record."""
    patients = by_id(Patient, {s.patient_id for s in sessions})
    fed = feedings_of({s.patient_id for s in sessions})
    ids = [s.id for s in sessions]
    names, heard, heads = dict(staff()), heard_at(ids), heads_of(ids)
    all_logs, _versions = cache(partial(logs_of, ids)), versions_of(sessions)
    rows = []
    for session in sessions:
        plan, patient = plan_of(session), patients[session.patient_id]
        head = heads.get(session.id, Head())
        facts = facts_from(session, plan, patient.gave_birth_on, fed.get(patient.id, []))
        log = partial(log_in, all_logs, session.id)
        state = state_kept(session, plan, facts, head.log_seq, now, entries=log)
        rows.append(
            BoardRow(
                session,
                patient,
                plan,
                state,
                responsible=name_of(names, session.responsible_id),
                log_seq=head.log_seq,
                offered_to=name_of(names, state.handover_offered_to),
                silent_since=silence_of(
                    plan, state, (head.recorded_at, heard.get(session.id)), now
                ),
            )
        )
    return rows


def log_in(all_logs: Callable[[], Logs], session_id: uuid.UUID) -> list[Entry]:
    """One log, once somebody asks for any of them all are read."""
    return all_logs()[session_id]


def versions_of(sessions: list[TreatmentSession]) -> list[ProtocolVersion]:
    """The versions that sessions are pinned to; while they are held nobody reads them again."""
    ids = {session.protocol_version_id for session in sessions}
    found = select(ProtocolVersion).where(ProtocolVersion.id.in_(ids))
    return list(db.session.scalars(found))


def name_of(names: dict[uuid.UUID, str], person_id: uuid.UUID | None) -> str | None:
    """How somebody is called; whoever does not work here any more has a name all the same."""
    if person_id is None:
        return None
    return names.get(person_id) or names_of([person_id]).get(person_id)


def heard_at(session_ids: list[uuid.UUID]) -> dict[uuid.UUID, datetime]:
    """Session id -> when a tablet that shows it was last heard of."""
    rows = select(TabletHeard.id, TabletHeard.heard_at).where(TabletHeard.id.in_(session_ids))
    return {row.id: row.heard_at for row in db.session.execute(rows)}


def silence_of(
    plan: SessionPlan, state: SessionState, signs: tuple[datetime | None, ...], now: datetime
) -> datetime | None:
    """Since when nobody was heard of at her side (definitions D4.3); None once she has left.

    An entry is a sign of life too.
    """
    last = max((sign for sign in signs if sign is not None), default=None)
    if last is None or state.clock.left_at is not None:
        return None
    return silent_since(plan, last, now)


def by_id(model: type[Patient], ids: set[uuid.UUID]) -> dict[uuid.UUID, Patient]:
    """Records by their id, with one query."""
    return {
        record.id: record for record in db.session.scalars(select(model).where(model.id.in_(ids)))
    }


def feedings_of(patient_ids: set[uuid.UUID]) -> dict[uuid.UUID, list[Feeding | None]]:
    """How the infants of several patients are fed."""
    found: dict[uuid.UUID, list[Feeding | None]] = {}
    for patient_id, feeding in db.session.execute(
        select(Infant.patient_id, Infant.feeding).where(Infant.patient_id.in_(patient_ids))
    ):
        found.setdefault(patient_id, []).append(feeding)
    return found


def board_tag(
    rows: list[BoardRow], today: list[tuple[TreatmentSession, Patient]], *more: object
) -> str:
    """A word that changes whenever the board would look different by more than its timers.

    A state holds until its `changes_at`, so session, last entry, `changes_at` and the minutes that
    a pump has run identify it.
    """
    parts = [
        (
            row.session.id,
            row.session.version,
            row.patient.version,
            row.log_seq,
            row.state.changes_at,
            row.state.dose.infused_minutes,
            row.silent_since,
        )
        for row in rows
    ] + [(session.id, session.version, patient.version) for session, patient in today]
    return hashlib.sha256(repr((clock.today(), parts, more)).encode()).hexdigest()[:32]


def planned_today(now: datetime) -> list[tuple[TreatmentSession, Patient]]:
    """Today's sessions on the clinic's wall in the order of their plan, and those running."""
    zone = acting().timezone
    starts = datetime.combine(now.astimezone(zone).date(), time(), zone).astimezone(UTC)
    ends = starts + timedelta(days=1)
    todays = (
        select(TreatmentSession, Patient)
        .join(Patient, Patient.id == TreatmentSession.patient_id)
        .where(
            or_(
                TreatmentSession.status.in_(RUNNING),
                (TreatmentSession.planned_at >= starts) & (TreatmentSession.planned_at < ends),
            )
        )
        .order_by(TreatmentSession.planned_at)
    )
    return [(session, patient) for session, patient in db.session.execute(todays)]

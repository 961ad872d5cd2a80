"""This file is about reading a period part by part, so that size costs no memory.

Between two parts nothing is held: no lock, no connection, no snapshot. However slowly a browser
takes the file, everybody else works on. Each session is read whole, in one piece.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from clinic.accounts.queries import names_of, own_clinic
from clinic.core.acting import acting
from clinic.core.db import db, end_reading
from clinic.core.signatures import DocumentVersion
from clinic.followups.queries import told_in
from clinic.followups.rules import Told
from clinic.patients.models import Infant, Patient
from clinic.patients.queries import by_ids as patients_by_ids
from clinic.patients.queries import infants_by_patient
from clinic.protocols.models import ProtocolVersion
from clinic.protocols.queries import by_ids as versions_by_ids
from clinic.protocols.queries import content_of
from clinic.protocols.rules import SessionPlan
from clinic.reports.queries.beside_parts import follow_up_parts, medicine_parts
from clinic.reports.queries.course_parts import course_parts, score_parts
from clinic.reports.queries.masked_order import in_order
from clinic.reports.queries.wanted import EVERYTHING, Wanted
from clinic.reports.rules import (
    Period,
    SessionRecord,
    Signature,
    Subject,
    Table,
    people_in,
)
from clinic.reports.rules.column import PLAIN
from clinic.reports.rules.masks import Mask
from clinic.sessions.models import LogEntry, TreatmentSession
from clinic.sessions.queries import amendments_of, countersigned_in, logs_of, reports_of
from clinic.sessions.queries.state import facts_from
from clinic.sessions.rules import SessionFacts, SessionState, session_state
from clinic.sessions.rules.amending import Amended
from clinic.sessions.rules.log import Countersigned, Entry
from clinic.sessions.rules.reporting import Report

PART = 10  # sessions


def exported(
    table: Table,
    period: Period,
    now: datetime,
    mask: Mask = PLAIN,
    wanted: Wanted = EVERYTHING,
) -> Iterator[str]:
    """The file, part by part: the names of the columns at once, then the rows."""
    yield table.head()
    for part in in_order(PARTS[table.by], period, now, wanted, mask):
        yield "".join(table.lines(one, mask) for one in part)


def session_parts(
    period: Period, now: datetime, wanted: Wanted = EVERYTHING
) -> Iterator[list[SessionRecord]]:
    """The sessions of a period, a few at a time."""
    chosen = by_plan if wanted.patient_id is None else of_one_woman
    for sessions in chosen(period, wanted):
        found = [one for one in records(sessions, now) if one.day in period]
        end_reading()
        yield found


def by_plan(period: Period, wanted: Wanted) -> Iterator[Sequence[TreatmentSession]]:
    """The sessions that may belong to the period, in the order of their plan."""
    after: tuple[datetime, uuid.UUID] | None = None
    while sessions := next_sessions(period, after, wanted):
        after = (sessions[-1].planned_at, sessions[-1].id)
        yield sessions


def of_one_woman(period: Period, wanted: Wanted) -> Iterator[Sequence[TreatmentSession]]:
    """The same of one woman; asked for in that order, the plan of everybody is walked through."""
    columns = select(TreatmentSession.planned_at, TreatmentSession.id)
    found = db.session.execute(columns.where(*may_belong(period, wanted))).all()
    ids = [key for _, key in sorted(tuple(row) for row in found)]
    for first in range(0, len(ids), PART):
        part = select(TreatmentSession).where(TreatmentSession.id.in_(ids[first : first + PART]))
        yield sorted(db.session.scalars(part), key=lambda one: (one.planned_at, one.id))


def next_sessions(
    period: Period, after: tuple[datetime, uuid.UUID] | None, wanted: Wanted
) -> Sequence[TreatmentSession]:
    """The next few sessions that may belong to the period, in the order of their plan."""
    statement = select(TreatmentSession).where(*may_belong(period, wanted))
    if after is not None:
        statement = statement.where(is_after(*after))
    ordered = statement.order_by(TreatmentSession.planned_at, TreatmentSession.id)
    return db.session.scalars(ordered.limit(PART)).all()


def count_sessions(period: Period, wanted: Wanted) -> int:
    """How many sessions may belong to the period."""
    counted = select(func.count()).select_from(TreatmentSession)
    return db.session.scalar(counted.where(*may_belong(period, wanted))) or 0


def may_belong(period: Period, wanted: Wanted) -> list[ColumnElement[bool]]:
    """The plan or a dose lies in the period; the day of T0 is known only once the log is read."""
    starts, ends = period.moments(acting().timezone)
    dosed = exists().where(
        LogEntry.session_id == TreatmentSession.id,
        LogEntry.kind == "administration",
        LogEntry.effective_at >= starts,
        LogEntry.effective_at < ends,
    )
    planned = and_(TreatmentSession.planned_at >= starts, TreatmentSession.planned_at < ends)
    filters = wanted.of(TreatmentSession.protocol_version_id, TreatmentSession.course_id)
    return [or_(planned, dosed), *filters]


def is_after(planned_at: datetime, session_id: uuid.UUID) -> ColumnElement[bool]:
    """Later in the order of plan and id."""
    return or_(
        TreatmentSession.planned_at > planned_at,
        and_(TreatmentSession.planned_at == planned_at, TreatmentSession.id > session_id),
    )


@dataclass(frozen=True)
class Loaded:
    """What a few sessions need from other tables, with one query each."""

    clinic_code: str
    patients: Mapping[uuid.UUID, Patient]
    infants: Mapping[uuid.UUID, list[Infant]]
    versions: Mapping[uuid.UUID, ProtocolVersion]
    logs: Mapping[uuid.UUID, list[Entry]]
    countersigned: Mapping[uuid.UUID, tuple[Countersigned, ...]]
    signatures: Mapping[uuid.UUID, Signature]
    reports: Mapping[uuid.UUID, list[Report]]
    told: Mapping[uuid.UUID, list[Told]]
    amendments: Mapping[uuid.UUID, tuple[Amended, ...]]

    def facts(self, session: TreatmentSession, plan: SessionPlan) -> SessionFacts:
        """What a session knows from outside its log."""
        patient = self.patients[session.patient_id]
        fed = [infant.feeding for infant in self.infants.get(patient.id, [])]
        signed = self.countersigned.get(session.id, ())
        return facts_from(session, plan, patient.gave_birth_on, fed, signed)

    def told_after(self, session: TreatmentSession) -> tuple[Told, ...]:
        """The side effects that she told of after a session."""
        told = self.told.get(session.course_id, ())
        return tuple(one for one in told if one.session_id == session.id)

    def people(self, session: TreatmentSession, state: SessionState) -> set[uuid.UUID]:
        """Everybody who wrote in a session, after it, or about it."""
        wrote = {one.author_id for one in self.told_after(session)}
        return people_in(state) | wrote | {a.author_id for a in self.amendments.get(session.id, ())}


def records(sessions: Sequence[TreatmentSession], now: datetime) -> Iterator[SessionRecord]:
    """Sessions as they are exported."""
    ids = [session.id for session in sessions]
    patient_ids = {session.patient_id for session in sessions}
    loaded = Loaded(
        clinic_code=own_clinic().code,
        patients=patients_by_ids(patient_ids),
        infants=infants_by_patient(patient_ids),
        versions=versions_by_ids(session.protocol_version_id for session in sessions),
        logs=logs_of(ids),
        countersigned=countersigned_in(ids),
        signatures=signatures_of(ids),
        reports=reports_of(ids),
        told=told_in({session.course_id for session in sessions}, now),
        amendments=amendments_of(ids),
    )
    for session in sessions:
        yield record(session, loaded, now)


def record(session: TreatmentSession, loaded: Loaded, now: datetime) -> SessionRecord:
    """One session as it is exported."""
    version = loaded.versions[session.protocol_version_id]
    plan = content_of(version).session_plan()
    patient, entries = loaded.patients[session.patient_id], loaded.logs.get(session.id, [])
    state = session_state(plan, loaded.facts(session, plan), entries, now)
    return SessionRecord(
        id=session.id,
        number=session.number,
        course_id=session.course_id,
        patient_id=session.patient_id,
        clinic_code=loaded.clinic_code,
        patient_number=patient.number,
        **pinned(version),
        planned_at=session.planned_at,
        room=session.room,
        status=session.status.value,
        ordered_mg=session.ordered_dose,
        zone=acting().timezone,
        plan=plan,
        state=state,
        birth_on=patient.gave_birth_on,
        names=names_of(loaded.people(session, state)),
        signature=loaded.signatures.get(session.id),
        weight_kg=session.weight_kg,
        weighed_on=session.weighed_on,
        reports=tuple(loaded.reports.get(session.id, ())),
        told=loaded.told_after(session),
        amendments=loaded.amendments.get(session.id, ()),
    )


def pinned(version: ProtocolVersion) -> dict[str, Any]:
    """The version of the protocol that a session was measured against."""
    return {
        "protocol_code": version.code,
        "protocol_version": version.n,
        "protocol_digest": version.digest,
    }


def signatures_of(session_ids: list[uuid.UUID]) -> dict[uuid.UUID, Signature]:
    """The signature in force of each signed session."""
    signed = select(DocumentVersion).where(
        DocumentVersion.kind == "discharge", DocumentVersion.subject_id.in_(session_ids)
    )
    return {
        document.subject_id: Signature(document.signed_by_name, document.signed_at, document.hash)
        for document in db.session.scalars(signed.order_by(DocumentVersion.n))
    }


PARTS: dict[Subject, Callable[[Period, datetime, Wanted], Iterator[list[Any]]]] = {
    Subject.SESSION: session_parts,
    Subject.COURSE: course_parts,
    Subject.SCORE: score_parts,
    Subject.FOLLOW_UP: follow_up_parts,
    Subject.MEDICINE: medicine_parts,
}

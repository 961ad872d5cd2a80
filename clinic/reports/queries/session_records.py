"""This file is about sessions as they are exported, a few at a time with one query a table."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from clinic.accounts.queries import names_of, own_clinic
from clinic.core.acting import acting
from clinic.core.db import db
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
from clinic.reports.rules import SessionRecord, Signature, people_in
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import amendments_of, countersigned_in, logs_of, reports_of
from clinic.sessions.queries.state import facts_from
from clinic.sessions.rules import SessionFacts, SessionState, session_state
from clinic.sessions.rules.amending import Amended
from clinic.sessions.rules.log import Countersigned, Entry
from clinic.sessions.rules.reporting import Report

Names = Mapping[uuid.UUID, str]


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
    states = {session.id: state_of(session, loaded, now) for session in sessions}
    wrote = (loaded.people(session, states[session.id]) for session in sessions)
    names = names_of(set().union(*wrote))
    for session in sessions:
        yield record(session, loaded, states[session.id], names)


def state_of(session: TreatmentSession, loaded: Loaded, now: datetime) -> SessionState:
    """What the log of a session comes to."""
    plan = plan_of(session, loaded)
    entries = loaded.logs.get(session.id, [])
    return session_state(plan, loaded.facts(session, plan), entries, now)


def plan_of(session: TreatmentSession, loaded: Loaded) -> SessionPlan:
    """The plan of the version that is pinned to it."""
    return content_of(loaded.versions[session.protocol_version_id]).session_plan()


def record(
    session: TreatmentSession, loaded: Loaded, state: SessionState, names: Names
) -> SessionRecord:
    """One session as it is exported; `names`: everybody who wrote in the part that it is of."""
    version = loaded.versions[session.protocol_version_id]
    patient = loaded.patients[session.patient_id]
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
        plan=plan_of(session, loaded),
        state=state,
        birth_on=patient.gave_birth_on,
        names=names,
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
        one.subject_id: Signature(one.signed_by_name, one.signed_at, one.hash, one.meaning)
        for one in db.session.scalars(signed.order_by(DocumentVersion.n))
    }

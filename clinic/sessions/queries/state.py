"""This file is about the state of a session: what its plan, its log and the time come to."""

import uuid
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from sqlalchemy import select

from clinic.core.acting import acting
from clinic.core.db import db
from clinic.courses.queries import asked_before_the_dose
from clinic.patients.models import Infant, Patient
from clinic.patients.rules import Feeding, gives_milk
from clinic.protocols import queries as protocols
from clinic.protocols.models import ProtocolVersion
from clinic.protocols.rules import SessionPlan
from clinic.sessions.models import LogEntry, TreatmentSession
from clinic.sessions.queries.kept import Head, heads_of, state_kept
from clinic.sessions.queries.log import countersigned_in, entries_of
from clinic.sessions.rules import SessionFacts, SessionState, session_state
from clinic.sessions.rules.log import Countersigned, Entry


def plan_of(session: TreatmentSession) -> SessionPlan:
    """What the session is measured against: the version of the protocol pinned to it."""
    return protocols.content_of(version_of(session)).session_plan()


def version_of(session: TreatmentSession) -> ProtocolVersion:
    """The version of the protocol that is pinned to a session."""
    return db.session.get_one(ProtocolVersion, session.protocol_version_id)


def version_in_force(session: TreatmentSession) -> ProtocolVersion:
    """The newest version of the session's protocol: what a session that starts now is pinned to."""
    pinned = version_of(session)
    return protocols.in_force(pinned.code) or pinned


def facts_of(session: TreatmentSession) -> SessionFacts:
    """What the rules need to know from outside the log."""
    patient = db.session.get_one(Patient, session.patient_id)
    facts = facts_from(
        session,
        plan_of(session),
        patient.gave_birth_on,
        feedings(session.patient_id),
        countersigned_in([session.id]).get(session.id, ()),
    )
    return replace(facts, on_her_list=frozenset(on_her_list(session)))


def facts_from(
    session: TreatmentSession,
    plan: SessionPlan,
    birth_on: date | None,
    fed: list[Feeding | None],
    countersigned: tuple[Countersigned, ...] = (),
) -> SessionFacts:
    """The facts of a session from what was loaded. Whoever asks for no orders by phone may leave
    out who countersigned them."""
    devices = plan.dose.devices
    return SessionFacts(
        timezone=acting().timezone,
        birth_on=birth_on,
        ordered_mg=session.ordered_dose,
        ordered_devices=int(session.ordered_dose / devices.mg_each) if devices else None,
        agreed_pause_hours=session.agreed_pause_hours,
        breastfeeding=gives_milk(fed),
        signed_at=session.locked_at,
        countersigned=countersigned,
    )


def on_her_list(session: TreatmentSession) -> dict[str, str]:
    """Item before the dose -> her medicines of that class on the day of the session (D8.7).

    Nothing once the session is signed: a list that changes later changes no signed session.
    """
    found: dict[str, list[str]] = {}
    if session.locked_at is not None:
        return {}
    day = session.planned_at.astimezone(acting().timezone).date()
    for medicine in asked_before_the_dose(session.course_id, day):
        item = medicine.drug_class.pre_dose_item or ""
        found.setdefault(item, []).append(f"{medicine.drug} {medicine.dose or ''}".strip())
    return {item: ", ".join(names) for item, names in found.items()}


def feedings(patient_id: uuid.UUID) -> list[Feeding | None]:
    """How each of her infants is fed, as far as anybody asked."""
    return list(db.session.scalars(select(Infant.feeding).where(Infant.patient_id == patient_id)))


def state_of(
    session: TreatmentSession, now: datetime, entries: list[Entry] | None = None
) -> SessionState:
    """The state at a moment. The same call for every screen and report."""
    plan, facts = plan_of(session), facts_of(session)
    if entries is not None:
        return session_state(plan, facts, entries, now)
    head = heads_of([session.id]).get(session.id, Head())
    log = partial(entries_of, session.id)
    return state_kept(session, plan, facts, head.log_seq, now, entries=log)


def of_patient(patient_id: uuid.UUID) -> list[TreatmentSession]:
    """Her sessions, newest first."""
    hers = select(TreatmentSession).where(TreatmentSession.patient_id == patient_id)
    return list(db.session.scalars(hers.order_by(TreatmentSession.planned_at.desc())))


def of_course(course_id: uuid.UUID) -> list[TreatmentSession]:
    """The sessions of a course by their number."""
    its = select(TreatmentSession).where(TreatmentSession.course_id == course_id)
    return list(db.session.scalars(its.order_by(TreatmentSession.number)))


def last_dose_before(session: TreatmentSession) -> datetime | None:
    """When she last got the drug in an earlier session, or None."""
    given = (
        select(LogEntry.effective_at)
        .where(
            LogEntry.patient_id == session.patient_id,
            LogEntry.session_id != session.id,
            LogEntry.kind == "administration",
            LogEntry.effective_at < session.planned_at,
        )
        .order_by(LogEntry.effective_at.desc())
    )
    return db.session.scalar(given.limit(1))

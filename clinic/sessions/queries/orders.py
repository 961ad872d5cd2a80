"""This file is about orders by phone: who countersigned them, and which wait for somebody."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from clinic.core.db import db
from clinic.patients.models import Patient
from clinic.sessions.models import Countersignature, LogEntry, TreatmentSession
from clinic.sessions.queries.state import state_of
from clinic.sessions.rules.phone_orders import countersigning_refused
from clinic.sessions.rules.results import PhoneOrder


@dataclass(frozen=True)
class WaitingOrder:
    """An order of somebody that she has not countersigned yet."""

    session: TreatmentSession
    patient: Patient
    order: PhoneOrder


def orders_waiting_for(person_id: uuid.UUID, now: datetime) -> list[WaitingOrder]:
    """What this prescriber ordered by phone and has not countersigned, oldest first; signed
    sessions too."""
    found = [
        WaitingOrder(session, patient, order)
        for session, patient in with_unsigned(person_id)
        for order in state_of(session, now).open_orders
        if order.ordered_by_id == person_id and not countersigning_refused(order, person_id)
    ]
    return sorted(found, key=lambda one: one.order.given_at)


def with_unsigned(person_id: uuid.UUID) -> list[tuple[TreatmentSession, Patient]]:
    """The sessions whose log names this person in an order without a signature of its own: only
    these are worked out."""
    signed = exists().where(Countersignature.order_id == LogEntry.id)
    said = select(LogEntry.session_id).where(
        LogEntry.kind == "order", LogEntry.detail.contains(str(person_id)), ~signed
    )
    rows = select(TreatmentSession, Patient).join(
        Patient, Patient.id == TreatmentSession.patient_id
    )
    return [
        (session, patient)
        for session, patient in db.session.execute(rows.where(TreatmentSession.id.in_(said)))
    ]

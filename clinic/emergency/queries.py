"""This file is about what may be asked of emergency accesses."""

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.emergency.models import EmergencyAccess
from clinic.patients.models import Patient
from clinic.patients.rules import folded

MOST = 200


def open_for(session: Session, patient_id: uuid.UUID) -> EmergencyAccess | None:
    """The access by which the person acting may read a record now."""
    mine = select(EmergencyAccess).where(
        EmergencyAccess.patient_id == patient_id,
        EmergencyAccess.opened_by_id == acting().actor_id,
        runs(),
    )
    return session.scalars(mine.order_by(EmergencyAccess.ends_at.desc()).limit(1)).first()


def on_record(patient_id: uuid.UUID) -> Sequence[EmergencyAccess]:
    """The accesses to a record that run, or that nobody else has looked at yet; newest first."""
    hers = select(EmergencyAccess).where(
        EmergencyAccess.patient_id == patient_id, or_(runs(), EmergencyAccess.seen_at.is_(None))
    )
    return db.session.scalars(hers.order_by(EmergencyAccess.opened_at.desc())).all()


def all_accesses() -> Sequence[EmergencyAccess]:
    """The newest of the clinic, those first that nobody else has looked at."""
    rows = select(EmergencyAccess).order_by(
        EmergencyAccess.seen_at.is_not(None), EmergencyAccess.opened_at.desc()
    )
    return db.session.scalars(rows.limit(MOST)).all()


def how_many_unseen() -> int:
    """How many accesses wait for the person acting to look at them: all but their own."""
    waiting = select(EmergencyAccess.id).where(
        EmergencyAccess.seen_at.is_(None), EmergencyAccess.opened_by_id != acting().actor_id
    )
    return len(db.session.scalars(waiting).all())


def runs() -> ColumnElement[bool]:
    """Whether an access opens anything now."""
    return and_(EmergencyAccess.ended_at.is_(None), EmergencyAccess.ends_at > clock.now())


def patient_called(family_name: str, born_on: date) -> uuid.UUID | None:
    """The one patient with this last name and date of birth; None: nobody, or several."""
    born = select(Patient).where(Patient.born_on == born_on)
    wanted = folded(family_name)
    found = [one.id for one in db.session.scalars(born) if folded(one.family_name) == wanted]
    return found[0] if len(found) == 1 else None

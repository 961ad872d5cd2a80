"""This file is about how many women of an export could be told from the others."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import exists, or_, select

from clinic.accounts.queries import own_clinic
from clinic.core.db import db
from clinic.courses.models import Course
from clinic.courses.rules import delivery_of
from clinic.patients.models import Patient
from clinic.patients.queries import infants_by_patient
from clinic.reports.queries.course_parts import filters, opened_in
from clinic.reports.queries.sessions_in import may_belong
from clinic.reports.queries.wanted import Wanted
from clinic.reports.rules import Period
from clinic.reports.rules.rare import Profile, Rarity, profile, rarity
from clinic.sessions.models import TreatmentSession


def rarity_of(period: Period, wanted: Wanted) -> Rarity:
    """The rare combinations among the women of an export, each by her first course in it."""
    treated = exists().where(TreatmentSession.course_id == Course.id, *may_belong(period, wanted))
    found = select(Course.patient_id, Course.opened_on, Patient.born_on, Patient.gave_birth_on)
    found = found.join(Patient, Patient.id == Course.patient_id)
    belong = found.where(or_(treated, opened_in(period)), *filters(wanted))
    rows = db.session.execute(belong.order_by(Course.opened_on.desc())).all()
    first = {row.patient_id: row for row in rows}
    return rarity(profiles(list(first.values()), set(first)))


def profiles(rows: Sequence[Any], ids: set[uuid.UUID]) -> Iterator[Profile]:
    """What is known of each woman."""
    infants, clinic = infants_by_patient(ids), own_clinic().code
    for row in rows:
        born = [infant.born_on for infant in infants.get(row.patient_id, [])]
        birth_on = delivery_of(row.opened_on, row.gave_birth_on, born)
        yield profile(clinic, row.born_on, row.opened_on, birth_on)

"""This file is about what an export can be narrowed to, and how much that is."""

import uuid

from sqlalchemy import func, select

from clinic.core.db import db
from clinic.courses.models import Course
from clinic.patients.models import Patient
from clinic.protocols.models import ProtocolVersion
from clinic.reports.models import ExportDefinition
from clinic.reports.queries.sessions_in import may_belong
from clinic.reports.queries.wanted import Wanted
from clinic.reports.rules import Period
from clinic.sessions.models import TreatmentSession


def protocols_used() -> list[tuple[str, str]]:
    """(code, title) of each protocol that was ever published here, by its newest title."""
    published = select(ProtocolVersion).order_by(ProtocolVersion.n)
    titles = {version.code: version.title for version in db.session.scalars(published)}
    return sorted(titles.items(), key=lambda pair: pair[1])


def course_of(patient_number: str) -> uuid.UUID | None:
    """The newest course of the patient with this number."""
    hers = select(Course.id).join(Patient, Patient.id == Course.patient_id)
    newest = hers.where(Patient.number == patient_number).order_by(Course.opened_on.desc())
    return db.session.scalar(newest.order_by(Course.id.desc()).limit(1))


def count_chosen(period: Period, wanted: Wanted) -> tuple[int, int]:
    """How many sessions, of how many patients."""
    counted = select(func.count(), func.count(TreatmentSession.patient_id.distinct()))
    found = counted.select_from(TreatmentSession).where(*may_belong(period, wanted))
    sessions, patients = db.session.execute(found).one()
    return sessions, patients


def definitions() -> list[ExportDefinition]:
    """The orders that are kept by name."""
    return list(db.session.scalars(select(ExportDefinition).order_by(ExportDefinition.name)))

"""This file is about which other medicines belong to a course, and which she took on a day."""

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from clinic.core.db import db
from clinic.courses.models import Medication
from clinic.courses.queries.courses import protocol_of
from clinic.courses.rules import ASKED_BEFORE_THE_DOSE, Caution, DrugClass, cautions


def medications_of(course_id: uuid.UUID, on: date | None = None) -> Sequence[Medication]:
    """The medicines of a course by first day, unknown starts first; with `on`, those of that day.

    The first and the last day count as taken; what was entered in error is left out.
    """
    statement = select(Medication).where(
        Medication.course_id == course_id, Medication.void_reason.is_(None)
    )
    if on is not None:
        statement = statement.where(
            or_(Medication.started_on.is_(None), Medication.started_on <= on),
            or_(Medication.stopped_on.is_(None), Medication.stopped_on >= on),
        )
    unknown_first = Medication.started_on.is_(None).desc()
    ordered = statement.order_by(unknown_first, Medication.started_on, Medication.id)
    return db.session.scalars(ordered).all()


def asked_before_the_dose(course_id: uuid.UUID, on: date) -> list[Medication]:
    """Those of a day whose class is asked before each dose (definitions D8.7)."""
    taken = medications_of(course_id, on)
    return [medicine for medicine in taken if medicine.drug_class in ASKED_BEFORE_THE_DOSE]


def still_to_ask(course_id: uuid.UUID) -> list[Medication]:
    """Those of which nobody knows whether she takes them: asked at the next contact."""
    return [medicine for medicine in medications_of(course_id) if medicine.stop_unclear]


def cautions_of(course_id: uuid.UUID) -> dict[DrugClass, Caution]:
    """What the protocol of a course says of classes of medicines on session days."""
    return cautions(protocol_of(course_id).session_plan().pre_dose)


def voided_medications_of(course_id: uuid.UUID) -> Sequence[Medication]:
    """What was entered in error, oldest first: kept to be seen, counted nowhere."""
    statement = select(Medication).where(
        Medication.course_id == course_id, Medication.void_reason.is_not(None)
    )
    return db.session.scalars(statement.order_by(Medication.id)).all()

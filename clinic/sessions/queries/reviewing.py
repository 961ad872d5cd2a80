"""This file is about which signed sessions were reviewed, and which wait for it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, select

from clinic.core.db import db
from clinic.patients.models import Patient
from clinic.sessions.models import (
    Amendment,
    Countersignature,
    EventReport,
    SessionReview,
    SessionStatus,
    TreatmentSession,
)
from clinic.sessions.rules.reviewing import Review, Reviewed

BESIDE = (Amendment, EventReport, Countersignature)


@dataclass(frozen=True)
class Unreviewed:
    """A signed session that waits for its review."""

    session: TreatmentSession
    patient: Patient
    review: Review


def reviews_of(session_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Review]:
    """Session id -> how its review stands, for those that are signed."""
    wanted = set(session_ids)
    signed = select(TreatmentSession.id, added()).where(
        TreatmentSession.id.in_(wanted), TreatmentSession.locked_at.is_not(None)
    )
    last = last_reviews(wanted)
    found = db.session.execute(signed).all() if wanted else []
    return {session_id: Review(count, last.get(session_id)) for session_id, count in found}


def last_reviews(session_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Reviewed]:
    """Session id -> its latest review; a session without any is not there."""
    rows = select(SessionReview).where(SessionReview.session_id.in_(set(session_ids)))
    return {
        row.session_id: Reviewed(row.author_id, row.recorded_at, row.added)
        for row in db.session.scalars(rows.order_by(SessionReview.added))
    }


def unreviewed(most: int) -> list[Unreviewed]:
    """Signed sessions that wait for their review, the oldest first, `most` of them."""
    rows = (
        select(TreatmentSession, Patient, added())
        .join(Patient, Patient.id == TreatmentSession.patient_id)
        .where(waits())
        .order_by(TreatmentSession.planned_at, TreatmentSession.id)
        .limit(most)
    )
    found = db.session.execute(rows).all()
    last = last_reviews(session.id for session, _, _ in found)
    return [
        Unreviewed(session, patient, Review(count, last.get(session.id)))
        for session, patient, count in found
    ]


def unreviewed_count() -> int:
    """How many signed sessions wait for their review."""
    return db.session.scalar(select(func.count()).select_from(TreatmentSession).where(waits())) or 0


def waiting_patients() -> set[uuid.UUID]:
    """The patients of whom a signed session waits for its review."""
    return set(db.session.scalars(select(TreatmentSession.patient_id).where(waits()).distinct()))


def waits() -> ColumnElement[bool]:
    """Whether a session is signed and was not reviewed as it stands now."""
    reviewed = exists().where(
        SessionReview.clinic_id == TreatmentSession.clinic_id,
        SessionReview.session_id == TreatmentSession.id,
        SessionReview.added == added(),
    )
    return and_(
        TreatmentSession.locked_at.is_not(None),
        TreatmentSession.status != SessionStatus.CANCELLED,
        ~reviewed,
    )


def added() -> ColumnElement[int]:
    """How many rows stand beside the signature of a session."""
    counts = [
        select(func.count(model.id))
        .where(
            model.clinic_id == TreatmentSession.clinic_id, model.session_id == TreatmentSession.id
        )
        .correlate(TreatmentSession)
        .scalar_subquery()
        for model in BESIDE
    ]
    return counts[0] + counts[1] + counts[2]

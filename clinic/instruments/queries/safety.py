"""This file is about safety answers that nobody has reviewed (definitions D7.4)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from clinic.core.db import db
from clinic.instruments.models import QuestionnaireResponse, SafetyReview
from clinic.instruments.queries.uses import Answered, uses_from
from clinic.instruments.rules import SafetyLevel, answer_text
from clinic.patients.models import Patient


@dataclass(frozen=True)
class Unreviewed:
    """A use of a scale with safety answers that wait for a person, since when, and whose."""

    use: Answered
    patient: Patient
    since: datetime

    @property
    def urgent(self) -> bool:
        """Whether any of them is of the urgent level."""
        return any(o.finding.level is SafetyLevel.URGENT for o in self.use.open)

    @property
    def words(self) -> list[str]:
        """`EPDS item 10: 2`; with the answer in words where its wording may be shown."""
        return [words_of(self.use, number) for number in range(len(self.use.open))]


def words_of(use: Answered, number: int) -> str:
    """One open answer of a use in words, and what it was changed to."""
    finding = use.open[number].finding
    place = f"{use.instrument.name} item {finding.item}"
    if finding.score is None:
        return f"{place}: not answered, ask today"
    words = f"{place}: {answer_text(use.shown, finding.item, finding.score)}"
    if use.withdrawn:
        return f"{words}, later marked as entered in error"
    said = use.response.said()
    if said.get(finding.item) == finding.score:
        return words
    now = said.get(finding.item)
    changed = "no answer" if now is None else answer_text(use.shown, finding.item, now)
    return f"{words}, later changed to {changed}"


def open_safety(patient_id: uuid.UUID | None = None) -> list[Unreviewed]:
    """Uses with safety answers that nobody has reviewed, oldest first. None: of every patient."""
    waiting = [use for use in candidates(patient_id) if use.open]
    ids = {use.response.patient_id for use in waiting}
    found = db.session.scalars(select(Patient).where(Patient.id.in_(ids)))
    patients = {patient.id: patient for patient in found}
    rows = [
        Unreviewed(use, patients[use.response.patient_id], use.open_since)
        for use in waiting
        if use.open_since is not None
    ]
    return sorted(rows, key=lambda row: (row.since, row.use.response.id))


def candidates(patient_id: uuid.UUID | None) -> list[Answered]:
    """Uses of which a version has findings and no review of its own."""
    reviewed = exists().where(SafetyReview.response_id == QuestionnaireResponse.id)
    found = select(QuestionnaireResponse).where(QuestionnaireResponse.has_findings, ~reviewed)
    if patient_id is not None:
        found = found.where(QuestionnaireResponse.patient_id == patient_id)
    suspects = db.session.scalars(found).all()
    courses = {row.course_id for row in suspects}
    codes = {row.instrument_code for row in suspects}
    around = select(QuestionnaireResponse).where(
        QuestionnaireResponse.course_id.in_(courses),
        QuestionnaireResponse.instrument_code.in_(codes),
    )
    return uses_from(db.session.scalars(around).all()) if suspects else []


def reviews_of(patient_id: uuid.UUID) -> Sequence[SafetyReview]:
    """What was done about safety answers of a patient, newest first."""
    found = select(SafetyReview).where(SafetyReview.patient_id == patient_id)
    return db.session.scalars(found.order_by(SafetyReview.reviewed_at.desc())).all()

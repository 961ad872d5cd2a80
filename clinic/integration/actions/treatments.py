"""This file is about treatments that last: begin one, change it, take it out."""

import uuid
from dataclasses import asdict

from clinic.core.db import db
from clinic.courses.queries import course_or_raise
from clinic.integration.actions.keeping import (
    ChangedMeanwhile,
    change,
    kept,
    of_course,
    refuse,
    refuse_when_ended,
)
from clinic.integration.models import CareTreatment
from clinic.integration.rules import TreatmentFacts, faults_of_treatment


def record_treatment(course_id: uuid.UUID, facts: TreatmentFacts) -> CareTreatment:
    """Write down a treatment that lasts. Raises Unprocessable, Conflict for an ended course."""
    course = course_or_raise(course_id)
    refuse_when_ended(course)
    refuse(faults_of_treatment(facts))
    return kept(CareTreatment(**asdict(facts), **of_course(course)))


def change_treatment(treatment: CareTreatment, facts: TreatmentFacts, version: int | None) -> None:
    """Write its last day or a correction; raises like record_treatment, and ChangedMeanwhile."""
    refuse(faults_of_treatment(facts))
    change(treatment, facts, version)


def void_treatment(treatment: CareTreatment, reason: str | None, version: int | None) -> None:
    """Take it out because it was entered in error. Raises ChangedMeanwhile."""
    if treatment.version != version or treatment.void_reason is not None:
        raise ChangedMeanwhile
    refuse([] if reason else [("reason", "Write what is wrong with it.")])
    treatment.void_reason = reason
    db.session.flush()

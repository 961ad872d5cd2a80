"""This file is about writing down other medicines: add, correct, stop, entered in error."""

import uuid
from dataclasses import asdict, replace
from datetime import date

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Unprocessable
from clinic.courses import queries
from clinic.courses.actions.courses import ChangedMeanwhile
from clinic.courses.models import Medication
from clinic.courses.rules import MedicationFacts


def add_medication(course_id: uuid.UUID, facts: MedicationFacts) -> Medication:
    """Write down a medicine of a course. Raises Unprocessable for days that cannot be."""
    check_days(facts)
    medication = Medication(
        **asdict(facts),
        patient_id=queries.course_or_raise(course_id).patient_id,
        course_id=course_id,
        recorded_by_id=acting().actor_id,
        recorded_at=clock.now(),
    )
    db.session.add(medication)
    db.session.flush()
    return medication


def correct_medication(medication: Medication, facts: MedicationFacts, version: int | None) -> None:
    """Write what was corrected; raises like add_medication, and ChangedMeanwhile."""
    refuse_when_moved_on(medication, version)
    check_days(facts)
    for name, value in asdict(facts).items():
        setattr(medication, name, value)
    db.session.flush()


def stop_medication(medication: Medication, stopped_on: date, version: int | None) -> None:
    """Write down the last day on which she took it; raises like correct_medication."""
    names = MedicationFacts.__dataclass_fields__
    facts = MedicationFacts(**{name: getattr(medication, name) for name in names})
    correct_medication(medication, replace(facts, stopped_on=stopped_on), version)


def void_medication(medication: Medication, reason: str, version: int | None) -> None:
    """Take a row out of every list because it was entered in error. Raises ChangedMeanwhile."""
    refuse_when_moved_on(medication, version)
    medication.void_reason = reason
    db.session.flush()


def refuse_when_moved_on(medication: Medication, version: int | None) -> None:
    """A row that was corrected meanwhile, or taken out, is looked at first."""
    if medication.version != version or medication.void_reason is not None:
        raise ChangedMeanwhile


def check_days(facts: MedicationFacts) -> None:
    """The last day is not before the first, and not in the future. A planned start is allowed."""
    if facts.stopped_on is None:
        return
    if facts.started_on is not None and facts.stopped_on < facts.started_on:
        fault = f"Enter a last day from {facts.started_on:%d %b %Y}, the first day."
        raise Unprocessable({"stopped_on": [fault]})
    if facts.stopped_on > clock.today():
        raise Unprocessable({"stopped_on": ["Enter a last day that is not after today."]})

"""This file is about writing down other medicines: add, correct, stop, entered in error."""

import uuid
from dataclasses import asdict, replace
from datetime import date, timedelta

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
    known = replace(facts_of(medication), stopped_on=stopped_on, stop_unclear=False)
    correct_medication(medication, known, version)


def still_taken(medication: Medication, version: int | None) -> None:
    """She was asked, and takes it; raises like correct_medication."""
    correct_medication(medication, replace(facts_of(medication), stop_unclear=False), version)


def change_dose(
    medication: Medication, dose: str, from_on: date, version: int | None
) -> Medication:
    """Another dose from a day on: the row so far ends on the day before. Raises Unprocessable.

    Each dose is a row of its own, so that what she took on a day can be told.
    """
    before = facts_of(medication)
    if before.stopped_on is not None:
        raise Unprocessable({"from_on": ["This dose has ended. Add the medicine once more."]})
    if from_on > clock.today():
        raise Unprocessable({"from_on": ["Enter a first day that is not after today."]})
    if before.started_on is not None and from_on <= before.started_on:
        fault = f"Enter a first day after {before.started_on:%d %b %Y}, that of the dose so far."
        raise Unprocessable({"from_on": [fault]})
    stop_medication(medication, from_on - timedelta(days=1), version)
    step = replace(before, dose=dose, started_on=from_on, stop_unclear=False)
    return add_medication(medication.course_id, step)


def facts_of(medication: Medication) -> MedicationFacts:
    """A medicine as it is stored."""
    names = MedicationFacts.__dataclass_fields__
    return MedicationFacts(**{name: getattr(medication, name) for name in names})


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
    if facts.stop_unclear:
        raise Unprocessable({"stop_unclear": ["The last day is written: then it is known."]})
    if facts.started_on is not None and facts.stopped_on < facts.started_on:
        fault = f"Enter a last day from {facts.started_on:%d %b %Y}, the first day."
        raise Unprocessable({"stopped_on": [fault]})
    if facts.stopped_on > clock.today():
        raise Unprocessable({"stopped_on": ["Enter a last day that is not after today."]})

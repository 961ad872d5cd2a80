"""This file is about what may be done with patients and infants: register and correct them."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.patients import queries
from clinic.patients.models import Infant, InfantMeasure, Patient
from clinic.patients.rules import (
    InfantParticulars,
    MeasureFacts,
    Particulars,
    faults_of_measure,
    name_key,
)


class MaybeTheSame(Conflict):
    """Somebody with this name or date of birth is here already; `patients` says who."""

    def __init__(self, patients: Sequence[Patient]) -> None:
        super().__init__("Somebody with this name or this date of birth is registered already.")
        self.patients = patients


class ChangedMeanwhile(Conflict):
    """The record moved on after the form was opened."""

    def __init__(self) -> None:
        super().__init__("Somebody else saved this record after you opened it.")


class NumberTaken(Conflict):
    """Somebody was given this number while the form was open."""

    def __init__(self) -> None:
        super().__init__("Somebody has this number already. Enter another one.")


def register_patient(particulars: Particulars, seen: frozenset[uuid.UUID]) -> Patient:
    """Register a woman. Raises MaybeTheSame unless everybody who looks the same was `seen`."""
    same = queries.doubles(particulars.given_name, particulars.family_name, particulars.born_on)
    if not seen.issuperset(patient.id for patient in same):
        raise MaybeTheSame(same)
    patient = Patient(**asdict(particulars), name_key=key_of(particulars))
    db.session.add(patient)
    write()
    return patient


def correct_patient(patient: Patient, particulars: Particulars, version: int | None) -> None:
    """Write what was corrected. Raises ChangedMeanwhile unless `version` is the present one."""
    save_in_place(patient, asdict(particulars) | {"name_key": key_of(particulars)}, version)


def add_infant(patient_id: uuid.UUID, particulars: InfantParticulars) -> Infant:
    """Write down an infant of a patient."""
    infant = Infant(patient_id=patient_id, **asdict(particulars))
    db.session.add(infant)
    db.session.flush()
    return infant


def correct_infant(infant: Infant, particulars: InfantParticulars, version: int | None) -> None:
    """Write what was corrected. Raises ChangedMeanwhile unless `version` is the present one."""
    save_in_place(infant, asdict(particulars), version)


def measure_infant(
    infant: Infant,
    facts: MeasureFacts,
    *,
    corrects: InfantMeasure | None = None,
    reason: str | None = None,
    withdrawn: bool = False,
) -> InfantMeasure:
    """Write down weight or feeding; with `corrects` in place of a row, or to take it back.

    The newest feeding is the infant's. Raises Unprocessable, and ChangedMeanwhile for a row that
    was corrected already.
    """
    check_measure(infant, facts, corrects, reason)
    row = InfantMeasure(
        **asdict(facts),
        infant_id=infant.id,
        patient_id=infant.patient_id,
        corrects_id=corrects.id if corrects else None,
        reason=reason if corrects else None,
        withdrawn=withdrawn,
        author_id=acting().actor_id,
        recorded_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    known = [m for m in queries.measures_of([infant.id]).get(infant.id, []) if m.feeding]
    if known and known[-1].id == row.id:
        infant.feeding = row.feeding
        db.session.flush()
    return row


def check_measure(
    infant: Infant, facts: MeasureFacts, corrects: InfantMeasure | None, reason: str | None
) -> None:
    """Raise for what cannot be."""
    standing = {row.id for row in queries.measures_of([infant.id]).get(infant.id, [])}
    if corrects is not None and corrects.id not in standing:
        raise ChangedMeanwhile
    day = facts.measured_at.astimezone(acting().timezone).date()
    found = list(faults_of_measure(facts, infant.born_on, day, clock.now()))
    if corrects is not None and not reason:
        found.append(("reason", "Write why it is corrected."))
    if found:
        raise Unprocessable({field: [sentence] for field, sentence in found})


def save_in_place(record: Patient | Infant, values: dict[str, object], version: int | None) -> None:
    """Set the values of a register, unless it moved on since the form was opened."""
    if version != record.version:
        raise ChangedMeanwhile
    for name, value in values.items():
        setattr(record, name, value)
    write()


def write() -> None:
    """Send to the database what was set. Raises ChangedMeanwhile or NumberTaken for a clash."""
    try:
        db.session.flush()
    except StaleDataError as clash:
        raise ChangedMeanwhile from clash
    except IntegrityError as clash:
        raise NumberTaken from clash


def key_of(particulars: Particulars) -> str:
    """What she is found by."""
    return name_key(particulars.given_name, particulars.family_name)

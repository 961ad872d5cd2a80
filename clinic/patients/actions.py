"""This file is about what may be done with patients and infants: register and correct them."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from clinic.core.db import db
from clinic.core.errors import Conflict
from clinic.patients import queries
from clinic.patients.models import Infant, Patient
from clinic.patients.rules import InfantParticulars, Particulars, name_key


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

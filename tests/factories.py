"""This file is about records for tests: plain functions, every value fixed, each may be given.

Each adds its record and flushes; `work(...)` commits. Clinics, people and their memberships can be
made by nobody in particular; the rest needs somebody acting for its clinic.
"""

import uuid
from datetime import date
from functools import cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from flask_security import hash_password

from clinic.accounts.models import Clinic, Membership, User
from clinic.core.acting import Acting
from clinic.core.db import Base, db
from clinic.core.permissions import Role
from clinic.patients.models import Infant, Patient

PASSWORD = "correct horse battery staple"
CLINIC_ID = uuid.UUID("01950000-0000-7000-8000-00000000c001")
OTHER_CLINIC_ID = uuid.UUID("01950000-0000-7000-8000-00000000c002")

Record = TypeVar("Record", bound=Base)


def kept(record: Record) -> Record:
    """Add a record to the transaction that is open."""
    db.session.add(record)
    db.session.flush()
    return record


@cache
def hashed(password: str) -> str:
    """A password as it is stored; hashing is slow on purpose, so once for all tests."""
    stored: str = hash_password(password)
    return stored


def make_clinic(**given: Any) -> Clinic:
    """A clinic in Dublin, where tests need no second step to sign in."""
    values: dict[str, Any] = {"id": CLINIC_ID, "code": "harbour", "name": "Harbour Clinic"}
    values |= {"timezone": "Europe/Dublin", "second_factor_required": False}
    return kept(Clinic(**values | given))


def make_other_clinic(**given: Any) -> Clinic:
    """A clinic across the wall."""
    return make_clinic(**{"id": OTHER_CLINIC_ID, "code": "hill", "name": "Hill Clinic"} | given)


def make_user(
    *, role: Role | None = Role.NURSE, clinic: Clinic | None = None, **given: Any
) -> User:
    """A person, who works in a clinic (the first by default) unless the role is None.

    The password is PASSWORD; the e-mail address begins with the role.
    """
    password = given.pop("password", PASSWORD)
    values = {
        "email": f"{role or 'nobody'}@clinic.example",
        "full_name": "Aiko Kimura",
        "password": hashed(password),
        "fs_uniquifier": uuid.uuid4().hex,
    }
    user = kept(User(**values | given))
    if role is not None:
        kept(Membership(user_id=user.id, clinic_id=clinic.id if clinic else CLINIC_ID, role=role))
    return user


def acting_as(user: User, clinic: Clinic) -> Acting:
    """Who `work(...)` works as."""
    return Acting(user.id, clinic.id, ZoneInfo(clinic.timezone))


def make_patient(**given: Any) -> Patient:
    """Maya Osei, born 1994, gave birth seven weeks before the tests' morning."""
    values: dict[str, Any] = {
        "number": "P-1001",
        "given_name": "Maya",
        "family_name": "Osei",
        "born_on": date(1994, 5, 2),
        "gave_birth_on": date(2026, 1, 22),
    } | given
    values.setdefault("name_key", f"{values['family_name']} {values['given_name']}".casefold())
    return kept(Patient(**values))


def make_infant(patient: Patient, **given: Any) -> Infant:
    """Her son."""
    values = {"patient_id": patient.id, "given_name": "Kofi", "born_on": date(2026, 1, 22)}
    return kept(Infant(**values | given))

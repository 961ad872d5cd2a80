"""This file is about loading the invented people: clinics, staff, mothers and infants."""

import uuid
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from clinic.accounts import actions as accounts
from clinic.accounts.models import Clinic, User
from clinic.accounts.queries import clinic_by_code
from clinic.core import clock
from clinic.core.acting import Acting, act_as
from clinic.core.db import db, job
from clinic.core.permissions import Role
from clinic.demo.actions.courses import load_course
from clinic.demo.rules.cast import CLINICS, MOTHERS, PASSWORD, STAFF, DemoMother, DemoPerson
from clinic.patients import actions as patients
from clinic.patients.rules import AllergyAnswer, Feeding, InfantParticulars, Particulars
from clinic.protocols.actions import publish_from_library
from clinic.protocols.library import library_protocols
from clinic.protocols.queries import in_force

NASAL = "esketamine-nasal-56-84"
FIRST_COURSE = timedelta(days=35)


def load_people() -> bool:
    """Load everybody, unless they are here already. Returns whether anything was loaded."""
    if any(clinic_by_code(clinic.code) for clinic in CLINICS):
        return False
    with job():
        for clinic in CLINICS:
            accounts.create_clinic(
                code=clinic.code, name=clinic.name, timezone=clinic.timezone, phone=clinic.phone
            )
        for person in STAFF:
            load_person(person)
    for clinic in CLINICS:
        with act_as(worker(clinic.code, Role.PSYCHIATRIST)), job():
            load_records(clinic.code)
    return True


def load_person(person: DemoPerson) -> None:
    """One person and where they work."""
    user = accounts.create_user(
        email=person.email, full_name=person.name, title=person.title, password=PASSWORD
    )
    for code, role in person.places:
        clinic = clinic_by_code(code)
        if clinic is not None:
            accounts.add_membership(user.id, clinic.id, Role(role))


def worker(code: str, role: Role) -> Acting:
    """The first of the cast who has a role in a clinic, at work."""
    email = next(p.email for p in STAFF if (code, role.value) in p.places)
    user = db.session.scalars(select(User).where(User.email == email)).one()
    clinic = db.session.scalars(select(Clinic).where(Clinic.code == code)).one()
    somebody = Acting(user.id, clinic.id, ZoneInfo(clinic.timezone))
    db.session.rollback()
    return somebody


def load_records(code: str) -> None:
    """The protocols and the mothers of one clinic, each with an open course."""
    for protocol in library_protocols():
        publish_from_library(protocol)
    with clock.standing_at(clock.now() - FIRST_COURSE):
        nasal = in_force(NASAL)
    for mother in MOTHERS:
        if mother.clinic == code and nasal is not None:
            load_mother(mother, nasal.id)


def load_mother(mother: DemoMother, protocol_version_id: uuid.UUID) -> None:
    """One mother, her infant and her course."""
    birth_on = clock.today() - timedelta(days=mother.birth_days_ago)
    patient = patients.register_patient(
        Particulars(
            number=mother.number,
            given_name=mother.given_name,
            family_name=mother.family_name,
            born_on=mother.born_on,
            gave_birth_on=birth_on,
            gravida=mother.gravida,
            para=mother.para,
            allergy_answer=AllergyAnswer.LISTED if mother.allergies else AllergyAnswer.NONE_KNOWN,
            allergies=mother.allergies,
        ),
        frozenset(),
    )
    infant = InfantParticulars(mother.infant, birth_on, Feeding(mother.feeding))
    patients.add_infant(patient.id, infant)
    with clock.standing_at(clock.now() - FIRST_COURSE):
        load_course(patient, mother.infant, protocol_version_id)

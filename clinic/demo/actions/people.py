"""This file is about loading the invented people: clinics, staff, mothers and infants."""

import uuid
from datetime import date, timedelta

from clinic.accounts import actions as accounts
from clinic.accounts.actions.pins import set_pin
from clinic.accounts.queries import clinic_by_code, user_by_email
from clinic.core import clock
from clinic.core.db import db, job
from clinic.core.permissions import Role
from clinic.courses.actions import publish_shipped_wording
from clinic.courses.library import shipped_wordings
from clinic.courses.queries.consent import wordings_in_force
from clinic.demo.actions.stage import at_work
from clinic.demo.rules.cast import CLINICS, PASSWORD, PIN, STAFF, DemoMother, DemoPerson
from clinic.patients import actions as patients
from clinic.patients.models import Patient
from clinic.patients.queries import doubles
from clinic.patients.rules import AllergyAnswer, ContactBy, Feeding, InfantParticulars, Particulars
from clinic.protocols.actions import publish_from_library
from clinic.protocols.library import library_protocols
from clinic.protocols.queries import in_force

MOST_PER_NURSE = 3
BEFORE_ALL = timedelta(days=800)  # no course of the demonstration is older


def load_people() -> bool:
    """Load clinics, staff and protocols that are not here. Returns whether the clinics are new."""
    new = not any(clinic_by_code(clinic.code) for clinic in CLINICS)
    if new:
        with job():
            for clinic in CLINICS:
                made = accounts.create_clinic(
                    code=clinic.code,
                    name=clinic.name,
                    timezone=clinic.timezone,
                    phone=clinic.phone,
                    second_factor_required=False,
                )
                accounts.limit_sessions(made, MOST_PER_NURSE, made.version)
            for person in STAFF:
                load_person(person)
    with job():
        give_pins()
    for clinic in CLINICS:
        with at_work(clinic.code, Role.PSYCHIATRIST), clock.standing_at(clock.now() - BEFORE_ALL):
            publish_missing()
    return new


def publish_missing() -> None:
    """What sessions and consent rest on, as it comes with the program."""
    for protocol in library_protocols():
        if in_force(protocol) is None:
            publish_from_library(protocol)
    published = {wording.code for wording in wordings_in_force()}
    for wording in shipped_wordings():
        if wording not in published:
            publish_shipped_wording(wording)


def load_person(person: DemoPerson) -> None:
    """One person and where they work."""
    user = accounts.create_user(
        email=person.email, full_name=person.name, title=person.title, password=PASSWORD
    )
    for code, role in person.places:
        clinic = clinic_by_code(code)
        if clinic is not None:
            accounts.add_membership(user.id, clinic.id, Role(role))


def give_pins() -> None:
    """A PIN for whoever has none, so that a shared tablet can be tried."""
    for person in STAFF:
        user = user_by_email(db.session(), person.email)
        if user is not None and user.pin_hash is None:
            set_pin(user.id, PIN)


def load_mother(mother: DemoMother, birth_on: date) -> Patient:
    """One mother and her infant, registered on the day that it is there."""
    patient = patients.register_patient(particulars(mother, birth_on), not_the_same(mother))
    infant = InfantParticulars(mother.infant, birth_on, Feeding(mother.feeding))
    patients.add_infant(patient.id, infant)
    return patient


def particulars(mother: DemoMother, birth_on: date) -> Particulars:
    """What is written of her."""
    return Particulars(
        number=mother.number,
        given_name=mother.given_name,
        family_name=mother.family_name,
        born_on=mother.born_on,
        gave_birth_on=birth_on,
        gravida=mother.gravida,
        para=mother.para,
        allergy_answer=AllergyAnswer.LISTED if mother.allergies else AllergyAnswer.NONE_KNOWN,
        allergies=mother.allergies,
        phone=f"555 01{mother.number[-2:]}",
        contact_by=ContactBy.SMS,
    )


def not_the_same(mother: DemoMother) -> frozenset[uuid.UUID]:
    """Those who look like her, looked at: they are others."""
    alike = doubles(mother.given_name, mother.family_name, mother.born_on)
    return frozenset(patient.id for patient in alike)

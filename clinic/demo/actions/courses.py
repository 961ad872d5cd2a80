"""This file is about opening courses, evaluated, consented to and decided, and ending them."""

import uuid
from datetime import datetime, timedelta

from clinic.core import clock
from clinic.core.db import db
from clinic.core.permissions import Role
from clinic.courses import queries
from clinic.courses.actions import (
    add_medication,
    describe_course,
    end_course,
    give_consent,
    open_course,
)
from clinic.courses.models import Course
from clinic.courses.rules import (
    DrugClass,
    EndReason,
    Held,
    MedicationFacts,
    Onset,
    Particulars,
    Talk,
)
from clinic.demo.actions.evaluating import leave_unfinished
from clinic.demo.actions.people import load_mother
from clinic.demo.actions.scales import answer, review
from clinic.demo.actions.stage import at_work, moment, proof
from clinic.demo.rules.cases import Asked, Case
from clinic.demo.rules.evaluation import REASON, UNFINISHED, answers
from clinic.evaluation.actions import hand_in, sign_decision
from clinic.evaluation.library import checklist
from clinic.evaluation.rules import Decision
from clinic.instruments.rules import MomentCode
from clinic.patients.models import Patient
from clinic.patients.queries import by_number
from clinic.protocols.queries import in_force

OPENED_AT, EVALUATED_AT, DECIDED_AT, ENDED_AT = "08:40", "09:40", "10:30", "17:30"


def course_of(number: str) -> Course | None:
    """The course of the woman with a number; the demonstration gives each one."""
    patient = by_number(number)
    found = queries.of_patient(patient.id) if patient else []
    return found[0] if found else None


def load_course(case: Case, now: datetime, turn: int) -> bool:
    """Register her, open her course, evaluate and decide. Returns False when she is there."""
    with at_work(case.mother.clinic, Role.PSYCHIATRIST, turn):
        if by_number(case.mother.number) is not None:
            return False
        course = opened(case, now)
        add_medicines(course.id, case)
        evaluate(course.id, case, now)
        decided_at = moment(now, case.opened if case.decided is None else case.decided, DECIDED_AT)
        for asked in case.asked:
            if (at := moment(now, asked.ago, asked.at)) < decided_at:
                ask(course.id, asked, at)
        if case.decided is not None:
            decide(course, decided_at)
        for asked in case.asked:
            if (at := moment(now, asked.ago, asked.at)) >= decided_at:
                ask(course.id, asked, at)
                with clock.standing_at(at):
                    review(course.patient_id)
    return True


def opened(case: Case, now: datetime) -> Course:
    """She is registered, and her course is opened."""
    birth_on = clock.today() - timedelta(days=case.mother.birth_days_ago)
    version = in_force(case.protocol)
    if version is None:
        raise LookupError(f"{case.protocol} is not published")
    with clock.standing_at(moment(now, case.opened, OPENED_AT)):
        course = open_course(load_mother(case.mother, birth_on).id, version.id)
        describe(course.id)
    return course


def decide(course: Course, at: datetime) -> None:
    """Safety answers are read, consent is given, and she is decided to be eligible."""
    with clock.standing_at(at):
        review(course.patient_id)
        consent(course.id, db.session.get_one(Patient, course.patient_id).name)
        sign_decision(course.id, Decision.ELIGIBLE, REASON, proof=proof())


def describe(course_id: uuid.UUID) -> None:
    """The diagnosis, and when it began."""
    words = Particulars("F53.0", "Depression after the birth", Onset.AFTER_BIRTH, 3, 39)
    describe_course(course_id, words, queries.course_or_raise(course_id).version)


def add_medicines(course_id: uuid.UUID, case: Case) -> None:
    """The medicines beside the drug."""
    for medicine in case.medicines:
        add_medication(
            course_id,
            MedicationFacts(
                medicine.drug,
                DrugClass(medicine.drug_class),
                medicine.dose,
                clock.today() - timedelta(days=medicine.since),
                None if medicine.until is None else clock.today() - timedelta(days=medicine.until),
            ),
        )


def ask(course_id: uuid.UUID, asked: Asked, at: datetime) -> None:
    """The scales of one moment before the first dose."""
    with clock.standing_at(at):
        for use in asked.uses:
            answer(course_id, use, MomentCode.BASELINE, at)


def evaluate(course_id: uuid.UUID, case: Case, now: datetime) -> None:
    """The sections of the evaluation, as far as it has come."""
    with clock.standing_at(moment(now, case.decided or case.opened, EVALUATED_AT)):
        said = answers(case.mother.infant, clock.today().isoformat(), str(case.weight))
        for section in checklist().sections:
            if section.code in said and (case.decided is not None or section.code in UNFINISHED):
                hand_in(course_id, section, said[section.code], based_on=0)
        if case.decided is None:
            leave_unfinished(course_id)


def consent(course_id: uuid.UUID, mother_name: str) -> None:
    """She reads the wording in force, and writes her name."""
    to_read, witness = queries.consent_to_read(course_id), proof()
    give_consent(
        course_id,
        read_digest=to_read.digest if to_read else "",
        mother_name=mother_name,
        talks=[Held(talk, clock.today(), witness.name) for talk in Talk],
        proof=witness,
    )


def end(case: Case, now: datetime, turn: int) -> None:
    """End the course as its story says, unless it has ended."""
    if case.ended is None:
        return
    with at_work(case.mother.clinic, Role.PSYCHIATRIST, turn):
        course = course_of(case.mother.number)
        if course is None or course.ended_on is not None:
            return
        with clock.standing_at(moment(now, case.ended.ago, ENDED_AT)):
            end_course(
                course.id,
                reason=EndReason(case.ended.reason),
                text=case.ended.text,
                ended_on=clock.today(),
            )

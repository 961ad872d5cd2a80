"""This file is about a clinic in which every text that leaves in a file holds an identifier."""

import json
import uuid
from datetime import timedelta
from typing import Any

from clinic.core import clock
from clinic.core.db import db, new_id
from clinic.core.signatures import Proof, sign
from clinic.courses.models import Course, Medication
from clinic.followups.models import Contact, ContactResponse, FollowUp
from clinic.followups.rules import Answers, How, NextStep, Reached, Status
from clinic.followups.rules.codes import Amount, Reply
from clinic.instruments.actions import withdraw_response
from clinic.instruments.rules import SafetyStep
from clinic.patients.models import Patient
from clinic.sessions.models import Amendment, TreatmentSession
from tests.factories import kept
from tests.followups.room import T0
from tests.instruments.room import items, used
from tests.reports.room import write

WORD = "Zephyrine"
PHONE, EMAIL = "+353 1 555 0199", "zephyrine@lighthouse.example"


def plant(course_id: uuid.UUID) -> None:
    """Write the word wherever a person can type one that an export reads."""
    course = db.session.get_one(Course, course_id)
    session = db.session.query(TreatmentSession).one()
    patient = db.session.get_one(Patient, course.patient_id)
    patient.phone, patient.email = PHONE, EMAIL
    session.room = WORD
    course.diagnosis_text = course.birth_complications = course.end_text = WORD
    in_the_log(session)
    add_amendment(session)
    add_medicine_in_error(course)
    reached(session)
    given_up(session)
    withdraw_response(used(course.id, "PHQ9", items(9, 1), T0).id, reason=WORD)
    decided = {"decision": "stop", "reason": WORD, "after_session": 1, "new_schedule": WORD}
    proof = Proof(session.ordered_by_id, WORD)
    sign("decision", course.id, decided, patient_id=patient.id, meaning=WORD, proof=proof)


def in_the_log(session: TreatmentSession) -> None:
    """Devices with lot, site and witness, supplies, a sign not measured, a correction."""
    at = T0 + timedelta(minutes=40)
    batch = {"lot": WORD, "expires_on": "2027-06-30", "witness": WORD}
    spent = {"event": "wasted", "device_number": 2, "amount": "1", "unit": "mg", "text": WORD}
    given = {"event": "device", "device_number": 3, "outcome": "complete", "site": WORD}
    why = {"absent": {"temperature": "other"}, "absent_text": WORD}
    twice(session, "supply", spent | batch)
    twice(session, "administration", given | batch)
    twice(session, "observation", why, heart_rate=70)
    felt = {"event": "onset", "term": "other", "severity": "severe", "text": WORD}
    write(session, "adverse-event", at, said=felt | {"serious": True, "criterion": WORD})


def twice(session: TreatmentSession, kind: str, said: dict[str, Any], **signs: int) -> None:
    """An entry, and its correction with a reason."""
    at = T0 + timedelta(minutes=40)
    first = write(session, kind, at, said=said, **signs)
    write(session, kind, at, said=said, corrects_id=first.id, reason=WORD, **signs)


def add_amendment(session: TreatmentSession) -> None:
    """What was added after the signature."""
    kept(
        Amendment(
            session_id=session.id,
            patient_id=session.patient_id,
            text=WORD,
            reason=WORD,
            author_id=session.ordered_by_id,
            recorded_at=clock.now(),
        )
    )


def add_medicine_in_error(course: Course) -> None:
    """One that was written by mistake."""
    medicine = db.session.query(Medication).first()
    assert medicine
    kept(
        Medication(
            patient_id=course.patient_id,
            course_id=course.id,
            drug=WORD,
            drug_class=medicine.drug_class,
            void_reason=WORD,
            recorded_by_id=medicine.recorded_by_id,
            recorded_at=clock.now(),
        )
    )


def reached(session: TreatmentSession) -> None:
    """A call in which she told of a concern, and the response to it."""
    said = Answers(
        effects={"other": Amount.SEVERE},
        other_effect=WORD,
        replies={"harm": Reply.YES},
        screen_reason=WORD,
        told=WORD,
    )
    first = kept(contact(session, said))
    call = kept(contact(session, said, corrects_id=first.id, reason=WORD))
    kept(
        ContactResponse(
            patient_id=session.patient_id,
            contact_id=call.id,
            step=SafetyStep.ASSESSED,
            text=WORD,
            author_id=session.ordered_by_id,
            responded_at=clock.now(),
        )
    )


def contact(session: TreatmentSession, said: Answers, **given: Any) -> Contact:
    """The call as it is stored."""
    at = T0 + timedelta(hours=24)
    return Contact(
        id=new_id(),
        patient_id=session.patient_id,
        course_id=session.course_id,
        session_id=session.id,
        code="24-hours",
        due_at=at,
        contacted_at=at,
        how=How.CALL,
        reached=Reached.YES,
        answers=tree(said),
        next_step=NextStep.PSYCHIATRIST_TODAY,
        note=WORD,
        concerned=True,
        answer_by_at=at + timedelta(hours=1),
        author_id=session.ordered_by_id,
        recorded_at=at,
        **given,
    )


def tree(said: Answers) -> str:
    """Answers as they are stored."""
    return json.dumps(said.as_tree())


def given_up(session: TreatmentSession) -> None:
    """A follow-up that nobody made, and why."""
    kept(
        FollowUp(
            patient_id=session.patient_id,
            course_id=session.course_id,
            session_id=None,
            code="day-7",
            due_at=T0 + timedelta(days=7),
            status=Status.MISSED,
            reason=WORD,
            decided_at=T0 + timedelta(days=8),
            owner_id=session.ordered_by_id,
        )
    )

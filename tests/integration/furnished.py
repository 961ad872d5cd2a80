"""This file is about other treatment in a clinic in which something stands in every room."""

import uuid
from datetime import date, timedelta
from typing import Any

from clinic.core.acting import acting
from clinic.core.db import db, new_id
from clinic.core.signatures import Proof
from clinic.courses.models import Course
from clinic.courses.queries import course_or_raise
from clinic.integration.actions import (
    Draft,
    HelperFacts,
    log_milk,
    note_consent,
    note_delivery,
    publish_template,
    put_on_list,
    record_goal,
    record_group,
    record_helper,
    record_treatment,
    sign_letter,
    sign_plan,
    write_note,
)
from clinic.integration.models import CareTask
from clinic.integration.rules import (
    DeliveryState,
    GoalFacts,
    GroupFacts,
    HelperRole,
    Kind,
    MilkEvent,
    MilkFacts,
    Recipient,
    TreatmentFacts,
    Way,
    seen_of,
)
from clinic.patients.actions import measure_infant
from clinic.patients.models import Patient
from clinic.patients.queries import infants_of
from clinic.patients.rules import MeasureFacts
from clinic.sessions.queries import of_course
from tests.factories import kept
from tests.followups.room import T0


def furnished(course_id: uuid.UUID, word: str) -> dict[str, Any]:
    """A treatment that lasts and a meeting of a group, each text the same word."""
    lasting = TreatmentFacts(
        Kind.DAY_UNIT, word, date(2026, 2, 16), given_by=word, visits_planned=6, note=word
    )
    group = record_group(GroupFacts(Kind.PEER_GROUP, word, T0, therapist_name=word))
    write_note(put_on_list(group, course_id), word)
    record_goal(course_id, GoalFacts(word, word, last_word=word))
    sign_plan(course_id, date(2026, 3, 9), None, proof=Proof(acting().actor_id, word))
    found = letter(course_or_raise(course_id), word)
    return (
        found
        | baby(course_or_raise(course_id), word)
        | {
            "task_id": task(course_id, word),
            "group_id": group.id,
            "treatment_id": record_treatment(course_id, lasting).id,
        }
    )


def task(course_id: uuid.UUID, word: str) -> uuid.UUID:
    """A task of somebody who does not work here any more."""
    return kept(
        CareTask(
            patient_id=course_or_raise(course_id).patient_id,
            course_id=course_id,
            task=word,
            owner_id=new_id(),
            due_on=date(2026, 3, 9),
            recorded_by_id=acting().actor_id,
            recorded_at=T0,
        )
    ).id


def letter(course: Course, word: str) -> dict[str, Any]:
    """Her GP, to whom a letter was signed and sent."""
    to, patient = Recipient.GP, db.session.get_one(Patient, course.patient_id)
    note_consent(patient.id, to, agreed=True, said_on=date(2026, 3, 9))
    helper = record_helper(patient.id, HelperFacts(HelperRole.GP, word, word, note=word))
    body = "To {recipient}, of {patient_name}: {medicines}"
    publish_template(to, body)
    values = {"recipient": word, "patient_name": word, "medicines": word}
    draft = Draft(to, values, word, seen_of(body, values))
    signed = sign_letter(course, patient, draft, proof=Proof(acting().actor_id, word))
    note_delivery(signed, Way.POST, DeliveryState.SENT, signed.signed_at, word)
    return {"recipient": "gp", "helper_id": helper.id, "letter_id": signed.id}


def baby(course: Course, word: str) -> dict[str, Any]:
    """A weight of her infant, and the first feed after her dose."""
    infant = infants_of(course.patient_id)[0]
    weighed = measure_infant(infant, MeasureFacts(T0, 4900, note=word))
    session = of_course(course.id)[0]
    fed = MilkFacts(MilkEvent.EXPRESSED, T0 + timedelta(hours=2), 60, discarded=True)
    return {"measure_id": weighed.id, "milk_id": log_milk(session, fed).id}

"""This file is about opening the courses: evaluated, consented to, decided, as the pages do it."""

import uuid

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.signatures import Proof
from clinic.courses import queries
from clinic.courses.actions import give_consent, open_course, publish_shipped_wording
from clinic.courses.rules import Held, Talk
from clinic.demo.rules.evaluation import REASON, answers
from clinic.demo.rules.scales import BASELINE
from clinic.evaluation.actions import hand_in, sign_decision
from clinic.evaluation.library import checklist
from clinic.evaluation.rules import Decision
from clinic.instruments.actions import record_response
from clinic.instruments.rules import MomentCode
from clinic.patients.models import Patient

DOCTOR = "Dr Chidi Okafor"


def load_course(patient: Patient, infant: str, protocol_version_id: uuid.UUID) -> None:
    """A course of today that may be treated."""
    course = open_course(patient.id, protocol_version_id)
    consent(course.id, patient.name)
    said = answers(infant, clock.today().isoformat())
    for section in checklist().sections:
        if section.code in said:
            hand_in(course.id, section, said[section.code], based_on=0)
    answer_scales(course.id)
    sign_decision(course.id, Decision.ELIGIBLE, REASON, proof=Proof(acting().actor_id, DOCTOR))


def answer_scales(course_id: uuid.UUID) -> None:
    """The scales before the first dose."""
    for (scale, form), scores in BASELINE.items():
        record_response(
            course_id,
            scale,
            {str(number): score for number, score in enumerate(scores, 1)},
            moment=MomentCode.BASELINE,
            answered_at=clock.now(),
            form_code=form,
        )


def consent(course_id: uuid.UUID, mother_name: str) -> None:
    """She reads the wording that comes with the program, and writes her name."""
    if queries.wording_for(course_id) is None:
        publish_shipped_wording(str(queries.protocol_of(course_id).form))
    to_read = queries.consent_to_read(course_id)
    give_consent(
        course_id,
        read_digest=to_read.digest if to_read else "",
        mother_name=mother_name,
        talks=[Held(talk, clock.today(), DOCTOR) for talk in Talk],
        proof=Proof(acting().actor_id, DOCTOR),
    )

"""This file is about a course with a valid consent, for tests that begin after it."""

import uuid
from datetime import date

from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.signatures import DocumentVersion, Proof
from clinic.courses import queries
from clinic.courses.actions import give_consent, publish_shipped_wording
from clinic.courses.rules import Held, Talk
from clinic.patients.models import Patient


def sign_consent(course_id: uuid.UUID) -> DocumentVersion:
    """Let her agree to the wording in force, the shipped one when none is, before who acts."""
    if queries.wording_for(course_id) is None:
        publish_shipped_wording(str(queries.protocol_of(course_id).form))
    to_read = queries.consent_to_read(course_id)
    assert to_read is not None
    patient = db.session.get_one(Patient, queries.course_or_raise(course_id).patient_id)
    document = give_consent(
        course_id,
        read_digest=to_read.digest,
        mother_name=patient.name,
        talks=[Held(talk, date(2026, 3, 10), "Dr Chidi Okafor") for talk in Talk],
        proof=Proof(acting().actor_id, "Aiko Kimura"),
    )
    db.session.flush()
    return document

"""This file is about a course whose evaluation is signed, for tests that begin after it."""

import uuid

from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.signatures import DocumentVersion, Proof, sign
from clinic.courses.models import Course
from clinic.evaluation.queries import KIND
from clinic.evaluation.rules import Decision


def sign_eligible(
    course_id: uuid.UUID, *, decision: Decision = Decision.ELIGIBLE
) -> DocumentVersion:
    """Sign the evaluation of a course as whoever acts, without answers, past every check."""
    course = db.session.get_one(Course, course_id)
    document = sign(
        KIND,
        course_id,
        {"course": str(course_id), "decision": decision, "reason": "Decided for a test."},
        patient_id=course.patient_id,
        meaning="I have read the evaluation and decided",
        proof=Proof(acting().actor_id, "Dr Chidi Okafor"),
    )
    db.session.flush()
    return document

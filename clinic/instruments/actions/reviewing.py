"""This file is about reviewing safety answers: a named person says what was done."""

import uuid

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict
from clinic.instruments.models import SafetyReview
from clinic.instruments.queries import response_or_raise, use_of
from clinic.instruments.rules import SafetyStep


def review_safety(response_id: uuid.UUID, *, step: SafetyStep, text: str) -> SafetyReview:
    """Write down what was done about the open safety answers of a use.

    `response_id` names the version the reviewer saw; later answers are not covered. Raises
    Conflict when nothing of it is open any more.
    """
    row = response_or_raise(response_id)
    use = use_of(row)
    seen = [version.id for version in use.versions].index(row.id)
    if not any(answer.version <= seen for answer in use.open):
        raise Conflict("Somebody has reviewed these answers meanwhile. Nothing was added.")
    review = SafetyReview(
        patient_id=row.patient_id,
        response_id=row.id,
        step=step,
        text=text,
        author_id=acting().actor_id,
        reviewed_at=clock.now(),
    )
    db.session.add(review)
    db.session.flush()
    return review

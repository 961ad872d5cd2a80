"""This file is about reviewing safety answers: a named person says what was done."""

import uuid
from datetime import datetime

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.formatting import at_moment
from clinic.instruments.models import SafetyReview
from clinic.instruments.queries import response_or_raise, use_of
from clinic.instruments.rules import SafetyStep


def review_safety(
    response_id: uuid.UUID, *, step: SafetyStep, text: str, done_at: datetime | None = None
) -> SafetyReview:
    """Write down what was done about the open safety answers of a use, and when; None: now.

    `response_id` names the version the reviewer saw; later answers are not covered. Raises
    Unprocessable (`done_at`) for a time that cannot be, and Conflict when nothing of it is open any
    more.
    """
    row = response_or_raise(response_id)
    use = use_of(row)
    seen = [version.id for version in use.versions].index(row.id)
    if not any(answer.version <= seen for answer in use.open):
        raise Conflict("Somebody has reviewed these answers meanwhile. Nothing was added.")
    done_at = done_at or clock.now()
    if fault := fault_of_time(done_at, row.answered_at):
        raise Unprocessable({"done_at": [fault]})
    review = SafetyReview(
        patient_id=row.patient_id,
        response_id=row.id,
        step=step,
        text=text,
        done_at=done_at,
        author_id=acting().actor_id,
        reviewed_at=clock.now(),
    )
    db.session.add(review)
    db.session.flush()
    return review


def fault_of_time(done_at: datetime, answered_at: datetime) -> str | None:
    """What is wrong with when it was done, or None."""
    if done_at > clock.now():
        return "That time is in the future. Enter when it was."
    if done_at < answered_at.replace(second=0, microsecond=0):
        return f"Enter a time after the answers, {at_moment(answered_at)}."
    return None

"""This file is about her health since the last time: what changed, for whoever asks her anew."""

from datetime import datetime
from typing import Any

from clinic.courses.queries import course_or_raise
from clinic.evaluation.queries import (
    changes_since,
    eligibility_of,
    flat,
    latest_answers,
    pressure_plan,
    usual_values,
)
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import last_dose_before
from clinic.sessions.rules import SessionState


def health_of(session: TreatmentSession, state: SessionState) -> dict[str, Any]:
    """What the record holds since the last dose, or the decision, until the drug is given; and
    her blood pressure plan, if she has one, and her usual values.

    `changes` None: there is nothing to compare with, or the drug was given.
    """
    since = since_when(session) if state.clock.t0 is None else None
    course = course_or_raise(session.course_id)
    answers = flat(latest_answers(course.id))
    return {
        "since": since,
        "changes": changes_since(course, since) if since else None,
        "pressure_plan": pressure_plan(answers),
        "usual": usual_values(answers),
    }


def since_when(session: TreatmentSession) -> datetime | None:
    """Her last dose before this session, else when it was decided that she may be treated."""
    decided = eligibility_of(session.course_id)
    return last_dose_before(session) or (decided.signed_at if decided else None)

"""This file is about rating scales in the demonstration: answered, safety answers read."""

import uuid
from datetime import datetime

from clinic.core import clock
from clinic.demo.rules.scores import Use, items_of
from clinic.instruments.actions import record_response, review_safety
from clinic.instruments.models import Way
from clinic.instruments.queries import open_safety
from clinic.instruments.rules import MomentCode, SafetyStep

READ = "Talked about it with her the same day; no plan, no intent; safety plan gone through."


def answer(
    course_id: uuid.UUID,
    use: Use,
    code: MomentCode,
    at: datetime,
    *,
    way: Way = Way.VISIT,
    session_id: uuid.UUID | None = None,
) -> None:
    """One use of a scale."""
    record_response(
        course_id,
        use.scale,
        items_of(use),
        moment=code,
        answered_at=at,
        way=way,
        form_code=use.form,
        session_id=session_id,
    )


def review(patient_id: uuid.UUID, but: frozenset[str] = frozenset()) -> None:
    """Read the safety answers that are open, apart from those of some moments."""
    for waiting in open_safety(patient_id):
        row = waiting.use.response
        if str(row.moment) not in but and row.recorded_at <= clock.now():
            review_safety(row.id, step=SafetyStep.ASSESSED, text=READ)

"""This file is about what may be asked of an evaluation."""

import uuid

from clinic.core.signatures import latest
from clinic.evaluation.rules import Decision, Eligibility

KIND = "evaluation"


def eligibility_of(course_id: uuid.UUID) -> Eligibility | None:
    """The decision in force, or None while nothing is signed."""
    document = latest(KIND, course_id)
    if document is None:
        return None
    content = document.content()
    return Eligibility(
        decision=Decision(content["decision"]),
        reason=content["reason"],
        signed_by_id=document.signed_by_id,
        signed_by=document.signed_by_name,
        signed_at=document.signed_at,
        n=document.n,
    )

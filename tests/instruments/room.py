"""This file is about uses of scales for tests: every answer fixed, each may be given."""

import uuid
from datetime import datetime
from typing import Any

from clinic.core import clock
from clinic.instruments.actions import record_response
from clinic.instruments.models import QuestionnaireResponse
from clinic.instruments.rules import MomentCode


def items(count: int, score: int, **changed: int | None) -> dict[str, int]:
    """The same score for items 1 to `count`; `changed`: `_10=2`, or None for a skipped one."""
    said: dict[str, int | None] = {str(number): score for number in range(1, count + 1)}
    said |= {name.removeprefix("_"): value for name, value in changed.items()}
    return {number: value for number, value in said.items() if value is not None}


def fields(answers: dict[str, int], **more: Any) -> dict[str, Any]:
    """What a browser sends."""
    sent: dict[str, Any] = {f"item_{number}": str(score) for number, score in answers.items()}
    when = {"moment": "baseline", "answered_at": "2026-03-12T08:30", "way": "visit"}
    return sent | when | more


def used(
    course_id: uuid.UUID,
    code: str,
    answers: dict[str, int],
    at: datetime | None = None,
    **more: Any,
) -> QuestionnaireResponse:
    """One use, now unless another time is given."""
    given = {"moment": MomentCode.BASELINE, "answered_at": at or clock.now()} | more
    return record_response(course_id, code, answers, **given)

"""This file is about the answers that count: the latest of each section."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from clinic.core.db import db
from clinic.evaluation.models import EvaluationAnswers

Latest = Mapping[str, EvaluationAnswers]


def latest_answers(
    course_id: uuid.UUID, at: datetime | None = None
) -> dict[str, EvaluationAnswers]:
    """Section -> its latest answers, for the sections that were handed in; with `at`, by then."""
    rows = select(EvaluationAnswers).where(EvaluationAnswers.course_id == course_id)
    if at is not None:
        rows = rows.where(EvaluationAnswers.recorded_at <= at)
    return {row.section: row for row in db.session.scalars(rows.order_by(EvaluationAnswers.n))}


def flat(latest: Latest) -> dict[str, str]:
    """Question -> answer, of all sections; codes are unique among them."""
    return {code: answer for row in latest.values() for code, answer in row.said().items()}

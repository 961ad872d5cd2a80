"""This file is about the answers that count: the latest of each section."""

import uuid
from collections.abc import Mapping

from sqlalchemy import select

from clinic.core.db import db
from clinic.evaluation.models import EvaluationAnswers

Latest = Mapping[str, EvaluationAnswers]


def latest_answers(course_id: uuid.UUID) -> dict[str, EvaluationAnswers]:
    """Section -> its latest answers, for the sections that were handed in."""
    rows = select(EvaluationAnswers).where(EvaluationAnswers.course_id == course_id)
    return {row.section: row for row in db.session.scalars(rows.order_by(EvaluationAnswers.n))}


def flat(latest: Latest) -> dict[str, str]:
    """Question -> answer, of all sections; codes are unique among them."""
    return {code: answer for row in latest.values() for code, answer in row.said().items()}

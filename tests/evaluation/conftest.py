"""This file is about who sits at the desk when a course is evaluated."""

import uuid

import pytest

from clinic.core.acting import Acting
from clinic.core.db import db
from clinic.evaluation.models import EvaluationAnswers
from tests.desk import desk, somebody, stranger
from tests.evaluation.room import course_to_evaluate
from tests.factories import CLINIC_ID

__all__ = ["desk", "somebody", "stranger"]


@pytest.fixture
def course_id(app, somebody) -> uuid.UUID:
    """A course that nobody has evaluated."""
    return course_to_evaluate(app, somebody)


@pytest.fixture
def colleague(somebody) -> Acting:
    """Another person of the same clinic."""
    other = uuid.UUID("01950000-0000-7000-8000-0000000000a2")
    return Acting(other, CLINIC_ID, somebody.timezone)


@pytest.fixture
def rows(work, somebody):
    """What was handed in: section, number, answers, by whom."""

    def read():
        with work(somebody):
            found = db.session.query(EvaluationAnswers).order_by(EvaluationAnswers.id).all()
            return [(row.section, row.n, row.said(), row.author_id) for row in found]

    return read

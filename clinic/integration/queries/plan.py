"""This file is about the care plan as it stands: goals, tasks, the version that was signed."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from clinic.core.db import db
from clinic.integration.models import CareGoal


def goals_of(course_id: uuid.UUID) -> Sequence[CareGoal]:
    """Her goals in the order in which they were set."""
    hers = select(CareGoal).where(CareGoal.course_id == course_id)
    return db.session.scalars(hers.order_by(CareGoal.recorded_at, CareGoal.id)).all()

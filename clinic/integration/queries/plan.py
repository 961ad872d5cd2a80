"""This file is about the care plan as it stands: goals, tasks, the version that was signed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from clinic.core.db import db
from clinic.core.signatures import DocumentVersion
from clinic.integration.models import CareGoal, CareTask
from clinic.integration.rules import GoalFacts, moved_since

PLAN = "care-plan"


@dataclass(frozen=True)
class PlanVersion:
    """One signed version of the care plan. `unchanged`: it still fits its signature."""

    document: DocumentVersion
    content: dict[str, Any]
    unchanged: bool

    @property
    def agreed_on(self) -> date:
        """The day she agreed."""
        return date.fromisoformat(self.content["agreed_with_her_on"])


def goals_of(course_id: uuid.UUID) -> Sequence[CareGoal]:
    """Her goals in the order in which they were set."""
    hers = select(CareGoal).where(CareGoal.course_id == course_id)
    return db.session.scalars(hers.order_by(CareGoal.recorded_at, CareGoal.id)).all()


def as_goal(goal: CareGoal) -> GoalFacts:
    """A goal as the rules look at it."""
    names = GoalFacts.__dataclass_fields__
    return GoalFacts(**{name: getattr(goal, name) for name in names})


def tasks_of(course_id: uuid.UUID) -> Sequence[CareTask]:
    """Tasks of the team: open ones by day, then those that are done."""
    hers = select(CareTask).where(CareTask.course_id == course_id)
    is_done = CareTask.done_on.is_not(None)
    return db.session.scalars(hers.order_by(is_done, CareTask.due_on, CareTask.id)).all()


def plan_versions(course_id: uuid.UUID) -> list[PlanVersion]:
    """The signed versions of the plan, newest first."""
    signed = select(DocumentVersion).where(
        DocumentVersion.kind == PLAN, DocumentVersion.subject_id == course_id
    )
    rows = db.session.scalars(signed.order_by(DocumentVersion.n.desc()))
    return [PlanVersion(row, row.content(), row.is_unchanged()) for row in rows]


def is_out_of_date(versions: Sequence[PlanVersion], goals: Sequence[CareGoal]) -> bool:
    """Whether goals were set or worded anew since the newest version was signed."""
    if not versions:
        return bool(goals)
    return moved_since(versions[0].content, [(goal.id, as_goal(goal)) for goal in goals])

"""This file is about the care plan: set a goal, say how it stands, give a task, sign a version."""

import uuid
from dataclasses import asdict

from clinic.courses.queries import course_or_raise
from clinic.integration.actions.keeping import (
    change,
    kept,
    of_course,
    refuse,
    refuse_when_ended,
)
from clinic.integration.models import CareGoal
from clinic.integration.rules import GoalFacts, faults_of_goal


def record_goal(course_id: uuid.UUID, facts: GoalFacts) -> CareGoal:
    """Write down a goal; raises like record_visit."""
    course = course_or_raise(course_id)
    refuse_when_ended(course)
    refuse(faults_of_goal(facts))
    return kept(CareGoal(**asdict(facts), **of_course(course)))


def change_goal(goal: CareGoal, facts: GoalFacts, version: int | None) -> None:
    """Write how a goal stands; raises like record_goal, and ChangedMeanwhile."""
    refuse(faults_of_goal(facts))
    change(goal, facts, version)

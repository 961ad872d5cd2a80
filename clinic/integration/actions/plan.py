"""This file is about the care plan: set a goal, say how it stands, give a task, sign a version."""

import uuid
from dataclasses import asdict
from datetime import date

from clinic.accounts.queries import staff
from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.signatures import DocumentVersion, Proof, sign
from clinic.courses.queries import course_or_raise
from clinic.integration import queries
from clinic.integration.actions.keeping import (
    ChangedMeanwhile,
    change,
    kept,
    of_course,
    refuse,
    refuse_when_ended,
)
from clinic.integration.models import CareGoal, CareTask
from clinic.integration.rules import (
    GoalFacts,
    TaskFacts,
    faults_of_agreement,
    faults_of_goal,
    plan_content,
)

MEANING = "I have gone through this care plan with her, and she agrees"


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


def sign_plan(
    course_id: uuid.UUID, agreed_on: date, reason: str | None, *, proof: Proof
) -> DocumentVersion:
    """Sign the goals as they stand, as agreed with her.

    Raises Unprocessable (fields `agreed_on`, `reason`), Conflict for a course that has ended.
    """
    course = course_or_raise(course_id)
    refuse_when_ended(course)
    goals = [(goal.id, queries.as_goal(goal)) for goal in queries.goals_of(course_id)]
    again = bool(queries.plan_versions(course_id))
    today = clock.today()
    refuse(faults_of_agreement(agreed_on, today, goals=len(goals), reason=reason, again=again))
    document = sign(
        queries.PLAN,
        course_id,
        plan_content(goals, agreed_on),
        patient_id=course.patient_id,
        meaning=MEANING,
        proof=proof,
        reason=reason if again else None,
    )
    db.session.flush()
    return document


def give_task(course_id: uuid.UUID, facts: TaskFacts) -> CareTask:
    """Somebody of the clinic does something until a day. Raises Unprocessable, Conflict."""
    course = course_or_raise(course_id)
    refuse_when_ended(course)
    if facts.owner_id not in {id_ for id_, _ in staff()}:
        refuse([("owner_id", "Choose who does it from the list.")])
    return kept(CareTask(**asdict(facts), **of_course(course)))


def finish_task(task: CareTask, version: int | None) -> None:
    """It is done, today, by the acting person. Raises ChangedMeanwhile."""
    if task.version != version or task.done_on is not None:
        raise ChangedMeanwhile
    task.done_on, task.done_by_id = clock.today(), acting().actor_id
    db.session.flush()

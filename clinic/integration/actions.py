"""This file is about what may be done with other treatment: log a visit, change it, set a goal."""

import uuid
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import TypeVar

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.courses.models import Course
from clinic.courses.queries import course_or_raise
from clinic.integration import queries
from clinic.integration.models import CareActivity, CareGoal
from clinic.integration.rules import (
    GoalFacts,
    Status,
    VisitFacts,
    fault_of_change,
    faults_of_goal,
    faults_of_visit,
)

Record = TypeVar("Record", CareActivity, CareGoal)


class ChangedMeanwhile(Conflict):
    """The record moved on after the form was opened."""

    def __init__(self) -> None:
        super().__init__("Somebody else saved this record after you opened it.")


def record_visit(course_id: uuid.UUID, facts: VisitFacts) -> CareActivity:
    """Write down a visit: planned, done, missed, not wanted.

    Raises Unprocessable naming each field that cannot be, Conflict for a course that has ended.
    """
    course = course_or_raise(course_id)
    refuse_when_ended(course)
    refuse(faults_in_course(course_id, facts, clock.now()))
    return kept(CareActivity(**asdict(facts), **of_course(course)))


def change_visit(activity: CareActivity, facts: VisitFacts, version: int | None) -> None:
    """Write how a visit went, another date, or a correction; also after the course has ended.

    Raises like record_visit, ChangedMeanwhile unless `version` is the present, and Unprocessable
    when what is on record as done would change without a reason.
    """
    if activity.version != version:
        raise ChangedMeanwhile
    before = facts_of(activity)
    faults = list(faults_in_course(activity.course_id, facts, clock.now()))
    if fault := fault_of_change(before, facts):
        faults.append(fault)
    refuse(faults)
    for name, value in asdict(facts).items():
        setattr(activity, name, value)
    db.session.flush()


def faults_in_course(
    course_id: uuid.UUID, facts: VisitFacts, now: datetime
) -> Iterable[tuple[str, str]]:
    """What cannot be of a visit among the doses of its course; one in error stays as it is."""
    if facts.status is Status.ERROR:
        return [] if facts.reason else [("reason", "Write the reason.")]
    begins = queries.dose_begins(course_id)
    if facts.session_id is not None and facts.session_id not in begins:
        return [("session_id", "Choose a dose of this course.")]
    t0 = begins[facts.session_id] if facts.session_id else None
    return faults_of_visit(facts, t0, now)


def facts_of(activity: CareActivity) -> VisitFacts:
    """A visit as it is stored."""
    names = VisitFacts.__dataclass_fields__
    return VisitFacts(**{name: getattr(activity, name) for name in names})


def record_goal(course_id: uuid.UUID, facts: GoalFacts) -> CareGoal:
    """Write down a goal; raises like record_visit."""
    course = course_or_raise(course_id)
    refuse_when_ended(course)
    refuse(faults_of_goal(facts))
    return kept(CareGoal(**asdict(facts), **of_course(course)))


def change_goal(goal: CareGoal, facts: GoalFacts, version: int | None) -> None:
    """Write how a goal stands; raises like record_goal, and ChangedMeanwhile."""
    if goal.version != version:
        raise ChangedMeanwhile
    refuse(faults_of_goal(facts))
    for name, value in asdict(facts).items():
        setattr(goal, name, value)
    db.session.flush()


def of_course(course: Course) -> dict[str, object]:
    """What every record of this room holds besides its facts."""
    return {
        "course_id": course.id,
        "patient_id": course.patient_id,
        "recorded_by_id": acting().actor_id,
        "recorded_at": clock.now(),
    }


def kept(record: Record) -> Record:
    """A new record, in the transaction that is open."""
    db.session.add(record)
    db.session.flush()
    return record


def refuse(faults: Iterable[tuple[str, str]]) -> None:
    """Raise Unprocessable when there is a fault."""
    found: dict[str, list[str]] = {}
    for field, sentence in faults:
        found.setdefault(field, []).append(sentence)
    if found:
        raise Unprocessable(found)


def refuse_when_ended(course: Course) -> None:
    """Nothing new begins in a course that has ended."""
    if course.ended_on is not None:
        raise Conflict(f"This course ended on {course.ended_on:%d %b %Y}.")

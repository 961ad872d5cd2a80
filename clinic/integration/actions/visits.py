"""This file is about visits: log one, change it, correct it, write a note of one's own."""

import uuid
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.courses.queries import course_or_raise
from clinic.integration import queries
from clinic.integration.actions.keeping import (
    ChangedMeanwhile,
    kept,
    of_course,
    refuse,
    refuse_when_ended,
)
from clinic.integration.models import CareActivity, CareNote
from clinic.integration.rules import Status, VisitFacts, fault_of_change, faults_of_visit


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


def write_note(activity: CareActivity, text: str) -> CareNote:
    """Write a note on a visit that only the acting person reads."""
    return kept(
        CareNote(
            patient_id=activity.patient_id,
            activity_id=activity.id,
            author_id=acting().actor_id,
            text=text,
            written_at=clock.now(),
        )
    )

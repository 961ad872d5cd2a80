"""This file is about groups: plan a meeting, put women on its list, say who came."""

import uuid
from dataclasses import asdict

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict
from clinic.courses.queries import course_or_raise
from clinic.integration.actions.keeping import (
    change,
    kept,
    of_course,
    refuse,
    refuse_when_ended,
)
from clinic.integration.models import CareActivity, GroupSession
from clinic.integration.queries.groups import attendance_of, visits_of_group
from clinic.integration.rules import (
    GroupFacts,
    Status,
    fault_of_attendance,
    faults_of_group,
)


def record_group(facts: GroupFacts) -> GroupSession:
    """Plan or log a meeting of a group. Raises Unprocessable."""
    refuse(faults_of_group(facts))
    return kept(
        GroupSession(**asdict(facts), recorded_by_id=acting().actor_id, recorded_at=clock.now())
    )


def change_group(group: GroupSession, facts: GroupFacts, version: int | None) -> None:
    """Write another time or a correction, in the visit of each woman too."""
    refuse(faults_of_group(facts))
    change(group, facts, version)
    for visit in visits_of_group(group.id):
        for name, value in in_common(group).items():
            setattr(visit, name, value)
    db.session.flush()


def put_on_list(group: GroupSession, course_id: uuid.UUID) -> CareActivity:
    """She is expected; once the meeting is over nobody has said whether she came.

    Raises Conflict for somebody who is on the list, and for an ended course.
    """
    course = course_or_raise(course_id)
    refuse_when_ended(course)
    if attendance_of(group.id, course_id) is not None:
        raise Conflict("She is on the list of this meeting already.")
    return kept(
        CareActivity(
            **in_common(group),
            **of_course(course),
            group_session_id=group.id,
            status=Status.PLANNED,
        )
    )


def note_attendance(visit: CareActivity, status: Status, reason: str | None) -> None:
    """Whether she came. Raises Unprocessable (field `reason`)."""
    fault = fault_of_attendance(status, reason, visit.starts_at, clock.now())
    refuse([("reason", fault)] if fault else [])
    visit.status, visit.reason = status, reason
    db.session.flush()


def in_common(group: GroupSession) -> dict[str, object]:
    """What the visit of each woman has from the meeting; the names of others are not in it."""
    return {
        "kind": group.kind,
        "modality": group.title,
        "starts_at": group.starts_at,
        "minutes": group.minutes,
        "therapist_id": group.therapist_id,
        "therapist_name": group.therapist_name,
    }

"""This file is about meetings of groups, and who is on their list."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from clinic.core.db import db
from clinic.courses.models import Course
from clinic.courses.rules import CourseStatus
from clinic.integration.models import CareActivity, CareNote, GroupSession
from clinic.integration.rules import Status
from clinic.patients.models import Patient
from clinic.patients.queries import by_ids

SHOWN = timedelta(days=60)  # how far back the list of meetings reaches


@dataclass(frozen=True)
class Attendance:
    """One woman on the list of a meeting."""

    visit: CareActivity
    patient: Patient


def groups_since(now: datetime) -> list[tuple[GroupSession, int]]:
    """Meetings of the last weeks and those ahead, newest first, with how many are on the list."""
    listed = (
        select(CareActivity.group_session_id, func.count().label("n"))
        .where(CareActivity.status != Status.ERROR)
        .group_by(CareActivity.group_session_id)
        .subquery()
    )
    found = (
        select(GroupSession, listed.c.n)
        .outerjoin(listed, listed.c.group_session_id == GroupSession.id)
        .where(GroupSession.starts_at >= now - SHOWN)
        .order_by(GroupSession.starts_at.desc(), GroupSession.id)
    )
    return [(group, n or 0) for group, n in db.session.execute(found)]


def visits_of_group(group_id: uuid.UUID) -> Sequence[CareActivity]:
    """The visit of each woman on the list."""
    hers = select(CareActivity).where(CareActivity.group_session_id == group_id)
    return db.session.scalars(hers.order_by(CareActivity.id)).all()


def attendances(group_id: uuid.UUID) -> list[Attendance]:
    """The list of a meeting, by name."""
    visits = visits_of_group(group_id)
    patients = by_ids(visit.patient_id for visit in visits)
    found = [Attendance(visit, patients[visit.patient_id]) for visit in visits]
    return sorted(found, key=lambda one: one.patient.name_key)


def attendance_of(group_id: uuid.UUID, course_id: uuid.UUID) -> CareActivity | None:
    """The visit of one woman, or None."""
    hers = select(CareActivity).where(
        CareActivity.group_session_id == group_id, CareActivity.course_id == course_id
    )
    return db.session.scalar(hers)


def courses_to_choose(group_id: uuid.UUID) -> list[tuple[str, str]]:
    """(course id, name and number) of women in a course who are not on the list yet."""
    listed = select(CareActivity.course_id).where(CareActivity.group_session_id == group_id)
    rows = (
        select(Course.id, Patient)
        .join(Patient, Patient.id == Course.patient_id)
        .where(Course.status == CourseStatus.ACTIVE, Course.id.not_in(listed))
        .order_by(Patient.name_key)
    )
    return [(str(id_), f"{her.name}, {her.number}") for id_, her in db.session.execute(rows)]


def own_notes(activity_id: uuid.UUID, author_id: uuid.UUID) -> Sequence[CareNote]:
    """The notes that one person wrote on a visit, oldest first. Nobody reads another's."""
    mine = select(CareNote).where(
        CareNote.activity_id == activity_id, CareNote.author_id == author_id
    )
    return db.session.scalars(mine.order_by(CareNote.written_at, CareNote.id)).all()

"""This file is about the work list: who needs a response, who is called next, what is done."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select

from clinic.core.acting import acting
from clinic.core.db import db
from clinic.courses.models import Course
from clinic.courses.rules import CourseStatus
from clinic.followups.models import Contact, FollowUp
from clinic.followups.queries.contacts import OpenConcern, open_concerns
from clinic.followups.queries.of_course import of_courses
from clinic.followups.rules import Due, Reached, State, Status, ToAsk, scales_at
from clinic.instruments.library import library_instruments
from clinic.instruments.queries import Unreviewed, open_safety
from clinic.patients.models import Patient
from clinic.patients.queries import by_ids
from clinic.protocols.queries import protocol_of


@dataclass(frozen=True)
class Row:
    """One follow-up of one woman. `tries`: contacts in which she was not reached, oldest first.

    `scales`: what the protocol asks at it.
    """

    course_id: uuid.UUID
    patient: Patient
    due: Due
    tries: tuple[Contact, ...]
    owner_id: uuid.UUID | None
    scales: tuple[ToAsk, ...] = ()

    @property
    def next_try_at(self) -> datetime | None:
        """When the last caller wanted to try again."""
        return self.tries[-1].next_try_at if self.tries else None


@dataclass(frozen=True)
class WorkList:
    """`overdue` oldest first, `today` by end of window, `done` since yesterday, newest first.

    `next_one`: what is due first after today.
    """

    safety: list[Unreviewed]
    concerns: list[OpenConcern]
    overdue: list[Row]
    today: list[Row]
    done: list[Row]
    next_one: Row | None


def work_list(now: datetime) -> WorkList:
    """What the clinic has to do at a moment. Follow-ups are those of courses that run."""
    rows = all_rows(now)
    today_ends, yesterday = local_midnight(now, 1), local_midnight(now, -1)
    still = [row for row in rows if row.due.state.is_open]
    overdue = [row for row in still if row.due.state is State.OVERDUE]
    soon = [row for row in still if row.due.state is not State.OVERDUE]
    today = [row for row in soon if row.due.state is State.DUE or row.due.due_at < today_ends]
    done = [row for row in rows if done_since(row, yesterday)]
    later = [row for row in soon if row not in today]
    return WorkList(
        safety=open_safety(),
        concerns=open_concerns(),
        overdue=sorted(overdue, key=lambda row: row.due.closes_at),
        today=sorted(today, key=lambda row: (row.due.closes_at, row.due.due_at)),
        done=sorted(done, key=done_at, reverse=True),
        next_one=min(later, key=lambda row: row.due.due_at, default=None),
    )


def all_rows(now: datetime) -> list[Row]:
    """Every follow-up of every course that runs."""
    courses = db.session.scalars(select(Course).where(Course.status == CourseStatus.ACTIVE)).all()
    dues, patients = of_courses(courses, now), by_ids({course.patient_id for course in courses})
    ids = [course.id for course in courses if dues[course.id]]
    tries, owners = tries_of(ids), owners_of(ids)
    return [
        Row(
            course.id,
            patients[course.patient_id],
            due,
            tuple(tries.get((course.id, *due.key), ())),
            owners.get((course.id, *due.key)),
            asked_at(course, due),
        )
        for course in courses
        for due in dues[course.id]
    ]


def asked_at(course: Course, due: Due) -> tuple[ToAsk, ...]:
    """The scales that the protocol of a course asks at a follow-up."""
    uses = protocol_of(course.protocol_version_id).scales
    to_ask, _ = scales_at(uses, library_instruments(), due.code, 0)
    return tuple(to_ask)


def tries_of(
    course_ids: list[uuid.UUID],
) -> dict[tuple[uuid.UUID, str, uuid.UUID | None], list[Contact]]:
    """Contacts in which she was not reached, by follow-up."""
    found: dict[tuple[uuid.UUID, str, uuid.UUID | None], list[Contact]] = {}
    rows = select(Contact).where(Contact.course_id.in_(course_ids), Contact.reached != Reached.YES)
    for row in db.session.scalars(rows.order_by(Contact.contacted_at, Contact.id)):
        found.setdefault((row.course_id, row.code, row.session_id), []).append(row)
    return found


def owners_of(
    course_ids: list[uuid.UUID],
) -> dict[tuple[uuid.UUID, str, uuid.UUID | None], uuid.UUID]:
    """Who last wrote of a follow-up."""
    rows = select(FollowUp).where(FollowUp.course_id.in_(course_ids))
    return {(r.course_id, r.code, r.session_id): r.owner_id for r in db.session.scalars(rows)}


def done_since(row: Row, since: datetime) -> bool:
    """Whether she was reached since a moment."""
    handled = row.due.handled
    return handled is not None and handled.status is Status.DONE and handled.at >= since


def done_at(row: Row) -> datetime:
    """When she was reached."""
    return row.due.handled.at if row.due.handled else row.due.due_at


def local_midnight(now: datetime, days: int) -> datetime:
    """The midnight with which today begins, moved by days, in UTC."""
    day = now.astimezone(acting().timezone).date() + timedelta(days=days)
    return datetime.combine(day, time(), acting().timezone).astimezone(UTC)

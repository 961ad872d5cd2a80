"""This file is about the work list: who needs a response, who is called next, what is done."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select

from clinic.core.acting import acting
from clinic.core.db import db
from clinic.courses.models import Course
from clinic.courses.queries import protocol_of as protocol_of_course
from clinic.courses.rules import CourseStatus
from clinic.followups.models import Contact
from clinic.followups.queries.of_course import of_courses
from clinic.followups.queries.responses import NeedsResponse, needing_response
from clinic.followups.queries.tried import owners_of, psychiatrists_of, tries_of
from clinic.followups.rules import Due, State, Status, ToAsk, scales_at
from clinic.followups.rules.asking_her import becomes_a_call
from clinic.followups.rules.missed import is_unreached, missed_in_a_row
from clinic.instruments.queries import scales_named
from clinic.links.models import PrivateLink
from clinic.links.queries.links import links_for, newest_of
from clinic.links.rules import CHECK_IN, LinkState, Subject, subject_key
from clinic.messages.queries import settings
from clinic.messages.rules import Reminders
from clinic.patients.models import Patient
from clinic.patients.queries import by_ids
from clinic.protocols.queries import protocol_of

FOLLOWUP = "followup"
DAYS_AHEAD = 7


@dataclass(frozen=True)
class Row:
    """One follow-up of one woman. `tries`: contacts in which she was not reached, oldest first.

    `scales`: what the protocol asks at it. `link`: how far the newest private link of it is;
    `gave_up_link`: it was not opened after the last reminder, so she is called. `psychiatrist_id`:
    whose she is once so many tries in its window had no answer; None before.
    """

    course_id: uuid.UUID
    patient: Patient
    due: Due
    tries: tuple[Contact, ...]
    owner_id: uuid.UUID | None
    scales: tuple[ToAsk, ...] = ()
    link: LinkState | None = None
    gave_up_link: bool = False
    psychiatrist_id: uuid.UUID | None = None

    @property
    def waits_for_her(self) -> bool:
        """Whether it is asked by a private link that still runs, and that did not become a call.

        A link that asks for scales alone leaves a call a call. Once its window is over it waits for
        her only when the link was sent after that.
        """
        if self.link is None or not self.link.running or self.gave_up_link or self.psychiatrist_id:
            return False
        asked, sent_at = self.link.facts.kinds, self.link.facts.sent_at
        is_whole = self.due.by == "link" or CHECK_IN in asked
        return is_whole and (self.due.state is not State.OVERDUE or sent_at > self.due.closes_at)

    @property
    def is_overdue(self) -> bool:
        """Whether its window is over, or tries enough in it had no answer."""
        return self.due.state is State.OVERDUE or self.psychiatrist_id is not None

    @property
    def next_try_at(self) -> datetime | None:
        """When the last caller wanted to try again."""
        return self.tries[-1].next_try_at if self.tries else None


@dataclass(frozen=True)
class MissedRow:
    """A course of which the last follow-ups were all missed, oldest first."""

    course_id: uuid.UUID
    patient: Patient
    run: list[Due]

    @property
    def key(self) -> str:
        """Names this row of missed ones: another that is missed makes another."""
        last = self.run[-1]
        return f"{self.course_id}:{last.code}:{last.session_id or ''}"


@dataclass(frozen=True)
class WorkList:
    """`overdue` oldest first, `today` and `waiting` by end of window, `done` since yesterday and
    newest first, `week` the next seven days. `next_one`: what is due first after today.

    `waiting`: a private link of the follow-up is on its way, so it waits for her, not for us.
    `missed`: courses in which so many were missed in a row that a psychiatrist is told.
    """

    responses: list[NeedsResponse]
    missed: list[MissedRow]
    overdue: list[Row]
    today: list[Row]
    waiting: list[Row]
    done: list[Row]
    week: list[Row]
    next_one: Row | None

    @property
    def open_today(self) -> int:
        """How many things are open today, of any kind."""
        groups = (self.responses, self.missed, self.overdue, self.today, self.waiting)
        return sum(len(group) for group in groups)


def work_list(now: datetime) -> WorkList:
    """What the clinic has to do at a moment. Follow-ups are those of courses that run."""
    rows = all_rows(now)
    today_ends, yesterday = local_midnight(now, 1), local_midnight(now, -1)
    still = [row for row in rows if row.due.state.is_open]
    waiting = [row for row in still if row.waits_for_her]
    ours = [row for row in still if not row.waits_for_her]
    overdue = [row for row in ours if row.is_overdue]
    soon = [row for row in ours if not row.is_overdue]
    today = [row for row in soon if row.due.state is State.DUE or row.due.due_at < today_ends]
    later = [row for row in soon if row not in today]
    week_ends = local_midnight(now, DAYS_AHEAD + 1)
    return WorkList(
        responses=needing_response(now),
        missed=missed_rows(rows),
        overdue=sorted(overdue, key=lambda row: row.due.closes_at),
        today=sorted(today, key=by_end),
        waiting=sorted(waiting, key=by_end),
        done=sorted([r for r in rows if done_since(r, yesterday)], key=done_at, reverse=True),
        week=sorted([row for row in later if row.due.due_at < week_ends], key=by_due),
        next_one=min(later, key=by_due, default=None),
    )


def by_end(row: Row) -> tuple[datetime, datetime]:
    """By the end of its window."""
    return row.due.closes_at, row.due.due_at


def by_due(row: Row) -> datetime:
    """By when it is due."""
    return row.due.due_at


def missed_rows(rows: Iterable[Row]) -> list[MissedRow]:
    """Courses with so many follow-ups missed one after the other as their protocol says."""
    by_course: dict[uuid.UUID, list[Row]] = defaultdict(list)
    for row in rows:
        by_course[row.course_id].append(row)
    found = []
    for course_id, hers in by_course.items():
        risk = protocol_of_course(course_id).risk_answers
        run = missed_in_a_row([row.due for row in hers], risk.missed_in_a_row if risk else None)
        if run:
            found.append(MissedRow(course_id, hers[0].patient, run))
    return found


def all_rows(now: datetime) -> list[Row]:
    """Every follow-up of every course that runs."""
    courses = db.session.scalars(select(Course).where(Course.status == CourseStatus.ACTIVE)).all()
    dues, patients = of_courses(courses, now), by_ids({course.patient_id for course in courses})
    ids = [course.id for course in courses if dues[course.id]]
    tries, owners, links = tries_of(ids), owners_of(ids), links_for(ids)
    reminders, psychiatrists = settings().reminders, psychiatrists_of(ids)
    return [
        Row(
            course.id,
            patients[course.patient_id],
            due,
            tried := tuple(tries.get((course.id, *due.key), ())),
            owners.get((course.id, *due.key)),
            asked_at(course, due),
            link := links.get((course.id, subject_key(subject_of_due(due)))),
            link is not None and gave_up(link, reminders, now),
            psychiatrists.get(course.id) if nobody_reached(course, due, tried) else None,
        )
        for course in courses
        for due in dues[course.id]
    ]


def nobody_reached(course: Course, due: Due, tries: Sequence[Contact]) -> bool:
    """Whether as many tries had no answer in a window as the protocol of the course allows."""
    risk = protocol_of(course.protocol_version_id).risk_answers
    most = risk.tries_without_answer if risk else None
    return is_unreached(due, [one.contacted_at for one in tries], most)


def gave_up(link: LinkState, reminders: Reminders | None, now: datetime) -> bool:
    """Whether a link was not opened after the last reminder."""
    return becomes_a_call(reminders, link.facts.sent_at, link.facts.opened_at, now)


def link_of(row: Row) -> PrivateLink | None:
    """The newest private link of a follow-up."""
    return newest_of(row.course_id, subject_key(subject_of_due(row.due)))


def subject_of_due(due: Due) -> Subject:
    """What a private link of a follow-up is for."""
    return FOLLOWUP, due.code, due.session_id


def asked_at(course: Course, due: Due) -> tuple[ToAsk, ...]:
    """The scales that the protocol of a course asks at a follow-up."""
    uses = protocol_of(course.protocol_version_id).scales
    to_ask, _ = scales_at(uses, scales_named(use.scale for use in uses), due.code, 0)
    return tuple(to_ask)


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

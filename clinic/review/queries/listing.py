"""This file is about every woman in treatment at once, for the list of patients.

Each kind of record is loaded once for all of them, so that the list asks as often for five women as
for fifty.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from flask import g
from sqlalchemy import select

from clinic.accounts.queries import names_of
from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.courses.models import Course
from clinic.courses.rules import CourseStatus
from clinic.followups.queries import open_concerns
from clinic.followups.queries.of_course import of_courses
from clinic.followups.rules import Due, State
from clinic.instruments.queries import open_safety
from clinic.integration.models import CareActivity
from clinic.integration.rules import KIND_WORDS, Status
from clinic.protocols.models import ProtocolVersion
from clinic.review.queries.re_evaluation import due_days
from clinic.review.rules.listing import Ahead, Stage, Urgency, next_of, urgency_of
from clinic.sessions.models import SessionStatus, TreatmentSession
from clinic.sessions.queries import BoardRow, board, waiting_patients

Record = TypeVar("Record", TreatmentSession, CareActivity)
DAY, LAST_MINUTE = timedelta(days=1), timedelta(minutes=1)
OPEN = (SessionStatus.PLANNED, SessionStatus.ARRIVED, SessionStatus.IN_PROGRESS)


@dataclass
class Everybody:
    """What is known of all courses: newest course of each patient, and what belongs to those
    that run, each by course."""

    now: datetime
    newest: dict[uuid.UUID, Course]
    sessions: dict[uuid.UUID, list[TreatmentSession]]
    follow_ups: dict[uuid.UUID, list[Due]]
    visits: dict[uuid.UUID, list[CareActivity]]
    running: dict[uuid.UUID, BoardRow]
    asked: set[uuid.UUID]
    called: dict[uuid.UUID, datetime]
    again_on: dict[uuid.UUID, date]
    unreviewed: set[uuid.UUID]
    held: list[ProtocolVersion] = field(default_factory=list)

    @property
    def active(self) -> dict[uuid.UUID, Course]:
        """Patient -> the course that runs."""
        return {id_: one for id_, one in self.newest.items() if one.status is CourseStatus.ACTIVE}


def everybody() -> Everybody:
    """All of it, loaded once for a request."""
    if "clinic_everybody" not in g:
        g.clinic_everybody = load(clock.now())
    found: Everybody = g.clinic_everybody
    return found


def load(now: datetime) -> Everybody:
    """One question for each kind of record."""
    newest = newest_courses()
    courses = [one for one in newest.values() if one.status is CourseStatus.ACTIVE]
    ids = [course.id for course in courses]
    # Held here, so that nobody asks for a version of a protocol twice.
    wanted = {course.protocol_version_id for course in courses}
    held = list(db.session.scalars(select(ProtocolVersion).where(ProtocolVersion.id.in_(wanted))))
    return Everybody(
        now=now,
        newest=newest,
        sessions=by_course(TreatmentSession, ids),
        follow_ups=of_courses(courses, now),
        visits=by_course(CareActivity, ids),
        running={row.session.patient_id: row for row in board(now)},
        asked={row.patient.id for row in open_safety()},
        again_on=due_days(courses),
        unreviewed=waiting_patients(),
        called={one.patient.id: one.answer_by_at for one in reversed(open_concerns())},
        held=held,
    )


def newest_courses() -> dict[uuid.UUID, Course]:
    """Patient -> her newest course; one that runs comes before any other."""
    rows = db.session.scalars(select(Course).order_by(Course.opened_on, Course.id)).all()
    found = {course.patient_id: course for course in rows}
    return found | {c.patient_id: c for c in rows if c.status is CourseStatus.ACTIVE}


def by_course(model: type[Record], ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Record]]:
    """Records of several courses, by course."""
    found: dict[uuid.UUID, list[Record]] = defaultdict(list)
    rows: Iterable[Record] = db.session.scalars(select(model).where(model.course_id.in_(ids)))
    for row in rows:
        found[row.course_id].append(row)
    return found


def stage_of(known: Everybody, course: Course) -> Stage:
    """Where a course stands, from what is planned and given."""
    if course.status is not CourseStatus.ACTIVE:
        return Stage(5, "Finished")
    sessions = sorted(known.sessions.get(course.id, []), key=lambda s: s.number)
    still = [s for s in sessions if s.status in OPEN and s.locked_at is None]
    kept = [s for s in sessions if s.status is not SessionStatus.CANCELLED]
    if still:
        return Stage(2, f"Session {still[0].number} of {len(kept)}")
    follow_ups = known.follow_ups.get(course.id, [])
    ahead = [due for due in follow_ups if due.state.is_open]
    if ahead:
        return Stage(3, min(ahead, key=lambda due: due.due_at).text)
    if follow_ups:
        return Stage(4, "Other treatment")
    return Stage(1, "Evaluation")


def next_thing(known: Everybody, patient_id: uuid.UUID) -> Ahead | None:
    """What is due next of one woman."""
    course = known.active.get(patient_id)
    return next_of(ahead_of(known, patient_id, course), known.now) if course else None


def ahead_of(known: Everybody, patient_id: uuid.UUID, course: Course) -> Iterator[Ahead]:
    """Everything that is due."""
    row = known.running.get(patient_id)
    if row is not None and (due := row.state.next_due):
        yield Ahead(due.what, due.due_at, due.due_at if due.overdue else None, running=True)
    for one in known.follow_ups.get(course.id, []):
        if one.state.is_open:
            late = one.closes_at if one.state is State.OVERDUE else None
            yield Ahead(one.text, one.due_at, late)
    for session in known.sessions.get(course.id, []):
        if session.status is SessionStatus.PLANNED:
            yield Ahead(f"session {session.number}", session.planned_at)
    yield from looked_at_again(known, course)
    for visit in known.visits.get(course.id, []):
        if visit.status is Status.PLANNED and visit.starts_at > known.now:
            yield Ahead(visit.modality or KIND_WORDS[visit.kind], visit.starts_at)


def looked_at_again(known: Everybody, course: Course) -> Iterator[Ahead]:
    """The day that the decision in force has set; it is over at its end."""
    on = known.again_on.get(course.id)
    if on is not None:
        ends_at = datetime.combine(on + DAY, time(), acting().timezone)
        late = ends_at if ends_at <= known.now else None
        yield Ahead("re-evaluation", ends_at - LAST_MINUTE, late, whole_day=True)


def ranks() -> dict[uuid.UUID, tuple[int, datetime]]:
    """Patient -> alert, response, overdue, due today, later; and since or until when."""
    known, zone = everybody(), acting().timezone
    found: dict[uuid.UUID, tuple[int, datetime]] = {}
    for patient_id in known.active:
        thing = next_thing(known, patient_id)
        urgency = urgency_of(thing, known.now, zone)
        at = (thing.overdue_since or thing.due_at) if thing else datetime.max.replace(tzinfo=zone)
        row = known.running.get(patient_id)
        if row is not None and (row.alerts or row.state.emergency):
            urgency = Urgency.ALERT
        elif patient_id in known.asked or patient_id in known.called:
            urgency = Urgency.RESPONSE
        found[patient_id] = int(urgency), at
    return found


def psychiatrists(known: Everybody, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Patient -> who ordered her newest session, else who opened her course."""
    found = {}
    for patient_id in ids:
        if course := known.newest.get(patient_id):
            ordered = max(known.sessions.get(course.id, []), key=lambda s: s.number, default=None)
            found[patient_id] = ordered.ordered_by_id if ordered else course.opened_by_id
    return found


def names_for(known: Everybody, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Patient -> the name of her psychiatrist."""
    hers = psychiatrists(known, ids)
    names = names_of(set(hers.values()))
    return {patient_id: names.get(person, "") for patient_id, person in hers.items()}

"""This file is about what one course adds to any period, and until when time leaves it so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from clinic.followups.rules import State
from clinic.reports.rules.outcomes.counted import Counted, Key
from clinic.reports.rules.outcomes.courses import badges_of, of_course
from clinic.reports.rules.outcomes.definitions import Code
from clinic.reports.rules.outcomes.scope import Followed, Scope
from clinic.reports.rules.outcomes.sessions import of_sessions

REACHED = {State.DONE: 1, State.MISSED: 0, State.OVERDUE: 0}
MINUTE = timedelta(minutes=1)
Dated = tuple[datetime, Key, Counted]
Read = tuple[timedelta, str]  # how long after the first dose an outcome is read, and its words


@dataclass(frozen=True)
class CourseFacts:
    """All that a course adds, whatever the period. `of_course` counts where the first dose lies in
    it, the others where their own moment does: T0, or the end of a follow-up's window.

    True from `at` until before `turns_at`, as long as nobody writes; None: for ever.
    """

    course_id: UUID
    patient_id: UUID
    first_dose_at: datetime | None
    of_course: tuple[tuple[Key, Counted], ...]
    of_sessions: tuple[Dated, ...]
    of_follow_ups: tuple[Dated, ...]
    terms: Mapping[str, str]
    moments: Mapping[str, Read]
    ended: str
    pinned: tuple[tuple[str, str], ...]
    at: datetime
    turns_at: datetime | None

    def holds_at(self, now: datetime) -> bool:
        """Whether time alone has changed nothing of it."""
        return self.at <= now and (self.turns_at is None or now < self.turns_at)


def facts_of(course: Followed, scope: Scope) -> CourseFacts:
    """What a course adds by the scope's scale and rules; its period plays no part."""
    record, scale = course.record, scope.cohort.scale
    terms: dict[str, str] = {}
    for treated, _ in record.treated:
        terms |= {one.code: one.text for one in treated.plan.side_effects.terms}
    badges = badges_of(record, scale)
    return CourseFacts(
        course_id=course.id,
        patient_id=course.patient_id,
        first_dose_at=record.first_dose_at,
        of_course=tuple(of_course(course, badges, scale)) if record.first_dose_at else (),
        of_sessions=tuple(of_sessions(course, scope.rules, scope.day(scope.now))),
        of_follow_ups=tuple(follow_ups(course)),
        terms=terms,
        moments={one.moment.code: (one.moment.target, one.text) for one in record.windows},
        ended=course.stops_for.value if course.stops_for else "running",
        pinned=tuple((badge.text, f"{badge.title}. {badge.definition}") for badge in badges),
        at=record.now,
        turns_at=turns_at(course, scope.zone),
    )


def follow_ups(course: Followed) -> Iterator[Dated]:
    """Each follow-up, at the end of its window."""
    for due in course.follow_ups:
        reached, number = REACHED.get(due.state), due.dose.number if due.session_id else None
        one = Counted(
            course.id,
            f"{due.text}: {due.state.value}",
            reached,
            due.session_id,
            number,
            course.patient_id,
            waiting=reached is None,
        )
        yield due.closes_at, Key(Code.FOLLOWED_UP), one


def turns_at(course: Followed, zone: ZoneInfo) -> datetime | None:
    """The first moment from which time alone may change something. Windows close after their last
    minute, so both that minute and the one after it are looked at."""
    now = course.record.now
    turns = moments_of(course, zone)
    ahead = [at for turn in turns for at in (turn, turn + MINUTE) if at >= now]
    return min(ahead, default=None)


def moments_of(course: Followed, zone: ZoneInfo) -> Iterator[datetime]:
    """Every moment at which an answer of this course can turn without an entry."""
    record = course.record
    if record.first_dose_at is not None:
        for window in record.windows:
            yield record.first_dose_at + window.moment.closes
    for due in course.follow_ups:
        yield from (due.opens_at, due.due_at, due.closes_at)
    for form in course.forms.values():
        yield datetime.combine(form.due_on + timedelta(days=1), time(), zone)
    for treated in record.sessions:
        if treated.state.changes_at is not None:
            yield treated.state.changes_at
        if treated.state.clock.t0 is not None and treated.state.clock.left_at is None:
            yield record.now  # she is here: everything of hers ages

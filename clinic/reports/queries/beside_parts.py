"""This file is about reading follow-ups and other medicines of a period, course after course."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select

from clinic.accounts.queries import names_of
from clinic.core.acting import acting
from clinic.core.db import db, end_reading
from clinic.courses.models import Course, Medication
from clinic.courses.rules import MedicationFacts
from clinic.followups.models import ContactResponse
from clinic.followups.queries import Made, contacts_of, of_course
from clinic.followups.rules import Due
from clinic.followups.rules.due import Key
from clinic.reports.queries.course_parts import filters, in_parts, owners_of
from clinic.reports.queries.wanted import EVERYTHING, Wanted
from clinic.reports.rules import Owner, Period
from clinic.reports.rules.beside_record import (
    ContactExport,
    FollowUpExport,
    MedicineExport,
    ResponseExport,
)

Names = dict[uuid.UUID, str]


def follow_up_parts(
    period: Period, now: datetime, wanted: Wanted = EVERYTHING
) -> Iterator[list[FollowUpExport]]:
    """The follow-ups that are due in a period."""
    for courses in in_parts([Course.opened_on <= period.last_on, *filters(wanted)], wanted):
        owners = owners_of(courses)
        found = [
            follow_up
            for course in courses
            for follow_up in follow_ups(course, owners[course.id], now)
            if follow_up.due.due_at.astimezone(acting().timezone).date() in period
        ]
        end_reading()
        yield found


def follow_ups(course: Course, owner: Owner, now: datetime) -> Iterator[FollowUpExport]:
    """Each follow-up of a course once for each try, or once without any."""
    tries: dict[Key, list[Made]] = defaultdict(list)
    made = contacts_of(course.id)
    for one in made:
        tries[one.contact.code, one.contact.session_id].append(one)
    names = names_of(people_of(made))
    for due in of_course(course.id, now):
        yield from each_try(owner, due, tries.get(due.key, ()), names)


def each_try(
    owner: Owner, due: Due, tries: Sequence[Made], names: Names
) -> Iterator[FollowUpExport]:
    """One follow-up with each of its tries."""
    if not tries:
        yield FollowUpExport(owner, due, None)
    for one in tries:
        yield FollowUpExport(owner, due, contact(one, names))


def people_of(made: Sequence[Made]) -> set[uuid.UUID]:
    """Everybody who wrote in these contacts."""
    wrote = {one.contact.author_id for one in made}
    return wrote | {one.response.author_id for one in made if one.response}


def contact(made: Made, names: Names) -> ContactExport:
    """One try as it is exported."""
    row = made.contact
    return ContactExport(
        id=made.earlier[0].id if made.earlier else row.id,
        contacted_at=row.contacted_at,
        recorded_at=row.recorded_at,
        how=row.how,
        reached=row.reached,
        answers=made.answers,
        next_step=row.next_step,
        next_try_at=row.next_try_at,
        note=row.note,
        answer_by_at=row.answer_by_at,
        corrected=bool(made.earlier),
        reason=row.reason,
        author=names.get(row.author_id, str(row.author_id)),
        response=response(made.response, names) if made.response else None,
    )


def response(row: ContactResponse, names: Names) -> ResponseExport:
    """What was done, as it is exported."""
    author = names.get(row.author_id, str(row.author_id))
    return ResponseExport(row.step, row.text, row.responded_at, author)


def medicine_parts(
    period: Period, _now: datetime, wanted: Wanted = EVERYTHING
) -> Iterator[list[MedicineExport]]:
    """The medicines that were taken on a day of a period, as far as anybody knows."""
    taken = taken_in(period)
    belongs = exists().where(Medication.course_id == Course.id, *taken)
    for courses in in_parts([belongs, *filters(wanted)], wanted):
        owners = owners_of(courses)
        rows = select(Medication).where(Medication.course_id.in_(owners), *taken)
        listed = db.session.scalars(rows.order_by(Medication.course_id, Medication.id)).all()
        names = names_of({row.recorded_by_id for row in listed})
        found = [medicine(row, owners[row.course_id], names) for row in listed]
        end_reading()
        yield found


def taken_in(period: Period) -> list[ColumnElement[bool]]:
    """A first or a last day that is not known leaves it in."""
    return [
        or_(Medication.started_on.is_(None), Medication.started_on <= period.last_on),
        or_(Medication.stopped_on.is_(None), Medication.stopped_on >= period.first_on),
    ]


def medicine(row: Medication, owner: Owner, names: Names) -> MedicineExport:
    """One medicine as it is exported."""
    said = MedicationFacts.__dataclass_fields__
    return MedicineExport(
        owner=owner,
        id=row.id,
        facts=MedicationFacts(**{name: getattr(row, name) for name in said}),
        void_reason=row.void_reason,
        author=names.get(row.recorded_by_id, str(row.recorded_by_id)),
        recorded_at=row.recorded_at,
    )

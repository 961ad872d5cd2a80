"""This file is about reading courses and scores of a period, a few courses at a time."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select

from clinic.accounts.queries import names_of, own_clinic
from clinic.core.acting import acting
from clinic.core.db import db, end_reading
from clinic.courses.models import Course
from clinic.courses.queries import consent_of
from clinic.courses.rules import Particulars, delivery_of
from clinic.evaluation.queries import eligibility_of
from clinic.instruments.models import QuestionnaireResponse
from clinic.instruments.queries import Answered, histories_of
from clinic.patients.queries import by_ids as patients_by_ids
from clinic.patients.queries import infants_by_patient
from clinic.protocols.queries import by_ids as versions_by_ids
from clinic.reports.queries.wanted import EVERYTHING, Wanted
from clinic.reports.rules import CourseExport, Owner, Period, ScoreExport
from clinic.review.queries import decided, record_of
from clinic.sessions.queries import doses_of_courses

PART = 10  # courses


def course_parts(
    period: Period, now: datetime, wanted: Wanted = EVERYTHING
) -> Iterator[list[CourseExport]]:
    """The courses that were opened in a period."""
    for courses in in_parts([opened_in(period), *filters(wanted)], wanted):
        found = exports(courses, now)
        end_reading()
        yield found


def score_parts(
    period: Period, _now: datetime, wanted: Wanted = EVERYTHING
) -> Iterator[list[ScoreExport]]:
    """The uses of scales that were answered in a period."""
    for courses in in_parts([answered_in(period), *filters(wanted)], wanted):
        found = [score for score in scores(courses) if score.day in period]
        end_reading()
        yield found


def count_courses(period: Period, wanted: Wanted, *, answered: bool = False) -> int:
    """How many courses were opened in a period, or have answers of it."""
    belongs = answered_in(period) if answered else opened_in(period)
    counted = select(func.count()).select_from(Course).where(belongs, *filters(wanted))
    return db.session.scalar(counted) or 0


def filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Which courses are asked for at all."""
    return wanted.of(Course.protocol_version_id, Course.id)


def opened_in(period: Period) -> ColumnElement[bool]:
    """The course was opened in the period."""
    return Course.opened_on.between(period.first_on, period.last_on)


def answered_in(period: Period) -> ColumnElement[bool]:
    """A scale was answered in the period."""
    starts, ends = period.moments(acting().timezone)
    return exists().where(
        QuestionnaireResponse.course_id == Course.id,
        QuestionnaireResponse.answered_at >= starts,
        QuestionnaireResponse.answered_at < ends,
    )


def in_parts(
    belong: Sequence[ColumnElement[bool]], wanted: Wanted = EVERYTHING
) -> Iterator[Sequence[Course]]:
    """A few courses after the other, in the order of their ids."""
    after = uuid.UUID(wanted.after) if wanted.after else None
    while True:
        statement = select(Course).where(*belong)
        if after is not None:
            statement = statement.where(Course.id > after)
        courses = db.session.scalars(statement.order_by(Course.id).limit(PART)).all()
        if not courses:
            return
        after = courses[-1].id
        wanted.stands(str(after))
        yield courses


def owners_of(courses: Sequence[Course]) -> dict[uuid.UUID, Owner]:
    """Course id -> whose it is."""
    patients, clinic = patients_by_ids(c.patient_id for c in courses), own_clinic().code
    infants = infants_by_patient({course.patient_id for course in courses})
    owners = {}
    for course in courses:
        patient, born = patients[course.patient_id], infants.get(course.patient_id, [])
        birth_on = delivery_of(course.opened_on, patient.gave_birth_on, [i.born_on for i in born])
        owners[course.id] = Owner(
            clinic_code=clinic,
            patient_id=patient.id,
            patient_number=patient.number,
            course_id=course.id,
            zone=acting().timezone,
            birth_on=birth_on,
            born_on=patient.born_on,
        )
    return owners


def exports(courses: Sequence[Course], now: datetime) -> list[CourseExport]:
    """Courses as they are exported."""
    owners = owners_of(courses)
    versions = versions_by_ids(course.protocol_version_id for course in courses)
    names = Particulars.__dataclass_fields__
    found = []
    for course in courses:
        version, decisions = versions[course.protocol_version_id], decided(course.id)
        found.append(
            CourseExport(
                owner=owners[course.id],
                protocol_code=version.code,
                protocol_version=version.n,
                protocol_digest=version.digest,
                status=course.status.value,
                end_reason=course.end_reason.value if course.end_reason else None,
                end_text=course.end_text,
                particulars=Particulars(**{name: getattr(course, name) for name in names}),
                record=record_of(course, now),
                eligibility=eligibility_of(course.id),
                consent=consent_of(course.id),
                decision=decisions[0] if decisions else None,
            )
        )
    return found


def scores(courses: Sequence[Course]) -> list[ScoreExport]:
    """Every use of some courses, those entered in error too, by the time they were answered."""
    owners, doses = owners_of(courses), doses_of_courses(course.id for course in courses)
    uses = [use for course in courses for use in histories_of(course.id)]
    names = names_of({use.response.author_id for use in uses})
    return [
        score(
            use,
            owners[use.response.course_id],
            next((dose.t0 for dose in doses.get(use.response.course_id, ())), None),
            names.get(use.response.author_id, str(use.response.author_id)),
        )
        for use in uses
    ]


def score(use: Answered, owner: Owner, first_dose_at: datetime | None, author: str) -> ScoreExport:
    """One use as it is exported."""
    row = use.response
    return ScoreExport(
        owner=owner,
        id=row.id,
        session_id=row.session_id,
        first_dose_at=first_dose_at,
        instrument=use.instrument,
        form=row.form_code,
        language=row.language or use.instrument.language,
        wording_digest=row.wording_digest,
        moment=row.moment.value,
        answered_at=row.answered_at,
        recorded_at=row.recorded_at,
        answered_by=row.answered_by.value,
        way=row.way.value,
        author=author,
        answers=row.said(),
        score=use.score,
        triage=use.triage,
        unreviewed=tuple(dict.fromkeys(one.finding.item for one in use.open)),
        corrected=len(use.versions) > 1,
        withdrawn=use.withdrawn,
        reason=row.reason,
    )

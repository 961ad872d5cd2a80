"""This file is about reading a cohort course by course, so that its size costs no memory.

Of a course only what it adds stays. A list of what a figure counted keeps one page of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import ColumnElement, exists, func, or_, select

from clinic.core.acting import acting
from clinic.core.db import db, end_reading
from clinic.courses.models import Course
from clinic.followups.queries import responded_in
from clinic.instruments.models import QuestionnaireResponse
from clinic.instruments.queries import scales_named
from clinic.protocols.models import ProtocolVersion
from clinic.protocols.queries import content_of
from clinic.protocols.rules import Protocol
from clinic.reports.queries.course_facts import facts_of_courses
from clinic.reports.queries.course_parts import in_parts
from clinic.reports.rules.outcomes import (
    Code,
    Cohort,
    Counted,
    CourseFacts,
    Definitions,
    Gathering,
    Key,
    Scope,
)
from clinic.reports.rules.period import Period
from clinic.sessions.models import LogEntry, TreatmentSession
from clinic.sessions.rules.moments import minutes_between

# How long after the end of a course a window that had opened may still close.
STILL_CLOSING = timedelta(days=31)
Names = dict[str, str]


@dataclass(frozen=True)
class Choices:
    """What a cohort can be narrowed to: code -> words. `scales`: in the order of the protocols."""

    protocols: Names
    routes: Names
    medicines: Names
    scales: Names

    def holds(self, cohort: Cohort) -> bool:
        """Whether all that a cohort names is there."""
        named = (
            (cohort.protocol, self.protocols),
            (cohort.route, self.routes),
            (cohort.medicine, self.medicines),
            (cohort.scale, self.scales),
        )
        return all(not code or code in known for code, known in named)


def protocols() -> dict[ProtocolVersion, Protocol]:
    """The versions under which courses were opened, the newest first."""
    used = exists().where(Course.protocol_version_id == ProtocolVersion.id)
    rows = select(ProtocolVersion).where(used)
    found = db.session.scalars(rows.order_by(ProtocolVersion.code, ProtocolVersion.n.desc())).all()
    return {version: content_of(version) for version in found}


def choices() -> Choices:
    """What there is to choose from in this clinic."""
    used = list(protocols().items())
    codes = dict.fromkeys(scale.scale for _, one in used for scale in one.outcome.scales)
    scales = scales_named(codes)
    return Choices(
        protocols={version.code: one.title for version, one in reversed(used)},
        routes={one.route.value: one.route.value.capitalize() for _, one in used},
        medicines={one.form.value: words_of(one) for _, one in used},
        scales={code: scales[code].name for code in codes if code in scales},
    )


def words_of(protocol: Protocol) -> str:
    """The medicine of a protocol: its form, where that says more than the drug (D1.5)."""
    form = protocol.form.value
    return form.capitalize() if form == protocol.drug else f"{protocol.drug.capitalize()}, {form}"


def leading_scale(among: Choices) -> str:
    """The first scale of the protocols that has answers in this clinic, else the first."""
    answered = set(db.session.scalars(select(QuestionnaireResponse.instrument_code).distinct()))
    codes = list(among.scales)
    return next((code for code in codes if code in answered), codes[0] if codes else "")


def scope_of(period: Period, cohort: Cohort, rules: Definitions, now: datetime) -> Scope:
    """What is computed, in this clinic."""
    return Scope(period, cohort, rules, now, acting().timezone)


def how_many(scope: Scope) -> int:
    """How many courses have to be read."""
    wanted = select(func.count()).select_from(Course).where(*conditions(scope))
    return db.session.scalar(wanted) or 0


def gathered(scope: Scope) -> Gathering:
    """The figures of a cohort. Between two parts nothing is held, so it is not one moment."""
    found = Gathering(scope)
    for course in every(scope):
        found.add(course)
    found.risk_answers(risk_answers(scope))
    end_reading()
    return found


def counted(scope: Scope, key: Key, start: int, most: int) -> tuple[list[Counted], Gathering]:
    """One page of what a figure looked at, and all of its numbers. Of a side effect that is every
    session, or every woman, with it or without."""
    whole = gathered(scope)
    rows = looked_at(scope, key, whole)
    page = list(islice(rows, start, start + most))
    end_reading()
    return page, whole


def looked_at(scope: Scope, key: Key, whole: Gathering) -> Iterator[Counted]:
    """The rows of a figure; `whole`: all of its numbers."""
    if key.code == Code.RISK_ANSWER:
        yield from risk_answers(scope)
        return
    again = Gathering(scope)
    for course in every(scope):
        yield from again.rows(course, key, whole)


def every(scope: Scope) -> Iterator[CourseFacts]:
    """What the courses that may add something add, one after the other."""
    for courses in in_parts(conditions(scope)):
        found = facts_of_courses(courses, scope)
        end_reading()
        yield from found


def conditions(scope: Scope) -> list[ColumnElement[bool]]:
    """A dose before the period ended, and not over long before it began; of the cohort."""
    _, ends = scope.period.moments(scope.zone)
    dosed = exists().where(
        TreatmentSession.course_id == Course.id,
        LogEntry.session_id == TreatmentSession.id,
        LogEntry.kind == "administration",
        LogEntry.effective_at < ends,
    )
    goes_on = or_(
        Course.ended_on.is_(None), Course.ended_on >= scope.period.first_on - STILL_CLOSING
    )
    found: list[ColumnElement[bool]] = [dosed, goes_on]
    cohort = scope.cohort
    if cohort.protocol or cohort.route or cohort.medicine:
        versions = [v.id for v, one in protocols().items() if belongs(v.code, one, cohort)]
        found.append(Course.protocol_version_id.in_(versions))
    return found


def belongs(code: str, protocol: Protocol, cohort: Cohort) -> bool:
    """Whether courses under a protocol belong to a cohort."""
    asked = (cohort.protocol, cohort.route, cohort.medicine)
    said = (code, protocol.route.value, protocol.form.value)
    return all(not wanted or wanted == there for wanted, there in zip(asked, said, strict=True))


def risk_answers(scope: Scope) -> Iterator[Counted]:
    """The answers of the period that a person responds to in writing, of the cohort's courses."""
    answers = responded_in(*scope.period.moments(scope.zone), scope.now)
    ids = {one.course_id for one in answers}
    within = conditions(scope)[2:]
    rows = select(Course.id, Course.patient_id).where(Course.id.in_(ids), *within)
    patients = {row.id: row.patient_id for row in db.session.execute(rows)}
    for one in answers:
        if one.course_id not in patients:
            continue
        took = None if one.responded_at is None else minutes_between(one.since, one.responded_at)
        said = "nobody yet" if took is None else f"{took} min"
        yield Counted(
            one.course_id,
            f"{one.subject.value}: {said}",
            took,
            patient_id=patients[one.course_id],
            waiting=took is None and (one.due_at is None or one.due_at >= scope.now),
        )

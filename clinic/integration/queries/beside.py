"""This file is about what stands beside the drug: visits, windows, treatments, doses."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from clinic.accounts.queries import names_of
from clinic.core.db import db
from clinic.courses.queries import medications_of, protocol_of
from clinic.integration.models import CareActivity, CareTreatment
from clinic.integration.rules import (
    Given,
    Kind,
    Medicine,
    Status,
    TreatmentFacts,
    Visit,
    Window,
    windows_after,
)
from clinic.sessions.models import SessionStatus, TreatmentSession
from clinic.sessions.queries import doses_of

NOT_GIVEN_YET = (SessionStatus.PLANNED, SessionStatus.ARRIVED, SessionStatus.IN_PROGRESS)


@dataclass(frozen=True)
class Ahead:
    """A session of a course in which nothing was given yet: number, when, ordered mg."""

    session_id: uuid.UUID
    number: int
    planned_at: datetime
    ordered_dose: Decimal


def activities_of(course_id: uuid.UUID) -> list[CareActivity]:
    """Her visits, newest first; what was entered in error is left out."""
    return [a for a in all_activities(course_id) if a.status is not Status.ERROR]


def errors_of(course_id: uuid.UUID) -> list[CareActivity]:
    """Visits entered in error, newest first: kept to be seen, counted nowhere."""
    return [a for a in all_activities(course_id) if a.status is Status.ERROR]


def all_activities(course_id: uuid.UUID) -> Sequence[CareActivity]:
    """Every visit on record, newest first."""
    hers = select(CareActivity).where(CareActivity.course_id == course_id)
    newest_first = hers.order_by(CareActivity.starts_at.desc(), CareActivity.id.desc())
    return db.session.scalars(newest_first).all()


def treatments_of(course_id: uuid.UUID) -> list[CareTreatment]:
    """Treatments that last, by first day; what was entered in error is left out."""
    hers = select(CareTreatment).where(
        CareTreatment.course_id == course_id, CareTreatment.void_reason.is_(None)
    )
    ordered = hers.order_by(CareTreatment.started_on, CareTreatment.id)
    return list(db.session.scalars(ordered))


def as_treatment(treatment: CareTreatment) -> TreatmentFacts:
    """A treatment as the rules look at it."""
    names = TreatmentFacts.__dataclass_fields__
    return TreatmentFacts(**{name: getattr(treatment, name) for name in names})


def given_doses(course_id: uuid.UUID) -> list[Given]:
    """The doses of a course, first to last."""
    return [
        Given(
            session_id=dose.session_id,
            number=dose.number,
            t0=dose.t0,
            text=dose.text,
            known_mg=dose.known_mg,
            last_drug_at=dose.last_drug_at,
            agreed_pause_ends_at=dose.agreed_pause_ends_at,
        )
        for dose in doses_of(course_id)
    ]


def doses_ahead(course_id: uuid.UUID, given: Sequence[Given]) -> list[Ahead]:
    """Sessions of a course without a dose that are not over, next one first."""
    hers = select(TreatmentSession).where(
        TreatmentSession.course_id == course_id, TreatmentSession.status.in_(NOT_GIVEN_YET)
    )
    dosed = {dose.session_id for dose in given}
    return [
        Ahead(session.id, session.number, session.planned_at, session.ordered_dose)
        for session in db.session.scalars(hers.order_by(TreatmentSession.planned_at))
        if session.id not in dosed
    ]


def dose_begins(course_id: uuid.UUID) -> dict[uuid.UUID, datetime]:
    """Session id -> T0, or the planned time while nothing was given: what a visit may follow."""
    given = given_doses(course_id)
    ahead = {session.session_id: session.planned_at for session in doses_ahead(course_id, given)}
    return ahead | {dose.session_id: dose.t0 for dose in given}


def as_visit(activity: CareActivity) -> Visit:
    """A visit as the rules look at it."""
    return Visit(
        activity.id, activity.kind, activity.status, activity.starts_at, activity.session_id
    )


def windows_of(
    course_id: uuid.UUID,
    now: datetime,
    doses: Sequence[Given] | None = None,
    activities: Sequence[CareActivity] | None = None,
) -> list[Window]:
    """The talk after each dose, by the course's protocol; what is loaded may be handed on."""
    doses = given_doses(course_id) if doses is None else doses
    activities = activities_of(course_id) if activities is None else activities
    rule = protocol_of(course_id).integration
    return windows_after(rule, doses, map(as_visit, activities), now)


def next_visit(
    activities: Sequence[CareActivity], now: datetime, kind: Kind | None = None
) -> CareActivity | None:
    """The next one that is planned, of one kind when given."""
    planned = [
        a
        for a in activities
        if a.status is Status.PLANNED and a.starts_at > now and kind in (None, a.kind)
    ]
    return min(planned, key=lambda activity: activity.starts_at, default=None)


def who_held(activities: Sequence[CareActivity]) -> dict[uuid.UUID, str]:
    """Visit id -> name of who held it; a visit of nobody is left out."""
    people = names_of([a.therapist_id for a in activities if a.therapist_id])
    ours = {a.id: people[a.therapist_id] for a in activities if a.therapist_id in people}
    return {a.id: a.therapist_name for a in activities if a.therapist_name} | ours


@dataclass(frozen=True)
class Beside:
    """What stands beside the drug in a course at a moment, loaded once for a page."""

    now: datetime
    doses: list[Given]
    ahead: list[Ahead]
    activities: list[CareActivity]
    windows: list[Window]
    treatments: list[CareTreatment]


def beside_the_drug(course_id: uuid.UUID, now: datetime) -> Beside:
    """Doses, sessions ahead, visits and windows of a course."""
    doses, activities = given_doses(course_id), activities_of(course_id)
    windows = windows_of(course_id, now, doses, activities)
    ahead, treatments = doses_ahead(course_id, doses), treatments_of(course_id)
    return Beside(now, doses, ahead, activities, windows, treatments)


def medicines_of(course_id: uuid.UUID) -> list[Medicine]:
    """The medicines of a course by first day, as the rules look at them."""
    return [
        Medicine(m.drug, m.drug_class, m.dose, m.started_on, m.stopped_on)
        for m in medications_of(course_id)
    ]

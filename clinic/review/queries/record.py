"""This file is about loading all of one course, as the rules of the review look at it."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.signatures import DocumentVersion
from clinic.courses.models import Course
from clinic.courses.queries import (
    delivery_on,
    medications_of,
    outcome_moments,
    outcome_of,
    outcome_rules,
    protocol_of,
)
from clinic.followups.queries import told_in
from clinic.followups.rules import Told
from clinic.instruments.queries import Answered, responses_of, scales_named
from clinic.instruments.rules import Instrument, MomentCode
from clinic.integration.queries import activities_of, checks_of, growth_of
from clinic.patients.queries import infants_of
from clinic.protocols.queries import by_ids, content_of
from clinic.review.rules import CourseRecord, Measure, Medicine, Treated, Use, Visit, Weight, Window
from clinic.review.rules.record import ScaleForm
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import logs_of, written_late
from clinic.sessions.queries.state import facts_from
from clinic.sessions.rules import session_state


def record_of(course: Course, now: datetime, told: Iterable[Told] | None = None) -> CourseRecord:
    """The course at a moment. `told`: side effects told at follow-ups, where they were read."""
    if told is None:
        told = told_in([course.id], now).get(course.id, ())
    windows, texts = outcome_moments(course.id), outcome_of(course.id).windows
    return CourseRecord(
        now=now,
        zone=acting().timezone,
        opened_on=course.opened_on,
        ended_on=course.ended_on,
        birth_on=delivery_on(course),
        sessions=tuple(sessions_of(course, now)),
        uses=tuple(uses_of(course.id, now)),
        scales=tuple(planned_scales(course.id)),
        measures=measures_of(course.id),
        windows=tuple(Window(m, w.text) for m, w in zip(windows, texts, strict=True)),
        medicines=tuple(medicines_of(course.id)),
        visits=tuple(visits_of(course.id)),
        told=tuple(told),
        weights=tuple(weights_of(course)),
    )


def weights_of(course: Course) -> list[Weight]:
    """What her infants weighed, by time."""
    return [
        Weight(one.infant.given_name or "the infant", measure.measured_at, measure.weight_g)
        for one in growth_of(course)
        for measure in one.measures
        if measure.weight_g is not None
    ]


def infant_asked(course_id: uuid.UUID) -> list[tuple[datetime, bool]]:
    """When the infant was asked about at a contact, and whether something was told."""
    return [(one.at, one.concerned) for found in checks_of(course_id).values() for one in found]


def sessions_of(course: Course, now: datetime) -> list[Treated]:
    """The sessions of a course, each in its own version of the protocol (definitions D7.7)."""
    rows = select(TreatmentSession).where(TreatmentSession.course_id == course.id)
    found = db.session.scalars(rows.order_by(TreatmentSession.number)).all()
    versions = by_ids(session.protocol_version_id for session in found)
    logs, signers = logs_of([s.id for s in found]), signers_of([s.id for s in found])
    fed = [infant.feeding for infant in infants_of(course.patient_id)]
    born = delivery_on(course)
    treated = []
    for session in found:
        plan = content_of(versions[session.protocol_version_id]).session_plan()
        facts = facts_from(session, plan, born, fed)
        state = session_state(plan, facts, logs[session.id], now)
        treated.append(
            Treated(
                id=session.id,
                number=session.number,
                plan=plan,
                state=state,
                locked=session.locked_at is not None,
                signed_by=signers.get(session.id),
                written_late=written_late(plan, state),
                weight_kg=session.weight_kg,
            )
        )
    return treated


def signers_of(session_ids: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Who signed each discharge, in the version in force."""
    signed = select(DocumentVersion).where(
        DocumentVersion.kind == "discharge", DocumentVersion.subject_id.in_(session_ids)
    )
    ordered = db.session.scalars(signed.order_by(DocumentVersion.n))
    return {document.subject_id: document.signed_by_name for document in ordered}


def uses_of(course_id: uuid.UUID, now: datetime) -> list[Use]:
    """The uses of scales until a moment."""
    known = [use for use in responses_of(course_id) if use.response.answered_at <= now]
    return [as_use(use) for use in known]


def as_use(answered: Answered) -> Use:
    """A use of a scale as the review looks at it."""
    return Use(
        id=answered.response.id,
        instrument=answered.instrument,
        form=answered.response.form_code,
        taken_at=answered.response.answered_at,
        answers=answered.response.said(),
        score=answered.score,
        triage=answered.triage,
        unreviewed=frozenset(open_.finding.item for open_ in answered.open),
    )


def planned_scales(course_id: uuid.UUID) -> list[tuple[Instrument, str]]:
    """What the protocol asks before the first dose: it has a row even without a score."""
    wanted = [use for use in protocol_of(course_id).scales if MomentCode.BASELINE in use.moments]
    scales = scales_named(use.scale for use in wanted)
    found = [(scales[use.scale], use.form) for use in wanted if use.scale in scales]
    return [(scale, form) for scale, form in found if scale.has_total]


def measures_of(course_id: uuid.UUID) -> dict[ScaleForm, Measure]:
    """What the course has pinned for each form of a scale, in the order of the protocol."""
    chosen_scales, found = outcome_of(course_id).scales, {}
    scales = scales_named(chosen.scale for chosen in chosen_scales)
    for chosen in chosen_scales:
        rules = outcome_rules(course_id, chosen.scale, chosen.form)
        if rules is not None and chosen.scale in scales:
            found[chosen.scale, chosen.form] = Measure(scales[chosen.scale], rules)
    return found


def medicines_of(course_id: uuid.UUID) -> list[Medicine]:
    """Medicines beside the drug."""
    return [
        Medicine(m.drug, m.dose or "", m.started_on, m.stopped_on)
        for m in medications_of(course_id)
    ]


def visits_of(course_id: uuid.UUID) -> list[Visit]:
    """Visits beside the drug, oldest first."""
    ordered = sorted(activities_of(course_id), key=lambda activity: activity.starts_at)
    return [
        Visit(
            kind=activity.kind.value,
            words=activity.kind.value.replace("-", " ").capitalize(),
            status=activity.status.value,
            starts_at=activity.starts_at,
        )
        for activity in ordered
    ]

"""This file is about the sessions of a course that are over: planned, logged, signed."""

import uuid
from datetime import datetime, timedelta
from decimal import Decimal

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import new_id
from clinic.core.permissions import Role
from clinic.courses.models import Course
from clinic.demo.actions.courses import course_of
from clinic.demo.actions.entries import moments
from clinic.demo.actions.scales import answer
from clinic.demo.actions.stage import at_work, moment, proof
from clinic.demo.rules.cases import Case
from clinic.demo.rules.scores import SCREEN, STANDARD, Use
from clinic.demo.rules.story import AMENDED, PEAK, SIGNED, Sitting, Turn, steps
from clinic.instruments.rules import MomentCode
from clinic.protocols.queries import protocol_of
from clinic.sessions import actions
from clinic.sessions.actions.past import record_past_session
from clinic.sessions.models import SessionStatus, TreatmentSession
from clinic.sessions.queries import of_course, plan_of, state_of
from clinic.sessions.rules import SessionState, Weight, worked_out

PLANNED_EARLIER = timedelta(minutes=15)
ORDERED_EARLIER = timedelta(hours=1)
SCREENED_EARLIER = timedelta(minutes=26)
A_PAUSE = Decimal(12)


def load_sessions(case: Case, now: datetime, turn: int) -> None:
    """The sessions that are over, unless they are there already; what was begun is gone on with."""
    for number, sitting in enumerate(case.sittings, 1):
        with at_work(case.mother.clinic, Role.PSYCHIATRIST, turn):
            course = course_of(case.mother.number)
            t0 = moment(now, sitting.ago, sitting.at)
            if course is not None and number > len(of_course(course.id)):
                order(course, case.weight, sitting.mg, sitting.room, t0)
        with at_work(case.mother.clinic, Role.NURSE, turn + number):
            course = course_of(case.mother.number)
            session = of_course(course.id)[number - 1] if course is not None else None
            if session is not None and session.status is SessionStatus.PLANNED:
                load(session, sitting, t0)


def order(
    course: Course, weight: Decimal, mg: Decimal | None, room: str, t0: datetime
) -> TreatmentSession:
    """The acting prescriber plans a session an hour before its dose."""
    with clock.standing_at(t0 - ORDERED_EARLIER):
        return planned(course, weight, mg, room, t0 - PLANNED_EARLIER)


def load(session: TreatmentSession, sitting: Sitting, t0: datetime) -> None:
    """Write one session as if each entry had been logged when it happened."""
    screen(session.course_id, session.id, t0 - SCREENED_EARLIER)
    plan = plan_of(session)
    told = moments(
        session, steps(sitting, plan, session.ordered_dose), t0, acts=sitting.curve.alarms
    )
    state = record_past_session(session.id, told, Role.NURSE)
    if sitting.turn is not Turn.TRANSFERRED:
        refuse_unready(state)
    left_at = t0 + timedelta(minutes=sitting.leaves_at(plan))
    sign(session, left_at + timedelta(minutes=SIGNED))
    if sitting.amended:
        amend(session, *sitting.amended, left_at + timedelta(minutes=AMENDED))


def planned(
    course: Course, weight: Decimal, mg: Decimal | None, room: str, planned_at: datetime
) -> TreatmentSession:
    """Plan a session as the acting prescriber orders it. `mg` None: by weight."""
    plan = protocol_of(course.protocol_version_id).session_plan()
    weighed = Weight(weight, clock.today()) if mg is None else None
    return actions.plan_session(
        course,
        planned_at=planned_at,
        room=room,
        ordered_dose=mg or next(iter(worked_out(plan, weight).values())),
        ordered_by_id=acting().actor_id,
        agreed_pause_hours=A_PAUSE,
        weight=weighed,
    )


def screen(course_id: uuid.UUID, session_id: uuid.UUID, at: datetime) -> None:
    """The screener since last contact, asked before the dose."""
    with clock.standing_at(at):
        code = MomentCode.BEFORE_EACH_SESSION
        answer(course_id, Use(SCREEN, STANDARD, 0), code, at, session_id=session_id)


def refuse_unready(state: SessionState) -> None:
    """A story in which she leaves before she may is wrong (definitions D6)."""
    unmet = [criterion.text for criterion in state.readiness.criteria if not criterion.fulfilled]
    if unmet:
        raise ValueError(f"she leaves although: {'; '.join(unmet)}")


def amend(session: TreatmentSession, text: str, reason: str, at: datetime) -> None:
    """Add something beside the reading at 40 min, once the session is signed."""
    slots = state_of(session, at).slots
    entry_id = next(slot.reading_id for slot in slots if slot.minute == PEAK)
    with clock.standing_at(at):
        actions.amend(
            session.id, new_id(), entry_id=entry_id, text=text, reason=reason, proof=proof()
        )


def sign(session: TreatmentSession, at: datetime) -> None:
    """Sign the session; how she left is in its log."""
    with clock.standing_at(at):
        actions.sign_discharge(
            session.id, left_at=None, would_have_been_ready_minutes=None, proof=proof()
        )

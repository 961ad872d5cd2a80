"""This file is about the sessions that run now: the old ones are ended, fresh ones are begun."""

from datetime import datetime, timedelta

from sqlalchemy import select

from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.permissions import Role
from clinic.demo.actions.courses import course_of
from clinic.demo.actions.entries import log, moments
from clinic.demo.actions.sessions import (
    SCREENED_EARLIER,
    order,
    planned,
    screen,
)
from clinic.demo.actions.stage import at_work, moment, proof
from clinic.demo.rules.cast import CLINICS
from clinic.demo.rules.current import CURRENT
from clinic.demo.rules.maya import MAYA
from clinic.demo.rules.running import NOW, PLANNED, Running
from clinic.demo.rules.story import ASKED, LEAVES, steps
from clinic.integration.actions import record_visit
from clinic.integration.rules import Kind, Status, VisitFacts
from clinic.sessions import actions
from clinic.sessions.models import SessionStatus, TreatmentSession
from clinic.sessions.queries import doses_of, plan_of, state_of
from clinic.sessions.rules import SessionState
from clinic.sessions.rules.log import AdministrationEvent

OLD = timedelta(hours=3)
TALK_AT, A_DAY = "14:00", timedelta(hours=24)
OPEN = (SessionStatus.PLANNED, SessionStatus.ARRIVED, SessionStatus.IN_PROGRESS)
CLOSED = "The demonstration was closed"
WEIGHTS = {case.mother.number: case.weight for case in CURRENT}
CASES = {case.mother.number: turn for turn, case in enumerate(CURRENT)}


def load_running(now: datetime) -> int:
    """Begin sessions when none runs any more. Returns how many were begun."""
    over = [end_old(clinic.code, now) for clinic in CLINICS]
    if not all(over):
        return 0
    for running in NOW:
        begin(running, now)
    for number, minutes, mg, room in PLANNED:
        with at_work(number[:3], Role.PSYCHIATRIST):
            course = course_of(number)
            if course is not None:
                planned(course, WEIGHTS[number], mg, room, now + timedelta(minutes=minutes))
    plan_talk(MAYA.mother.number, now)
    return len(NOW)


def plan_talk(number: str, now: datetime) -> None:
    """The talk after today's dose: at two in the afternoon, a day from the dose or later."""
    with at_work(number[:3], Role.THERAPIST):
        course = course_of(number)
        if course is None:
            return
        dose = doses_of(course.id)[-1]
        soon = moment(now, -1, TALK_AT)
        facts = VisitFacts(
            Kind.INTEGRATION,
            Status.PLANNED,
            soon if soon - dose.t0 >= A_DAY else moment(now, -2, TALK_AT),
            session_id=dose.session_id,
            therapist_id=acting().actor_id,
        )
        record_visit(course.id, facts)


def begin(running: Running, now: datetime) -> None:
    """Order one session, and write it until this moment."""
    t0, turn = now - timedelta(minutes=running.dose_ago), CASES[running.number]
    with at_work(running.number[:3], Role.PSYCHIATRIST, turn):
        course = course_of(running.number)
        if course is None:
            return
        weight = WEIGHTS[running.number]
        session_id = order(course, weight, running.mg, running.room, t0).id
    with at_work(running.number[:3], Role.NURSE, turn):
        session = db.session.get_one(TreatmentSession, session_id)
        if not running.silent:
            actions.need_not_hear(session_id, now + OLD)
        if running.knows(ASKED):
            screen(session.course_id, session.id, t0 - SCREENED_EARLIER)
        told = steps(running.sitting, plan_of(session), session.ordered_dose)
        until = [step for step in told if running.knows(step.minute)]
        for lines in moments(session, until, t0, acts=False):
            for line in lines:
                actions.record_entry(session.id, line.entry_id, line.kind, line.sent, Role.NURSE)


def end_old(code: str, now: datetime) -> bool:
    """End the sessions of a clinic that lie far back. Returns whether none runs any more."""
    found = []
    with at_work(code, Role.NURSE):
        for session in db.session.scalars(
            select(TreatmentSession).where(TreatmentSession.status.in_(OPEN))
        ).all():
            state = state_of(session, now)
            over = now - (state.clock.t0 or session.planned_at) > OLD
            found.append(over or session.status is SessionStatus.PLANNED)
            if over:
                end(session, state)
    return all(found)


def end(session: TreatmentSession, state: SessionState) -> None:
    """She never came; or she went home, and nobody wrote it down."""
    t0 = state.clock.t0
    if t0 is None:
        says = {"event": "cancelled", "text": CLOSED}
        log(session, "transition", says, session.planned_at)
        return
    if state.dose.running or state.dose.paused:
        stops = {"event": AdministrationEvent.INFUSION_STOP.value}
        log(session, "administration", stops, t0 + timedelta(minutes=40))
    if state.clock.left_at is None:
        says = {"event": "left", "text": CLOSED}
        log(session, "transition", says, t0 + timedelta(minutes=LEAVES[plan_of(session).route]))
    actions.sign_discharge(
        session.id, left_at=None, would_have_been_ready_minutes=None, proof=proof()
    )

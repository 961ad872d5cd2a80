"""This file is about loading the sessions: past ones to their signature, running ones until now."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from clinic.core import clock
from clinic.core.acting import Acting, act_as, acting
from clinic.core.db import db, job, new_id
from clinic.core.errors import DomainError
from clinic.core.forms import from_json
from clinic.core.permissions import Role
from clinic.core.signatures import Proof
from clinic.courses.models import Course
from clinic.courses.queries import active_course
from clinic.demo.actions.people import worker
from clinic.demo.rules.cast import STAFF
from clinic.demo.rules.story import LEAVES, PAST, RUNNING, SIGNED, DemoSession, Step, steps
from clinic.patients.models import Patient
from clinic.sessions import actions
from clinic.sessions.forms import FORMS
from clinic.sessions.models import SessionStatus, TreatmentSession
from clinic.sessions.queries import plan_of, state_of
from clinic.sessions.rules import SessionState

OLD = timedelta(hours=3)
PLANNED_EARLIER = timedelta(minutes=15)
A_PAUSE = Decimal(12)


def load_sessions(*, first_time: bool, tell: Callable[[str], None]) -> None:
    """Past sessions at the first load; running ones whenever the old ones are over."""
    now = clock.now()
    if first_time:
        for session in PAST:
            tell(f"  {session.number}: a session of {session.dose_ago // (24 * 60)} days ago")
            load(session, now)
    elif running_still(now):
        return
    else:
        end_old_sessions(now)
    for session in RUNNING:
        tell(f"  {session.number}: a session that runs now")
        load(session, now)


def load(story: DemoSession, now: datetime) -> None:
    """Write one session, in one transaction, as if each entry were logged when it happened."""
    nurse = worker(story.number[:3], Role.NURSE)
    t0 = now.replace(second=0, microsecond=0) - timedelta(minutes=story.dose_ago)
    with act_as(nurse), job():
        with clock.standing_at(t0 - timedelta(hours=1)):
            session = plan(story, t0)
        write(session, list(steps(story, plan_of(session))), t0, now)
        sign(session, t0, now)


def plan(story: DemoSession, t0: datetime) -> TreatmentSession:
    """Plan the session as its prescriber ordered it."""
    patient = db.session.scalars(select(Patient).where(Patient.number == story.number)).one()
    course: Course | None = active_course(patient.id)
    if course is None:
        raise LookupError(f"{story.number} has no course")
    return actions.plan_session(
        course,
        planned_at=t0 - PLANNED_EARLIER,
        room=story.room,
        ordered_dose=Decimal(story.dose),
        ordered_by_id=course.opened_by_id,
        agreed_pause_hours=A_PAUSE,
    )


def write(session: TreatmentSession, all_steps: list[Step], t0: datetime, now: datetime) -> None:
    """Log what has happened until now."""
    onsets: dict[str, uuid.UUID] = {}
    for step in all_steps:
        at = t0 + timedelta(minutes=step.minute)
        if at <= now:
            with clock.standing_at(at):
                log(session, step, at, onsets)


def log(session: TreatmentSession, step: Step, at: datetime, onsets: dict[str, uuid.UUID]) -> None:
    """One entry, through the same form and action as a nurse's."""
    says: dict[str, Any] = {**step.says, "effective_at": at.isoformat()}
    if says.get("event") == "resolved":
        says["subject_id"] = str(onsets[says.pop("term")])
    says = {name: value if isinstance(value, str) else str(value) for name, value in says.items()}
    form = from_json(FORMS[step.kind], says, plan=plan_of(session))
    if not form.validate():
        raise ValueError(f"{step}: {form.errors}")
    entry_id = new_id()
    if says.get("event") == "onset":
        onsets[step.says["term"]] = entry_id
    form.confirmed.data = True
    actions.record_entry(session.id, entry_id, step.kind, form, Role.NURSE)
    acknowledge(session, at)


def acknowledge(session: TreatmentSession, at: datetime) -> None:
    """Take every open alert on, as a nurse would."""
    for alert in state_of(session, at).open_alerts:
        if alert.acknowledged_at is None:
            says = {"alert_key": alert.key, "action_taken": "Rests, reading repeated in 5 min"}
            form = from_json(
                FORMS["acknowledgement"],
                {**says, "effective_at": at.isoformat()},
                plan=plan_of(session),
            )
            actions.record_entry(session.id, new_id(), "acknowledgement", form, Role.NURSE)


def sign(session: TreatmentSession, t0: datetime, now: datetime) -> None:
    """Sign the discharge when the session has come to its end."""
    signed_at = t0 + timedelta(minutes=SIGNED)
    if signed_at > now:
        return
    with clock.standing_at(signed_at):
        actions.sign_discharge(
            session.id,
            left_at=t0 + timedelta(minutes=LEAVES),
            would_have_been_ready_minutes=100,
            proof=proof_of_nurse(session),
        )


def proof_of_nurse(session: TreatmentSession) -> Proof:
    """The nurse of the clinic that a session's patient belongs to, as if she had just signed in."""
    code = db.session.get_one(Patient, session.patient_id).number[:3]
    name = next(p.name for p in STAFF if (code, Role.NURSE.value) in p.places)
    return Proof(acting().actor_id, name)


def running_still(now: datetime) -> bool:
    """Whether a running session of the demo is not over yet."""
    with act_as(worker("HPC", Role.NURSE)):
        states = [state_of(session, now) for session in running()]
        db.session.rollback()
    return any(not is_over(state, now) for state in states)


def running() -> list[TreatmentSession]:
    """The sessions that are on the board."""
    on_board = (SessionStatus.ARRIVED, SessionStatus.IN_PROGRESS)
    return list(
        db.session.scalars(select(TreatmentSession).where(TreatmentSession.status.in_(on_board)))
    )


def is_over(state: SessionState, now: datetime) -> bool:
    """Whether the dose lies so far back that nobody would still sit there."""
    return state.clock.t0 is not None and now - state.clock.t0 > OLD


def end_old_sessions(now: datetime) -> None:
    """Sessions that ran when the demo was last open: she went home, and nobody wrote it down."""
    nurse: Acting = worker("HPC", Role.NURSE)
    with act_as(nurse), job():
        for session in running():
            state = state_of(session, now)
            if state.clock.t0 is None or state.clock.left_at is not None:
                continue
            left_at = state.clock.t0 + timedelta(minutes=LEAVES)
            form = from_json(
                FORMS["transition"],
                {
                    "event": "left-against-advice",
                    "text": "The demonstration was closed",
                    "effective_at": left_at.isoformat(),
                },
                plan=plan_of(session),
            )
            actions.record_entry(session.id, new_id(), "transition", form, Role.NURSE)
            finish(session, now)


def finish(session: TreatmentSession, now: datetime) -> None:
    """Sign what is over; what cannot be signed stays on the board."""
    try:
        actions.sign_discharge(
            session.id,
            left_at=None,
            would_have_been_ready_minutes=None,
            proof=proof_of_nurse(session),
        )
    except DomainError:
        return

"""This file is about what each next step of a contact would mean now: when, who, which number."""

import uuid
from datetime import datetime

from sqlalchemy import select

from clinic.accounts.queries.duties import on_duty
from clinic.accounts.rules.duties import DutyKind
from clinic.core.db import db
from clinic.core.formatting import at_moment
from clinic.followups.queries.of_course import of_course
from clinic.followups.rules import Due, NextStep, State
from clinic.messages.queries import settings
from clinic.sessions.models import SessionStatus, TreatmentSession


def step_words(course_id: uuid.UUID, due: Due, now: datetime) -> dict[NextStep, str]:
    """A line for each next step."""
    return {
        NextStep.AS_PLANNED: planned(course_id, due, now),
        NextStep.CALL_AGAIN: f"until {at_moment(due.closes_at)}",
        NextStep.PSYCHIATRIST_TODAY: psychiatrists(now),
        NextStep.EMERGENCY: emergency(),
    }


def planned(course_id: uuid.UUID, due: Due, now: datetime) -> str:
    """Her next session and her next follow-up, as far as they are planned."""
    sessions = select(TreatmentSession.planned_at).where(
        TreatmentSession.course_id == course_id,
        TreatmentSession.status == SessionStatus.PLANNED,
        TreatmentSession.planned_at > now,
    )
    session_at = db.session.scalar(sessions.order_by(TreatmentSession.planned_at).limit(1))
    later = [
        one
        for one in of_course(course_id, now)
        if one.key != due.key and one.state in (State.PLANNED, State.MOVED)
    ]
    parts = [f"session {at_moment(session_at)}"] if session_at else []
    parts += [f"{later[0].text.lower()} {at_moment(later[0].due_at)}"] if later else []
    return ", ".join(parts) or "nothing more is planned"


def psychiatrists(now: datetime) -> str:
    """Who is on site or on call now."""
    names = [
        name for kind in (DutyKind.ON_SITE, DutyKind.ON_CALL) for name, _ in on_duty(kind, now)
    ]
    return ", ".join(dict.fromkeys(names)) or "nobody is named on site or on call"


def emergency() -> str:
    """The number to dial."""
    number = settings().numbers.emergency
    return f"stay on the line, call {number}" if number else "stay on the line; no number is set"

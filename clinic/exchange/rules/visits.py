"""This file is about when a visit began: what she did first, not what was planned."""

from datetime import datetime

from clinic.reports.rules import SessionRecord
from clinic.sessions.rules.log import Transition, TransitionEvent


def began_at(session: SessionRecord) -> datetime | None:
    """When she came; while she has not, the planned time. Without either check-in, T0."""
    came = next(
        (
            line.current.effective_at
            for line in session.state.log
            if isinstance(line.current, Transition)
            and line.current.event is TransitionEvent.CHECKED_IN
        ),
        None,
    )
    if came or session.state.clock.t0:
        return came or session.state.clock.t0
    return session.planned_at if session.status in ("planned", "cancelled") else None

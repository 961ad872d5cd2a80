"""This file is about the state of a session: all that follows from plan, facts, log and now."""

from collections.abc import Iterable
from datetime import datetime

from clinic.protocols.rules import SessionPlan
from clinic.sessions.rules.log import Entry, SessionFacts
from clinic.sessions.rules.results import SessionState


def session_state(
    plan: SessionPlan, facts: SessionFacts, entries: Iterable[Entry], now: datetime
) -> SessionState:
    """The state at `now`. Pure; neither the order of arrival nor a repeat changes it."""
    raise NotImplementedError

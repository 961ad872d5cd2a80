"""This file is about a tablet that has gone silent while a session runs (definitions D4.3)."""

from datetime import datetime

from clinic.protocols.rules import SessionPlan
from clinic.sessions.rules.moments import minutes


def silent_since(plan: SessionPlan, last_heard_at: datetime, now: datetime) -> datetime | None:
    """The last sign of life, once it is as old as the protocol's minutes; else None."""
    old = now - last_heard_at >= minutes(plan.silent_tablet.minutes)
    return last_heard_at if old else None

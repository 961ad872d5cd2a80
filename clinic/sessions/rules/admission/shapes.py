"""This file is about what is looked at before an entry is taken, and what may speak against it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from clinic.protocols.rules import SessionPlan
from clinic.sessions.rules.results import SessionState


@dataclass(frozen=True)
class Objection:
    """Why an entry is not taken as it is. `ask`: it is, once somebody has confirmed it."""

    field: str
    sentence: str
    ask: bool = False


@dataclass(frozen=True)
class Setting:
    """What surrounds the entry: the plan, the state before it, and the dose before this session.

    `obstacles`: why her course may not be treated at the moment of the entry, as sentences.
    """

    plan: SessionPlan
    state: SessionState
    planned_at: datetime
    timezone: ZoneInfo
    last_dose_at: datetime | None = None
    obstacles: tuple[str, ...] = ()

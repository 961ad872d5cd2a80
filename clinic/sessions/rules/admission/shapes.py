"""This file is about what is looked at before an entry is taken, and what may speak against it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
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
class Load:
    """How many other running sessions the author, a nurse, answers for, and how many she may.

    `in_charge`: who is in charge of the shift (definitions D8.1).
    """

    others: int
    most: int
    in_charge: frozenset[UUID] = frozenset()

    @property
    def is_full(self) -> bool:
        return self.others >= self.most

    @property
    def sentence(self) -> str:
        has = "1 running session" if self.others == 1 else f"{self.others} running sessions"
        return (
            f"You answer for {has}; this clinic allows one nurse {self.most}. Hand one over first,"
            " or ask the nurse in charge."
        )


@dataclass(frozen=True)
class Setting:
    """What surrounds the entry: the plan, the state before it, and the dose before this session.

    `obstacles`: why her course may not be treated at the moment of the entry, as sentences.
    `author_name`: who writes; `prescribers` may order, `loggers` may answer for a session.
    `load`: only where the entry makes a nurse responsible and the clinic has set a limit.
    """

    plan: SessionPlan
    state: SessionState
    planned_at: datetime
    timezone: ZoneInfo
    last_dose_at: datetime | None = None
    obstacles: tuple[str, ...] = ()
    author_name: str = ""
    prescribers: frozenset[UUID] = frozenset()
    loggers: frozenset[UUID] = frozenset()
    load: Load | None = None

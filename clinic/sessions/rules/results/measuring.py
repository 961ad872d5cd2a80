"""This file is about judged readings, as they are handed out."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from clinic.protocols.rules import Level
from clinic.sessions.rules.log import SignValue


class Arrow(StrEnum):
    STEADY = "steady"
    RISING_SLOWLY = "rising-slowly"
    FALLING_SLOWLY = "falling-slowly"
    RISING = "rising"
    FALLING = "falling"


@dataclass(frozen=True)
class Finding:
    """One limit that a value touches, with its rule and source. `above`: it is too high."""

    rule: str
    level: Level
    above: bool
    word: str
    text: str
    source: str


@dataclass(frozen=True)
class SignReading:
    """One value of one sign. `level` None: the clinic has set no limits for it.

    `change` is value minus pre-dose (BP: a pair, which may be negative); None: no baseline.
    """

    sign: str
    value: SignValue
    effective_at: datetime
    minute: int | None
    entry_id: UUID
    level: Level | None
    word: str
    findings: tuple[Finding, ...]
    oxygen_l_min: Decimal | None
    change: int | Decimal | tuple[int, int] | None
    arrow: Arrow | None
    late: bool

    @property
    def rule(self) -> str | None:
        """The worst rule touched."""
        return self.findings[0].rule if self.findings else None

    @property
    def source(self) -> str | None:
        return self.findings[0].source if self.findings else None


@dataclass(frozen=True)
class LatestReading:
    """The latest of a sign. Stale: older than its slot allows, to be greyed (definitions D2.4)."""

    reading: SignReading
    age_minutes: int
    stale: bool


@dataclass(frozen=True)
class Rise:
    """The two maxima over pre-dose; they may come from different readings. None: unknown."""

    systolic: int | None
    systolic_at: datetime | None
    diastolic: int | None
    diastolic_at: datetime | None
    known: bool


@dataclass(frozen=True)
class Row:
    """One observation in the table of readings. `slot_labels`: the slots it filled."""

    entry_id: UUID
    effective_at: datetime
    recorded_at: datetime
    minute: int | None
    readings: tuple[SignReading, ...]
    oxygen_l_min: Decimal | None
    slot_labels: tuple[str, ...]
    late_by_minutes: int | None
    recorded_late: bool
    transcribed: bool
    corrected: bool
    author_id: UUID

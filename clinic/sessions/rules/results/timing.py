"""This file is about clock, slots and what is due, as they are handed out."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Phase(StrEnum):
    PLANNED = "planned"
    PRE_DOSE = "pre-dose"
    ON_HOLD = "on-hold"
    DOSING = "dosing"
    OBSERVING = "observing"
    READY = "ready"
    LEFT = "left"
    CANCELLED = "cancelled"


class SlotStatus(StrEnum):
    PLANNED = "planned"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    LATE = "late"
    NOT_MEASURED = "not-measured"
    MISSED = "missed"


class DueKind(StrEnum):
    SLOT = "slot"
    REPEAT = "repeat"
    RECHECK = "recheck"
    EXTRA = "extra"
    DEVICE = "device"
    READINESS = "readiness"


@dataclass(frozen=True)
class Clock:
    """Whole minutes; moments in UTC, days in the clinic's zone, fixed at T0 (definitions D1.1)."""

    t0: datetime | None
    elapsed_minutes: int | None
    minimum_stay_ends_at: datetime | None
    last_drug_at: datetime | None
    left_at: datetime | None
    total_minutes: int | None
    treatment_on: date | None
    postpartum_day: int | None
    report_due_on: date | None


@dataclass(frozen=True)
class SlotSign:
    """How one required sign stands in one slot."""

    sign: str
    status: SlotStatus
    reading_id: UUID | None = None
    taken_at: datetime | None = None
    late_by_minutes: int | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Slot:
    """`minute` from T0 (None until an infusion has stopped); `open_signs`: still to be measured."""

    key: str
    label: str
    minute: int | None
    due_at: datetime | None
    status: SlotStatus
    signs: tuple[SlotSign, ...]
    open_signs: tuple[str, ...]
    missed_signs: tuple[str, ...]
    late_by_minutes: int | None
    reason: str | None
    reading_id: UUID | None


@dataclass(frozen=True)
class NextDue:
    """What to do next. `signs`: those to measure. `slot_key`: the slot, for kind slot."""

    kind: DueKind
    what: str
    due_at: datetime
    overdue: bool
    signs: tuple[str, ...] = ()
    slot_key: str | None = None

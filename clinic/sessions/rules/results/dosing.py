"""This file is about dose and hold, as they are handed out."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from clinic.sessions.rules.log import BloodPressure, Transition


@dataclass(frozen=True)
class DeviceGiven:
    """One device, injection or lozenge (`kind`); `mg` None: amount unknown.

    A lozenge: `out_at` None while it is in the mouth, `remains` what became of the rest of it.
    """

    kind: str
    number: int
    at: datetime
    minute: int | None
    outcome: str
    mg: Decimal | None
    lot: str | None
    expires_on: date | None
    entry_id: UUID
    out_at: datetime | None = None
    held_minutes: int | None = None
    remains: str | None = None


@dataclass(frozen=True)
class DoseState:
    """`given_mg` None: nothing yet, running or unknown; `known_mg`: the sum of what is known.

    `left_mg`: of the order, where it is given by pieces without a number; None: not known. Only
    `infused_minutes` and `infused_mg` move with every minute: what the pump has run until now, with
    the pauses out, None where a rate was never said. `ended_by_emergency`: the pump stopped with it
    (definitions D8.4).
    """

    given_mg: Decimal | None
    known_mg: Decimal
    text: str
    devices: tuple[DeviceGiven, ...]
    next_device_number: int | None
    next_device_opens_at: datetime | None
    running: bool
    paused: bool
    stopped_at: datetime | None
    stopped_early: bool
    complete: bool
    in_mouth: bool = False
    left_mg: Decimal | None = None
    infused_minutes: int = 0
    infused_mg: Decimal | None = None
    ended_by_emergency: bool = False


@dataclass(frozen=True)
class HoldState:
    """`why` names value and limit. Moments are those of the recheck. `override`: who signed it."""

    reading: BloodPressure
    reading_id: UUID
    why: str
    source: str
    do_not_dose: bool
    recheck_opens_at: datetime
    recheck_due_at: datetime
    may_be_overridden: bool
    override: Transition | None

    @property
    def overridden(self) -> bool:
        return self.override is not None

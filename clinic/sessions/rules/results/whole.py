"""This file is about the state of a session as a whole, as it is handed out."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from clinic.protocols.rules import BLOOD_PRESSURE
from clinic.sessions.rules.log import Entry
from clinic.sessions.rules.results.alerting import Alert
from clinic.sessions.rules.results.around import (
    Away,
    CannulaState,
    Emergency,
    PhoneOrder,
    Responsibility,
    SupplyLine,
)
from clinic.sessions.rules.results.dosing import DoseState, HoldState
from clinic.sessions.rules.results.leaving import ItemState, Readiness, SideEffect
from clinic.sessions.rules.results.measuring import LatestReading, Rise, Row, SignReading
from clinic.sessions.rules.results.timing import Clock, NextDue, Phase, Slot

NOBODY = Responsibility(None)
MOMENTLESS = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class LogLine:
    """One entry as first written, with its corrections; `current` is None once withdrawn."""

    root_id: UUID
    kind: str
    original: Entry
    corrections: tuple[Entry, ...]
    current: Entry | None
    effective_at: datetime
    minute: int | None
    late: bool

    @property
    def withdrawn(self) -> bool:
        return self.current is None


@dataclass(frozen=True)
class SessionState:
    """Everything that follows from plan, log and now. Only `Clock.elapsed_minutes`,
    `LatestReading.age_minutes` and what a pump has run until now (`DoseState.infused_minutes`,
    `infused_mg`) move with every minute; all else holds until `changes_at`."""

    now: datetime
    phase: Phase
    clock: Clock
    dose: DoseState
    hold: HoldState | None
    pre_dose: dict[str, SignReading]
    rise: Rise
    alerts: tuple[Alert, ...]
    side_effects: tuple[SideEffect, ...]
    pre_dose_items: tuple[ItemState, ...]
    discharge_items: tuple[ItemState, ...]
    readiness: Readiness
    agreed_pause_ends_at: datetime | None
    advice_changed_at: datetime | None
    log: tuple[LogLine, ...]
    slots: tuple[Slot, ...] = ()
    next_due: NextDue | None = None
    due: tuple[NextDue, ...] = ()
    readings: dict[str, LatestReading] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    emergency: Emergency | None = None
    supplies: tuple[SupplyLine, ...] = ()
    cannula: CannulaState | None = None
    orders: tuple[PhoneOrder, ...] = ()
    responsibility: Responsibility = NOBODY
    away: Away | None = None
    changes_at: datetime | None = None

    @property
    def incomplete(self) -> bool:
        """Dosed without a baseline blood pressure: the rise stays unknown (definitions D2.1)."""
        return self.clock.t0 is not None and BLOOD_PRESSURE not in self.pre_dose

    @property
    def open_alerts(self) -> tuple[Alert, ...]:
        return tuple(alert for alert in self.alerts if alert.is_open)

    @property
    def responsible_id(self) -> UUID | None:
        return self.responsibility.responsible_id

    @property
    def handover_offered_to(self) -> UUID | None:
        return self.responsibility.offered_to

    @property
    def open_orders(self) -> tuple[PhoneOrder, ...]:
        """Orders by phone that nobody has countersigned yet."""
        return tuple(order for order in self.orders if order.is_open)

    def without_ages(self) -> "SessionState":
        """The state with the figures that move every minute put to zero, for comparing."""
        ageless = {sign: replace(latest, age_minutes=0) for sign, latest in self.readings.items()}
        return replace(
            self,
            now=MOMENTLESS,
            clock=replace(self.clock, elapsed_minutes=None),
            dose=replace(self.dose, infused_minutes=0, infused_mg=None),
            readings=ageless,
            changes_at=None,
        )

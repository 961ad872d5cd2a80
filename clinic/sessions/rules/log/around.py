"""This file is about the entries around her treatment: supplies, cannula, orders, who is there."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clinic.sessions.rules.log.codes import (
    AbsenceEvent,
    CannulaEvent,
    HandoverEvent,
    OrderEvent,
    SupplyEvent,
    SupplyUnit,
)
from clinic.sessions.rules.log.entry import Entry


@dataclass(frozen=True, kw_only=True)
class Supply(Entry):
    """`device_number` None: a vial or another box. `amount` in `unit`; None: not said.

    `witness`: the second person, for what is returned or wasted (definitions D5.2).
    """

    event: SupplyEvent
    device_number: int | None = None
    amount: Decimal | None = None
    unit: SupplyUnit | None = None
    lot: str | None = None
    expires_on: date | None = None
    witness: str | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Cannula(Entry):
    event: CannulaEvent
    site: str | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Order(Entry):
    """An order by phone (definitions D8.3). Its countersignature is no entry: it may come later
    than the signature of the session."""

    event: OrderEvent
    ordered_by_id: UUID | None = None
    text: str = ""
    read_back: bool = False


@dataclass(frozen=True, kw_only=True)
class Handover(Entry):
    """`to_id`: to whom the session is offered; `text`: why beyond the limit of sessions per nurse,
    which the nurse in charge may say (definitions D8.1)."""

    event: HandoverEvent
    to_id: UUID | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Absence(Entry):
    """`text`: where to, and with whom (definitions D8.5)."""

    event: AbsenceEvent
    text: str = ""

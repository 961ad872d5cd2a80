"""This file is about what a session knows from outside its log."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Countersigned:
    """That a psychiatrist countersigned an order by phone, as it stood: `order_id` is the entry
    that she read, so that a correction of the order is open again (definitions D8.3)."""

    order_id: UUID
    by_id: UUID
    at: datetime


@dataclass(frozen=True)
class SessionFacts:
    """What the session knows from outside its log. `birth_on` is the day of the delivery.

    `on_her_list`: items before the dose that ask for a class of which she takes a medicine.
    """

    timezone: ZoneInfo
    birth_on: date | None = None
    ordered_mg: Decimal | None = None
    ordered_devices: int | None = None
    agreed_pause_hours: Decimal | None = None
    breastfeeding: bool | None = None
    signed_at: datetime | None = None
    countersigned: tuple[Countersigned, ...] = ()
    on_her_list: frozenset[str] = frozenset()

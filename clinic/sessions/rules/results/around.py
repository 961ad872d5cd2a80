"""This file is about what surrounds her treatment, as it is handed out: supplies, people, place."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True)
class SupplyLine:
    """One device, or the vials of a session (`device_number` None), in `unit` (definitions D5.2).

    Amounts None: not written, not known or still running; given is always in mg. `difference` is
    what is not accounted for (negative: more than was opened), None where it cannot be worked out;
    `text` says it in words. `counted`: somebody wrote an amount, so that the unit is settled.
    """

    device_number: int | None
    name: str
    unit: str
    opened: Decimal | None
    given: Decimal | None
    returned: Decimal | None
    wasted: Decimal | None
    difference: Decimal | None
    text: str
    lots: tuple[str, ...]
    witnesses: tuple[str, ...]
    counted: bool = False

    @property
    def accounted_for(self) -> bool:
        return self.difference == 0


@dataclass(frozen=True)
class CannulaState:
    """`site`: where the one placed last is; `attempts` counts those that failed too."""

    placed: bool
    site: str | None
    attempts: int
    placed_at: datetime | None
    removed_at: datetime | None


@dataclass(frozen=True)
class PhoneOrder:
    """An order by phone, read back; open until a psychiatrist has countersigned (D8.3).

    `version_id`: the entry that says it now. `due_at` None: this clinic has set no time.
    """

    entry_id: UUID
    version_id: UUID
    ordered_by_id: UUID | None
    text: str
    given_at: datetime
    taken_by: UUID
    due_at: datetime | None = None
    overdue: bool = False
    countersigned_at: datetime | None = None
    countersigned_by: UUID | None = None

    @property
    def is_open(self) -> bool:
        return self.countersigned_at is None


@dataclass(frozen=True)
class Responsibility:
    """Who answers for the session. `offered_to`: has not accepted yet; `before_id`: the one who
    handed it over last, and may claim it back; `because`: why it is offered beyond the limit of
    sessions per nurse (definitions D8.1)."""

    responsible_id: UUID | None
    offered_to: UUID | None = None
    offered_by: UUID | None = None
    before_id: UUID | None = None
    because: str = ""


@dataclass(frozen=True)
class Away:
    """Out of the room, or off the monitor. `since` None: she is in the room (D8.5)."""

    since: datetime | None
    with_whom: str
    monitor_off_since: datetime | None


@dataclass(frozen=True)
class EmergencyLine:
    at: datetime
    category: str
    text: str
    entry_id: UUID
    author_id: UUID


@dataclass(frozen=True)
class Emergency:
    """One that goes on (definitions D8.4). `lines`: its quick log, oldest first."""

    since: datetime
    called_by: UUID
    lines: tuple[EmergencyLine, ...]

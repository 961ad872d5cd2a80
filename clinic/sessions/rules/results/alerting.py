"""This file is about alerts, as they are handed out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clinic.protocols.rules import Level


@dataclass(frozen=True)
class Called:
    """One step of the escalation."""

    who: str
    at: datetime
    reached: bool


@dataclass(frozen=True)
class Alert:
    """One episode per sign and level (definitions D4.1).

    `key` names the first known entry; an acknowledgement that names any of `entry_ids` counts.
    `silent`: transcribed afterwards or raised in error, never a sound. The four clocks belong to
    severe blood pressure. `owner_id`: who answers for it while it is open.
    """

    key: str
    sign: str
    level: Level
    rules: tuple[str, ...]
    text: str
    source: str
    opened_by: UUID
    entry_ids: tuple[UUID, ...]
    taken_at: datetime
    opened_at: datetime
    last_true_at: datetime
    late: bool
    silent: bool
    repeat_signs: tuple[str, ...]
    repeat_due_at: datetime | None
    escalation: tuple[Called, ...] = ()
    acknowledged_at: datetime | None = None
    acknowledged_by: UUID | None = None
    action: str = ""
    expected_effect: bool = False
    closed_at: datetime | None = None
    closed_by: UUID | None = None
    closed_how: str | None = None
    close_reason: str | None = None
    raised_in_error: bool = False
    confirm_by: datetime | None = None
    confirmed_at: datetime | None = None
    treat_from: datetime | None = None
    treat_by: datetime | None = None
    owner_id: UUID | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and not self.raised_in_error

    @property
    def calling(self) -> str | None:
        """Who is being called now; None once acknowledged or closed."""
        reached = [step.who for step in self.escalation if step.reached]
        return reached[-1] if reached and self.is_open and not self.acknowledged_at else None

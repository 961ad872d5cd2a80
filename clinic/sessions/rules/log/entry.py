"""This file is about what every entry of the log has."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What every entry has. Moments are aware datetimes."""

    id: UUID
    session_id: UUID
    effective_at: datetime
    recorded_at: datetime
    author_id: UUID
    log_seq: int
    device_id: str | None = None
    device_at: datetime | None = None
    corrects_id: UUID | None = None
    reason: str | None = None
    withdrawn: bool = False
    transcribed: bool = False

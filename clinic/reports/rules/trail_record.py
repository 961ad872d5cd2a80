"""This file is about what rows of the trail are made from: one event, in words of the export."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

CHANGES = ("create", "update", "delete")
REASONS = ("reason", "void_reason", "purpose")


@dataclass(frozen=True)
class TrailExport:
    """One event. `zone`: the clinic's. `actor`: a name, or the id of somebody who is nobody here.

    `detail`: field -> [old, new] for a change of a row, else what was noted; sensitive values stay
    encrypted. `patient_number`: None where the event is of no patient of the clinic.
    """

    clinic_code: str
    zone: ZoneInfo
    seq: int
    at: datetime
    actor: str | None
    action: str
    kind: str
    record_id: str | None
    patient_id: UUID | None
    patient_number: str | None
    detail: Mapping[str, Any]

    @property
    def birth_on(self) -> None:
        """An event counts from no birth."""
        return

    def local(self, moment: datetime | None) -> datetime | None:
        """A moment on the clinic's wall, with its offset."""
        return None if moment is None else moment.astimezone(self.zone)

    @property
    def fields(self) -> str | None:
        """The fields that were changed, by name; None: no row was written."""
        return " ".join(sorted(self.detail)) if self.action in CHANGES else None

    @property
    def values(self) -> str | None:
        """All that the event holds beside that, as JSON; None: nothing."""
        return json.dumps(dict(self.detail), ensure_ascii=False, sort_keys=True) or None

    @property
    def reason(self) -> str | None:
        """Why, or what for, where somebody said it."""
        for name in REASONS:
            said = self.detail.get(name)
            if words := said[-1] if isinstance(said, list) and said else said:
                return str(words)
        return None

"""This file is about the decision that ends an evaluation: what it can be, who made it."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Decision(StrEnum):
    """What a psychiatrist decides. Nothing computes it."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not-eligible"
    LATER = "later"


@dataclass(frozen=True)
class Eligibility:
    """The decision in force: the `n`th of its course, signed."""

    decision: Decision
    reason: str
    signed_by_id: uuid.UUID
    signed_by: str
    signed_at: datetime
    n: int

    @property
    def is_eligible(self) -> bool:
        """Whether sessions may be planned."""
        return self.decision is Decision.ELIGIBLE

"""This file is about the decision that ends an evaluation: what it can be, what stands against it.

Nothing computes "eligible": a psychiatrist decides, and here is only what forbids it.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from clinic.evaluation.rules.checklist import Level
from clinic.evaluation.rules.completing import Missing
from clinic.evaluation.rules.judging import Flag, closing


class Decision(StrEnum):
    """What a psychiatrist decides."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not-eligible"
    LATER = "later"


@dataclass(frozen=True)
class Eligibility:
    """The decision in force: the `n`th of its course, signed. `broken`: why its signature does not
    hold any more; empty while it does."""

    decision: Decision
    reason: str
    signed_by_id: uuid.UUID
    signed_by: str
    signed_at: datetime
    n: int
    meaning: str = ""
    broken: str = ""

    @property
    def is_eligible(self) -> bool:
        """Whether sessions may be planned."""
        return self.decision is Decision.ELIGIBLE


@dataclass(frozen=True)
class Standing:
    """What a decision rests on: flags, missing answers, scales due, unread safety answers."""

    flags: Sequence[Flag]
    missing: Sequence[Missing]
    scales_due: Sequence[str]
    open_safety: Sequence[str]

    @property
    def to_follow_up(self) -> list[str]:
        """What is followed up in the same visit before anything is signed, as sentences."""
        unread = [f"{finding}: review it first." for finding in self.open_safety]
        return unread + [flag.words for flag in self.flags if flag.holds_signing]


def obstacles(decision: Decision, standing: Standing) -> Iterator[str]:
    """What forbids a decision, one sentence each. An unread safety answer forbids every one."""
    yield from standing.to_follow_up
    if decision is Decision.ELIGIBLE:
        for flag in closing(standing.flags):
            if not flag.holds_signing:
                yield f"{flag.words} Source: {flag.source}."
        for scale in standing.scales_due:
            yield f"{scale} is not answered."
        if standing.missing:
            yield f"Not answered yet: {'; '.join(item.text for item in standing.missing)}"


STOPS = (Level.CONTRAINDICATED, Level.AVOID)


def stops(raised: Sequence[Flag]) -> list[Flag]:
    """The flags under which no dose is given, whatever was decided before they were raised."""
    return [flag for flag in closing(raised) if flag.level in STOPS]

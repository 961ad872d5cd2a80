"""This file is about what a verification finds: a chain that holds, or where and how it broke."""

import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """In which way something is not as it was written."""

    EVENT_MISSING = "event-missing"
    EVENT_EDITED = "event-edited"
    EVENTS_SWAPPED = "events-swapped"
    EVENT_INSERTED = "event-inserted"
    EVENT_MOVED = "event-moved"
    END_MISSING = "end-missing"
    HEAD_ALTERED = "head-altered"
    ANCHOR_MISSED = "anchor-missed"
    RECORD_EDITED = "record-edited"
    RECORD_MISSING = "record-missing"
    RECORD_UNKNOWN = "record-unknown"
    SIGNATURE_BROKEN = "signature-broken"


@dataclass(frozen=True)
class Break:
    """One place at which a chain, or a record under it, does not hold.

    `seq`: the event; 0 when a record is meant of which no event is known. `record`: its class and
    id, where a record is meant.
    """

    chain_id: uuid.UUID
    seq: int
    why: str
    kind: Kind
    record: str = ""

    @property
    def text(self) -> str:
        """Where and how, as one line."""
        place = f"event {self.seq}" if self.seq else self.record
        return f"{place}: {self.why}"


@dataclass(frozen=True)
class Chain:
    """A chain that holds: how many events, and the newest hash."""

    chain_id: uuid.UUID
    events: int
    hash: str


@dataclass(frozen=True)
class Checked:
    """How a chain was found from its event `first` on. `records`: rows that were compared."""

    chain: Chain
    first: int
    records: int
    breaks: tuple[Break, ...]

    @property
    def whole(self) -> bool:
        """Whether everything that was looked at holds."""
        return not self.breaks

    def detail(self) -> dict[str, Any]:
        """What the trail keeps of the check: the newest event of kind `verify-trail` says it."""
        said: dict[str, Any] = {"first": self.first, "whole": self.whole, "records": self.records}
        if self.whole:
            return said | {"last": self.chain.events, "hash": self.chain.hash}
        worst = self.breaks[0]
        lines = [one.text for one in self.breaks]
        return said | {"last": worst.seq, "why": worst.why, "breaks": lines}

"""This file is about what is added to a session after its signature: beside it, never into it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clinic.sessions.rules.results import LogLine

NOT_SIGNED = "This session is not signed yet. Correct the entry, or add one."
NO_SUCH_ENTRY = "There is no such entry in this session."


@dataclass(frozen=True)
class Amended:
    """One amendment. `entry_id`: the entry it stands beside, as first written; None: all of it.

    No rule reads it: states and figures are those of the log that was signed.
    """

    id: UUID
    entry_id: UUID | None
    text: str
    reason: str
    author_id: UUID
    at: datetime


def amending_refused(
    lines: Iterable[LogLine], entry_id: UUID | None, *, signed: bool
) -> str | None:
    """Why nothing can be added beside this entry, as a sentence; None when it can."""
    if not signed:
        return NOT_SIGNED
    if entry_id is not None and entry_id not in {line.root_id for line in lines}:
        return NO_SUCH_ENTRY
    return None


def by_entry(amendments: Iterable[Amended]) -> dict[UUID | None, tuple[Amended, ...]]:
    """Entry (None: the whole session) -> what stands beside it, oldest first."""
    found: dict[UUID | None, list[Amended]] = defaultdict(list)
    for one in sorted(amendments, key=lambda one: (one.at, one.id)):
        found[one.entry_id].append(one)
    return {entry_id: tuple(its) for entry_id, its in found.items()}

"""This file is about reading a log: repeats, corrections and what was known when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from clinic.sessions.rules.log import Entry
from clinic.sessions.rules.moments import Watch, whole_minute

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Chain:
    """One entry with its corrections, by order of arrival; the last one counts."""

    root_id: UUID
    versions: tuple[Entry, ...]

    @property
    def last(self) -> Entry:
        return self.versions[-1]

    @property
    def withdrawn(self) -> bool:
        return self.last.withdrawn


@dataclass(frozen=True)
class Log:
    """`current`: what counts at the watch's now, oldest first. An entry there bears the id of its
    first version and a whole minute, so that a correction changes no name others refer to."""

    chains: tuple[Chain, ...]
    current: tuple[Entry, ...]

    def of(self, kind: type[E]) -> list[E]:
        return [entry for entry in self.current if isinstance(entry, kind)]

    @cached_property
    def roots(self) -> dict[UUID, UUID]:
        """Id of any version -> id of the first one."""
        return {entry.id: chain.root_id for chain in self.chains for entry in chain.versions}

    @cached_property
    def by_root(self) -> dict[UUID, Chain]:
        return {chain.root_id: chain for chain in self.chains}

    def author_of(self, entry: Entry) -> UUID:
        """Who said it first; whoever corrects it does not say it in her place."""
        return self.by_root[entry.id].versions[0].author_id


def as_known_at(entries: Iterable[Entry], moment: datetime) -> list[Entry]:
    """The entries recorded up to that moment, whenever they were taken (definitions D1.3)."""
    return [entry for entry in entries if entry.recorded_at <= moment]


def unique(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """By order of arrival in the clinic; a repeat of an id is the same entry."""
    kept: dict[UUID, Entry] = {}
    for entry in sorted(entries, key=lambda entry: (entry.log_seq, entry.id)):
        kept.setdefault(entry.id, entry)
    return tuple(kept.values())


def read_log(entries: tuple[Entry, ...], watch: Watch) -> Log:
    """The log of unique entries. What lies after now has not happened yet."""
    by_id = {entry.id: entry for entry in entries}
    chains: dict[UUID, list[Entry]] = {}
    for entry in entries:
        chains.setdefault(_root(entry, by_id), []).append(entry)
    built = tuple(Chain(root, tuple(versions)) for root, versions in chains.items())
    alive = [chain for chain in built if not chain.withdrawn]
    # Tablets choose ids at random: of two entries of one minute the first to arrive is first.
    alive.sort(key=lambda chain: (chain.last.effective_at, chain.versions[0].log_seq))
    current = [_as_current(chain) for chain in alive]
    return Log(built, tuple(entry for entry in current if watch.reached(entry.effective_at)))


def _as_current(chain: Chain) -> Entry:
    return replace(chain.last, id=chain.root_id, effective_at=whole_minute(chain.last.effective_at))


def _root(entry: Entry, by_id: dict[UUID, Entry]) -> UUID:
    """Follows `corrects_id` to the first version. A correction may arrive before what it corrects:
    then it stands for it. Two that name each other are one chain, under the smaller id."""
    seen = [entry.id]
    while entry.corrects_id is not None:
        if entry.corrects_id in seen:
            return min(seen[seen.index(entry.corrects_id) :])
        seen.append(entry.corrects_id)
        if entry.corrects_id not in by_id:
            break
        entry = by_id[entry.corrects_id]
    return seen[-1]


def known_at(entry: Entry) -> datetime:
    """When the clinic knew it. A session transcribed afterwards counts as known when it happened:
    its alerts are rows of a report, not calls (definitions D1.3)."""
    return entry.effective_at if entry.transcribed else entry.recorded_at


def recorded_late(entry: Entry, late_entry_minutes: int) -> bool:
    """More than `late_entry_minutes` whole minutes between taking and recording."""
    gap = whole_minute(entry.recorded_at) - whole_minute(entry.effective_at)
    return gap.total_seconds() > late_entry_minutes * 60

"""This file is about a backup: what it says of itself, what must come back out of it, its age."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

FORMAT = "clinic-backup-1"
BEGINS, ENDS = "clinic-", ".backup"
SHOWN = 5  # differences


class BadBackup(ValueError):
    """The file is no backup, is not whole, was changed, or another key closes it."""


@dataclass(frozen=True)
class Contents:
    """What a database holds at one moment. `tables`: name -> rows; `chains`: id -> (events, newest
    hash) of each chain of the trail; `revision`: of the tables."""

    engine: str
    revision: str
    tables: Mapping[str, int]
    chains: Mapping[str, tuple[int, str]]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(self.tables.values())

    @property
    def events(self) -> int:
        """How many events all chains hold."""
        return sum(events for events, _ in self.chains.values())


@dataclass(frozen=True)
class Inventory:
    """What a backup says of itself. `files`: path -> SHA-256 (hex), the database among them;
    `keys`: what a key is for -> its fingerprint. No key can be told from that."""

    made_at: str
    version: str
    contents: Contents
    files: Mapping[str, str]
    keys: Mapping[str, str]

    def as_tree(self) -> dict[str, Any]:
        """The same as nested dict, for writing."""
        return {"format": FORMAT} | asdict(self)

    @staticmethod
    def from_tree(tree: Any) -> "Inventory":
        """What `as_tree` wrote. Raises BadBackup."""
        if not isinstance(tree, dict) or tree.pop("format", None) != FORMAT:
            raise BadBackup(f"This is no backup in the format {FORMAT}.")
        try:
            said = dict(tree.pop("contents"))
            said["chains"] = {name: (seq, word) for name, (seq, word) in said["chains"].items()}
            return Inventory(contents=Contents(**said), **tree)
        except (KeyError, TypeError, ValueError) as fault:
            raise BadBackup("Its list of what is in it cannot be read.") from fault


@dataclass(frozen=True)
class Check:
    """What was found when a backup was brought back to look at it. `why`: empty when it was whole.
    `size` in bytes: another size is another file."""

    checked_at: str
    why: str
    rows: int
    events: int
    seconds: float
    size: int

    @property
    def whole(self) -> bool:
        """Whether all of it came back."""
        return not self.why


@dataclass(frozen=True)
class Kept:
    """A backup in its folder, and how it was last found. None: nobody ever looked."""

    path: str
    made_at: datetime
    size: int
    check: Check | None


def differences(said: Contents, found: Contents) -> Iterator[str]:
    """What came back otherwise than it went in, as sentences."""
    if said.revision != found.revision:
        yield f"its tables are of revision {found.revision or 'none'}, not {said.revision}"
    for name in sorted(said.tables.keys() | found.tables.keys()):
        before, after = said.tables.get(name, 0), found.tables.get(name, 0)
        if before != after:
            yield f"{name} has {after} rows, not {before}"
    for name in sorted(said.chains.keys() | found.chains.keys()):
        if said.chains.get(name) != found.chains.get(name):
            yield f"chain {name} of the trail ends elsewhere"


def lost_rows(before: Contents, after: Contents) -> Iterator[str]:
    """Tables from which an upgrade took rows, or that it took away, as sentences."""
    for name in sorted(before.tables.keys() & after.tables.keys() - {"alembic_version"}):
        if after.tables[name] < before.tables[name]:
            yield f"{name} would have {after.tables[name]} rows, not {before.tables[name]}"
    for name in sorted(before.tables.keys() - after.tables.keys()):
        if before.tables[name]:
            yield f"{name} would go, with {before.tables[name]} rows"


def first_few(faults: Sequence[str]) -> str:
    """Some faults as one sentence, and how many more there are."""
    more = f", and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
    return "; ".join(faults[:SHOWN]) + more


def to_delete(kept: Sequence[Kept], keep: int) -> list[Kept]:
    """Which backups may go when the newest `keep` stay; the newest whole one always stays.

    kept: newest first.
    """
    whole = next((one for one in kept if one.check and one.check.whole), None)
    return [one for one in kept[keep:] if one is not whole]

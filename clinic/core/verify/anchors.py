"""This file is about anchors: the ends of all chains at a moment, kept where nobody here writes.

An anchor file is text, a line for each chain and moment: the moment, the chain, how many events it
had, the hash of the newest. Lines are only ever added. Whoever writes to the database can build a
chain anew, but not these lines, once they lie somewhere else.
"""

import os
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from clinic.core.verify.findings import Chain

LINE = re.compile(
    r"(?P<at>\S+) (?P<chain>[0-9a-f-]{36}) (?P<events>\d{1,18}) (?P<hash>[0-9a-f]{64})"
)


@dataclass(frozen=True)
class Anchor:
    """That a chain had so many events, the newest with this hash. `at`: the moment, as written."""

    at: str
    chain_id: uuid.UUID
    events: int
    hash: str

    @property
    def line(self) -> str:
        """As it stands in the file."""
        return f"{self.at} {self.chain_id} {self.events} {self.hash}\n"


def anchors_of(chains: Iterable[Chain], at: datetime) -> list[Anchor]:
    """The anchors of this moment."""
    return [Anchor(at.isoformat(), one.chain_id, one.events, one.hash) for one in chains]


def keep(file: Path, anchors: Iterable[Anchor]) -> None:
    """Add anchors to a file and make sure that they are on the disk."""
    with file.open("a", encoding="ascii") as lines:
        lines.writelines(one.line for one in anchors)
        lines.flush()
        os.fsync(lines.fileno())


def read_anchors(file: Path) -> tuple[Anchor, ...]:
    """The anchors of a file. Raises ValueError naming the first line that is none."""
    found = []
    for number, line in enumerate(file.read_text("ascii").splitlines(), 1):
        if (match := LINE.fullmatch(line)) is None:
            raise ValueError(f"line {number} of {file.name} is no anchor")
        about = match["at"], uuid.UUID(match["chain"]), int(match["events"]), match["hash"]
        found.append(Anchor(*about))
    return tuple(found)

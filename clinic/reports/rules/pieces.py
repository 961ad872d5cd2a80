"""This file is about the pieces of a file: what is worked out is kept, and never worked out twice.

A file is put together from pieces at its end. A piece holds text by the name of its section (a
table, a type of resource, one page) and where reading stood after it, so that whoever takes the
file up goes on there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

END = "end"


@dataclass(frozen=True)
class Mark:
    """Where reading stood: what was read, the key of the last that was read whole, how far it is.

    `reader` END: everything was read.
    """

    reader: str
    after: str
    done: int


@dataclass
class Bookmark:
    """Lies in what is being read. `after`: the key of the last that was read whole, None: none.

    `between` False: it lies in the midst of something that is read whole or not at all.
    """

    after: str | None = None
    between: bool = True

    def stands(self, after: str) -> None:
        """All up to here has been handed out."""
        self.after, self.between = after, True

    def opens(self) -> None:
        """What comes next comes in more parts than one."""
        self.between = False

    def mark(self, reader: str, done: int) -> Mark | None:
        """Where one could go on; None in the midst."""
        return Mark(reader, self.after, done) if self.between and self.after is not None else None


class Pieces(Protocol):
    """What of a file has been worked out. `mark`: where the last finished piece ended."""

    mark: Mark | None

    def add(self, section: str, content: bytes, rows: int = 1) -> None:
        """Something more of a section."""

    def sections(self) -> list[str]:
        """The sections that there are, in the order in which they began."""

    def rows(self, section: str) -> int:
        """How many rows a section has."""

    def read(self, section: str) -> Iterator[bytes]:
        """A section from its beginning, a stretch at a time."""


@dataclass
class InMemory:
    """The pieces of a small file that is made at once."""

    content: dict[str, list[bytes]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    mark: Mark | None = None

    def add(self, section: str, content: bytes, rows: int = 1) -> None:
        """Keep it."""
        self.content.setdefault(section, []).append(content)
        self.counts[section] = self.counts.get(section, 0) + rows

    def sections(self) -> list[str]:
        """As they began."""
        return list(self.content)

    def rows(self, section: str) -> int:
        """As counted."""
        return self.counts.get(section, 0)

    def read(self, section: str) -> Iterator[bytes]:
        """As kept."""
        yield from self.content.get(section, ())


def all_rows(pieces: Pieces) -> int:
    """How many rows all sections have."""
    return sum(pieces.rows(section) for section in pieces.sections())


def lines_of(stretches: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a section, whose stretches end anywhere."""
    rest = b""
    for stretch in stretches:
        *whole, rest = (rest + stretch).split(b"\n")
        yield from whole
    if rest:
        yield rest

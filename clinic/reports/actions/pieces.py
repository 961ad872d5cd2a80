"""This file is about the pieces of a file on the disk: finished ones outlive the worker.

Each is a file of its own, named by its number and the SHA-256 of all that is in it. A piece that is
not whole, or of another version of the program, counts as never made, with all after it.
"""

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from clinic.reports.library import program_version
from clinic.reports.rules.pieces import Mark

STRETCH = 1 << 20  # bytes read at once
FULL = 4 << 20  # bytes after which a piece is finished, however little time went by


@dataclass(frozen=True)
class Stretch:
    """Where a piece holds something of a section."""

    path: Path
    offset: int
    size: int


class KeptPieces:
    """The pieces of one file. `size`: bytes that are worked out and in no finished piece yet.

    folder: where finished pieces lie; place: of this worker alone; alive: called now and then while
    they are read.
    """

    def __init__(self, folder: Path, place: Path, alive: Callable[[], None]) -> None:
        self.folder, self.place, self.alive = folder, place, alive
        self.mark: Mark | None = None
        self.number = self.size = 0
        self.open: dict[str, list[bytes]] = {}
        self.open_rows: dict[str, int] = {}
        self.where: dict[str, list[Stretch]] = {}
        self.counts: dict[str, int] = defaultdict(int)
        self.take_up()

    def take_up(self) -> None:
        """Go on after the last whole piece of whoever was here before."""
        found = sorted(self.folder.glob("*-*")) if self.folder.is_dir() else []
        whole = True
        for number, path in enumerate(found, 1):
            whole = whole and is_whole(path, number)
            if whole:
                self.know(path)
            else:
                path.unlink()

    def know(self, path: Path) -> None:
        """Remember where everything of a finished piece is."""
        with path.open("rb") as file:
            head = json.loads(file.readline())
            offset = file.tell()
        self.number, self.mark = self.number + 1, Mark(**head["mark"])
        for section, size, rows in head["sections"]:
            self.where.setdefault(section, []).append(Stretch(path, offset, size))
            self.counts[section] += rows
            offset += size

    def add(self, section: str, content: bytes, rows: int = 1) -> None:
        """Something more of a section, for the next piece."""
        self.open.setdefault(section, []).append(content)
        self.open_rows[section] = self.open_rows.get(section, 0) + rows
        self.size += len(content)

    def written(self, mark: Mark) -> Path:
        """Write what is worked out as a piece that is not finished yet."""
        sections = [
            (name, sum(map(len, parts)), self.open_rows[name]) for name, parts in self.open.items()
        ]
        digest, path = hashlib.sha256(), self.place / "piece"
        with path.open("wb") as file:
            for part in (head_of(mark, sections), *(p for ps in self.open.values() for p in ps)):
                digest.update(part)
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        return path.rename(self.place / f"{self.number + 1:06}-{digest.hexdigest()}")

    def finish(self, path: Path) -> None:
        """From now on it stays. To be called while the claim is held."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.know(path.rename(self.folder / path.name))
        self.open, self.open_rows, self.size = {}, {}, 0

    def sections(self) -> list[str]:
        """The sections of the finished pieces, in the order in which they began."""
        return list(self.where)

    def rows(self, section: str) -> int:
        """How many rows the finished pieces have of it."""
        return self.counts.get(section, 0)

    def read(self, section: str) -> Iterator[bytes]:
        """A section of the finished pieces from its beginning."""
        for stretch in self.where.get(section, ()):
            with stretch.path.open("rb") as file:
                file.seek(stretch.offset)
                left = stretch.size
                while left:
                    content = file.read(min(left, STRETCH))
                    left -= len(content)
                    yield content
            self.alive()


def head_of(mark: Mark, sections: list[tuple[str, int, int]]) -> bytes:
    """The first line of a piece: where it ends, and (section, bytes, rows) of what is in it."""
    head: dict[str, Any] = {"by": program_version(), "mark": asdict(mark), "sections": sections}
    return f"{json.dumps(head)}\n".encode()


def is_whole(path: Path, number: int) -> bool:
    """Whether it is the piece of a number, as it was finished, by this version of the program."""
    name, _, sha256 = path.name.partition("-")
    if name != f"{number:06}":
        return False
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while content := file.read(STRETCH):
            digest.update(content)
        if digest.hexdigest() != sha256:
            return False
        file.seek(0)
        return bool(json.loads(file.readline())["by"] == program_version())

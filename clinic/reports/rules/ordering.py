"""This file is about what an export asks for, and how far the writing of it has come."""

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir
from typing import Protocol
from uuid import UUID

from clinic.reports.rules.period import Period
from clinic.reports.rules.pieces import InMemory, Mark, Pieces


@dataclass(frozen=True)
class Order:
    """What an export asks for. `what`: codes of tables; empty `protocols` or `routes`: all of them.

    `course_id`: one course alone. `identified`: as recorded; otherwise through the mask.
    """

    what: tuple[str, ...]
    period: Period
    protocols: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    course_id: UUID | None = None
    identified: bool = False
    format: str = "csv"


class Cancelled(Exception):
    """Nobody wants the file any more: stop writing."""


class Progress(Protocol):
    """Whom a writer tells how far it has come, and who keeps what it has worked out.

    `place`: a folder for what is not in the file yet. It is emptied whatever happens.
    """

    place: Path

    @property
    def pieces(self) -> Pieces:
        """What was worked out so far, by this worker or one before it."""

    def step(self, done: int, total: int, mark: Mark | None = None) -> None:
        """`done` of `total` sessions and courses. Call it between two parts.

        It ends what is being read. `mark`: where another could go on. Raises Cancelled.
        """

    def end(self, total: int) -> None:
        """Everything is worked out; what follows is putting it together. Raises Cancelled."""


@dataclass
class Unwatched:
    """A progress nobody looks at, of a file that is made at once."""

    place: Path = Path(gettempdir())
    pieces: Pieces = field(default_factory=InMemory)

    def step(self, done: int, total: int, mark: Mark | None = None) -> None:
        """Nothing to tell, nobody to cancel."""

    def end(self, total: int) -> None:
        """The same."""

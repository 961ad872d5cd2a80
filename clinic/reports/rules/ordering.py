"""This file is about what an export asks for, and how far the writing of it has come."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir
from typing import Protocol
from uuid import UUID

from clinic.reports.rules.period import Period


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
    """Whom a writer tells how far it has come.

    `place`: a folder for what is not in the file yet. It is emptied whatever happens.
    """

    place: Path

    def step(self, done: int, total: int) -> None:
        """`done` of `total` sessions and courses. Call it between two parts.

        It ends what is being read. Raises Cancelled.
        """


@dataclass
class Unwatched:
    """A progress nobody looks at, of a file that is made at once."""

    place: Path = Path(gettempdir())

    def step(self, done: int, total: int) -> None:
        """Nothing to tell, nobody to cancel."""

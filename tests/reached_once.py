"""This file is about a state that many tests begin with: it is reached once, then copied.

Only on SQLite, where a copy is a matter of milliseconds; on PostgreSQL every step is taken again.
"""

import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask

from tests.clock import Clock

HEADER = 100  # bytes in which SQLite counts changes; what follows is what the tables hold
Outcome = TypeVar("Outcome")


class Reached:
    """The states reached so far in this process, by where a step began and what it was."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.after: dict[Any, tuple[Path, Any, Any]] = {}

    def step(self, app: Flask, clock: Clock, what: Any, take: Callable[[], Outcome]) -> Outcome:
        """Take a step, or copy the database and the time it led to. Returns what it gave.

        what: names the step with all that it depends on but the time and the database: a step that
        begins with other rows, whatever they are, is another one. What it gives must be plain data.
        """
        address = app.config["SQLALCHEMY_DATABASE_URI"]
        if not address.startswith("sqlite:///"):
            return take()
        with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as database:
            begin = (content(database), clock.now, what)
            if begin not in self.after:
                outcome = take()
                self.after[begin] = (self.copy(database), clock.now, outcome)
                return outcome
            file, clock.now, outcome = self.after[begin]
            with closing(sqlite3.connect(file)) as kept:
                database.execute("pragma synchronous = off")
                kept.backup(database)
        return outcome

    def copy(self, database: sqlite3.Connection) -> Path:
        """Put a database aside."""
        file = self.folder / uuid.uuid4().hex
        with closing(sqlite3.connect(file)) as kept:
            database.backup(kept)
        return file


def content(database: sqlite3.Connection) -> bytes:
    """A word for every row of a database."""
    return blake2b(database.serialize()[HEADER:]).digest()


def reach(app: Flask, what: Any, take: Callable[[], Outcome]) -> Outcome:
    """`Reached.step`, with what the run has reached so far."""
    reached: Reached = app.extensions["tests.reached"]
    return reached.step(app, app.extensions["clinic.clock"], what, take)

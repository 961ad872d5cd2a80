"""This file is about a column: its one place, from which both the file and the dictionary come."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from clinic.notation.rules.spreadsheet import line
from clinic.reports.rules.cells import Kind, cell

R = TypeVar("R")


@dataclass(frozen=True)
class Column(Generic[R]):
    """`unit` is UCUM; `definition` the number of the definition that decides the value.

    `value` gives None where nothing was said: the cell stays empty.
    """

    name: str
    meaning: str
    kind: Kind
    value: Callable[[R], object]
    unit: str = ""
    codes: tuple[str, ...] = ()
    definition: str = ""


class Subject(StrEnum):
    """What a file is read by: one after the other, each whole."""

    SESSION = "session"
    COURSE = "course"
    SCORE = "score"


@dataclass(frozen=True)
class Table:
    """One file. `rows` gives the rows that one session, course or use of a scale has in it."""

    code: str
    title: str
    about: str
    columns: tuple[Column[Any], ...]
    rows: Callable[[Any], Iterable[Any]]
    by: Subject = Subject.SESSION

    def head(self) -> str:
        """The first line."""
        return head(self.columns)

    def lines(self, subject: Any) -> str:
        """The lines of one session, course or use; none where there are no such rows."""
        return "".join(line_of(self.columns, row) for row in self.rows(subject))


def head(columns: tuple[Column[Any], ...]) -> str:
    """The names of columns as a line."""
    return line(column.name for column in columns)


def line_of(columns: tuple[Column[R], ...], row: R) -> str:
    """One row as a line."""
    return line(cell(column.kind, column.value(row)) for column in columns)


def codes(members: type[StrEnum]) -> tuple[str, ...]:
    """The codes of a closed list, as they are stored."""
    return tuple(member.value for member in members)

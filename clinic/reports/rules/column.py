"""This file is about a column: its one place, from which both the file and the dictionary come."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from clinic.notation.rules.spreadsheet import line
from clinic.reports.rules.cells import Kind, cell
from clinic.reports.rules.masks import MASKED, Mask, Masking, PatientMask, Privacy

R = TypeVar("R")
PLAIN = Mask.plain()
NOTHING = PLAIN.of(None)

# Where a column does not say it. What is not here could be anything, so it is dropped.
PRIVACY = {
    Kind.INTEGER: Privacy.KEEP,
    Kind.DECIMAL: Privacy.KEEP,
    Kind.YES_NO: Privacy.KEEP,
    Kind.DAY: Privacy.SHIFT,
    Kind.MOMENT: Privacy.SHIFT,
    Kind.MOMENT_UTC: Privacy.SHIFT,
}


@dataclass(frozen=True)
class Column(Generic[R]):
    """`unit` is UCUM; `definition` the number of the definition that decides the value.

    `value` gives None where nothing was said: the cell stays empty. `privacy`: what becomes of it
    in a de-identified file; None: what its kind says. Words, and codes of no closed list, drop.
    """

    name: str
    meaning: str
    kind: Kind
    value: Callable[[R], object]
    unit: str = ""
    codes: tuple[str, ...] = ()
    definition: str = ""
    privacy: Privacy | None = None

    @property
    def masking(self) -> Privacy:
        """What becomes of it in a de-identified file."""
        if self.privacy is not None:
            return self.privacy
        return Privacy.KEEP if self.codes else PRIVACY.get(self.kind, Privacy.DROP)

    def masked(self, row: R, mask: PatientMask) -> object:
        """The value of a row as it may leave."""
        return mask.value(self.masking, self.value(row))


class Subject(StrEnum):
    """What a file is read by: one after the other, each whole."""

    SESSION = "session"
    READING = "reading"
    COURSE = "course"
    SCORE = "score"
    FOLLOW_UP = "follow-up"
    MEDICINE = "medicine"
    EVENT = "event"


@dataclass(frozen=True)
class Table:
    """One file. `rows` gives the rows that one session, course or use of a scale has in it.

    `is_trail`: it needs the right to export the trail as well.
    """

    code: str
    title: str
    about: str
    columns: tuple[Column[Any], ...]
    rows: Callable[[Any], Iterable[Any]]
    by: Subject = Subject.SESSION
    is_trail: bool = False

    def head(self) -> str:
        """The first line."""
        return head(self.columns)

    def values(self, subject: Any, mask: Mask = PLAIN) -> Iterator[tuple[object, ...]]:
        """The values of each row of one session, course or use, before they become text."""
        own = mask.of(subject.patient_id)
        for row in self.rows(subject):
            yield tuple(column.masked(row, own) for column in self.columns)

    def lines(self, subject: Any, mask: Mask = PLAIN) -> str:
        """The lines of one session, course or use; none where there are no such rows."""
        own = mask.of(subject.patient_id)
        return "".join(line_of(self.columns, row, own) for row in self.rows(subject))


def head(columns: tuple[Column[Any], ...]) -> str:
    """The names of columns as a line."""
    return line(column.name for column in columns)


def line_of(columns: tuple[Column[R], ...], row: R, mask: PatientMask = NOTHING) -> str:
    """One row as a line."""
    if mask.key is None:
        return line([cell(kind, value(row)) for kind, value, _ in parts_of(columns)])
    return line(
        [
            "" if (found := value(row)) is None else cell(kind, masked(mask, found))
            for kind, value, masked in parts_of(columns)
        ]
    )


Parts = tuple[tuple[Kind, Callable[[Any], object], Masking], ...]
READ_ONCE: dict[int, tuple[tuple[Column[Any], ...], Parts]] = {}


def parts_of(columns: tuple[Column[Any], ...]) -> Parts:
    """What each cell needs of its column, looked up once for all rows of a table."""
    known = READ_ONCE.get(id(columns))
    if known is None or known[0] is not columns:
        parts = tuple((one.kind, one.value, MASKED[one.masking]) for one in columns)
        known = READ_ONCE[id(columns)] = (columns, parts)
    return known[1]


def codes(members: type[StrEnum]) -> tuple[str, ...]:
    """The codes of a closed list, as they are stored."""
    return tuple(member.value for member in members)

"""This file is about what the timeline is made of, and the shapes it becomes."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from clinic.integration.rules import Given, Medicine, TreatmentFacts, Visit, Window


@dataclass(frozen=True)
class PlannedDose:
    """A dose that was not given yet."""

    at: datetime
    mg: Decimal


@dataclass(frozen=True)
class Values:
    """A row of numbers over time, by time: an infant's weight, a bonding score."""

    title: str
    note: str
    unit: str
    points: tuple[tuple[datetime, int], ...]


@dataclass(frozen=True)
class Material:
    """Everything the timeline shows of a course, and when it is looked at."""

    doses: tuple[Given, ...]
    planned: tuple[PlannedDose, ...]
    windows: tuple[Window, ...]
    visits: tuple[Visit, ...]
    medicines: tuple[Medicine, ...]
    opened_on: date
    birth_on: date | None
    now: datetime
    timezone: ZoneInfo
    treatments: tuple[TreatmentFacts, ...] = ()
    values: tuple[Values, ...] = ()


@dataclass(frozen=True)
class Box:
    """A bar or a frame; `y` from the middle of its row. `style` names a class of the page."""

    x: float
    width: float
    height: int
    style: str
    text: str = ""

    @property
    def y(self) -> float:
        """Its upper edge, from the middle of the row."""
        return -self.height / 2


@dataclass(frozen=True)
class Mark:
    """A visit: planned, done, missed or not-wanted; or a value, with its number above."""

    x: float
    style: str
    text: str = ""


@dataclass(frozen=True)
class DoseMark:
    """A dose on top: its number and amount in short; planned ones have no number."""

    x: float
    number: int | None
    amount: str


@dataclass(frozen=True)
class Row:
    """One row: what, how it stands now and what comes next, and its shapes.

    `empty`: words in place of shapes.
    """

    title: str
    note: str
    state: str
    following: str
    boxes: tuple[Box, ...] = ()
    marks: tuple[Mark, ...] = ()
    empty: str = ""

"""This file is about what a figure counted: one course, session, follow-up or answer each."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Counted:
    """One of those that a figure looked at. `said`: what was found, without name or date.

    `value` None: missing, or waiting for a time that is still to come. A share has 1 or 0; one of
    readings has how many, out of `of`. `event`: whether a time ended with what is timed. `severe`:
    a side effect that was moderate or severe. `session_id` and `number` None: it is a whole course.
    """

    course_id: UUID
    said: str
    value: float | None
    session_id: UUID | None = None
    number: int | None = None
    patient_id: UUID | None = None
    of: int = 1
    waiting: bool = False
    event: bool | None = None
    severe: bool = False

    @property
    def missing(self) -> bool:
        """Whether it should have a value and has none."""
        return self.value is None and not self.waiting


@dataclass(frozen=True, order=True)
class Key:
    """Which figure: its code, and the moment or the side effect that it is of."""

    code: str
    part: str = ""

    def __str__(self) -> str:
        return f"{self.code}:{self.part}" if self.part else self.code

    @classmethod
    def read(cls, text: str) -> "Key":
        """The same from an address."""
        code, _, part = text.partition(":")
        return cls(code, part)

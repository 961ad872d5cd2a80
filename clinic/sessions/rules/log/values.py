"""This file is about what is said of one sign: a value, unrecordable, not measured, because."""

from dataclasses import dataclass
from decimal import Decimal

from clinic.sessions.rules.log.codes import NotMeasuredReason


@dataclass(frozen=True)
class BloodPressure:
    """One pair in mmHg, never averaged (definitions D2.1)."""

    systolic: int
    diastolic: int

    def __str__(self) -> str:
        return f"{self.systolic}/{self.diastolic}"


@dataclass(frozen=True)
class Measured:
    value: int | Decimal | BloodPressure


@dataclass(frozen=True)
class Unrecordable:
    """Tried and not obtainable: a value, not an error (definitions D2.5)."""


@dataclass(frozen=True)
class NotMeasured:
    reason: NotMeasuredReason
    text: str = ""


SignValue = Measured | Unrecordable | NotMeasured

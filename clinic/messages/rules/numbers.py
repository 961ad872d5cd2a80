"""This file is about the numbers that a woman is given to call."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Numbers:
    """The clinic's own line, the crisis line, the emergency number; None: not set.

    `clinic_hours`, `crisis_note`: a few words beside the number, such as "day and night".
    """

    clinic_line: str | None = None
    clinic_hours: str | None = None
    crisis_line: str | None = None
    crisis_note: str | None = None
    emergency: str | None = None

    def missing(self) -> Iterator[str]:
        """The names of those without which no private link may go out."""
        if not self.clinic_line:
            yield "the clinic's own line"
        if not self.crisis_line:
            yield "the crisis line"
        if not self.emergency:
            yield "the emergency number"

"""This file is about days and times: on the clinic's wall, or exact with an offset."""

import re
from datetime import UTC, date, datetime

from clinic.core.acting import acting
from clinic.core.forms.fields import StrictField


class LocalDate(StrictField):
    """A day, as `YYYY-MM-DD`."""

    input_type = "date"

    def convert(self, typed: str) -> date:
        """A date between 1900 and 2199."""
        if not re.fullmatch(r"(19|20|21)\d\d-\d\d-\d\d", typed, re.ASCII):
            raise ValueError(
                f"Enter {self.name_in_sentence()} as year-month-day, for example 2026-03-12."
            )
        try:
            return date.fromisoformat(typed)
        except ValueError:
            raise ValueError(
                f"Enter {self.name_in_sentence()}: that day is not in the calendar."
            ) from None

    def show(self, value: date) -> str:
        """As a date input wants it."""
        return value.isoformat()


class LocalDateTime(StrictField):
    """A time on the clinic's wall, `YYYY-MM-DDTHH:MM`, handed on as a moment in UTC."""

    input_type = "datetime-local"
    pattern = re.compile(r"(19|20|21)\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?", re.ASCII)

    def convert(self, typed: str) -> datetime:
        """A moment. A skipped hour is refused; of a doubled hour the first is taken."""
        if not self.pattern.fullmatch(typed):
            raise ValueError(
                f"Enter {self.name_in_sentence()} as date and time, for example 2026-03-12 10:11."
            )
        try:
            wall = datetime.fromisoformat(typed)
        except ValueError:
            raise ValueError(
                f"Enter {self.name_in_sentence()}: that time does not exist."
            ) from None
        moment = wall.replace(tzinfo=acting().timezone).astimezone(UTC)
        if moment.astimezone(acting().timezone).replace(tzinfo=None) != wall:
            raise ValueError("That time was skipped when the clocks went forward.")
        return moment

    def show(self, value: datetime) -> str:
        """On the clinic's wall."""
        return value.astimezone(acting().timezone).strftime("%Y-%m-%dT%H:%M")


class Moment(LocalDateTime):
    """A moment that a script sends with its offset, or a person as wall-clock time."""

    def convert(self, typed: str) -> datetime:
        """With an offset: exact. Without: on the clinic's wall."""
        if self.pattern.fullmatch(typed):
            return super().convert(typed)
        try:
            moment = datetime.fromisoformat(typed)
        except ValueError:
            raise ValueError(self.offset_sentence()) from None
        if moment.tzinfo is None or not typed.isascii() or not 1900 <= moment.year <= 2199:
            raise ValueError(self.offset_sentence())
        return moment.astimezone(UTC)

    def offset_sentence(self) -> str:
        """How to put it right."""
        return (
            f"Enter {self.name_in_sentence()} as date and time,"
            " for example 2026-03-12T10:11:00+00:00."
        )

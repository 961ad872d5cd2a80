"""This file is about fields: strict numbers with units, wall-clock times, codes and texts."""

import re
import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from wtforms import BooleanField, Field, RadioField, StringField
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from clinic.core.acting import acting

MINUS = "−"
LONGEST_NUMBER = 12
LONGEST_TEXT = 20_000


class StrictField(Field):
    """A field that keeps what was typed, trims it, and has no value until the whole of it fits."""

    widget = TextInput()
    inputmode: ClassVar[str] = "text"
    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Convert the first value. Two values for one field are refused, not guessed at."""
        self.data = None
        typed = [str(value).strip() for value in valuelist]
        if len(typed) > 1:
            raise ValueError(f"{self.name_in_sentence()}: send one value, not {len(typed)}.")
        if typed and typed[0]:
            self.data = self.convert(typed[0])

    def convert(self, typed: str) -> Any:
        """The value of a trimmed text. Raises ValueError with a sentence."""
        raise NotImplementedError

    def name_in_sentence(self) -> str:
        """The label as it stands inside a sentence: "systolic blood pressure", but "SpO2"."""
        label = str(self.label.text)
        return (
            label if label[:2].isupper() or label[1:2].isupper() else label[:1].lower() + label[1:]
        )

    def _value(self) -> str:
        """What to show again: always what was typed, however wrong."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.show(self.data)

    def show(self, value: Any) -> str:
        """A stored value as a person would type it."""
        return str(value)


class Quantity(StrictField):
    """A number with unit and limits. ASCII digits only: no "1_2_0", no full-width ones, no NaN."""

    pattern: ClassVar[re.Pattern[str]]
    kind: ClassVar[str]

    def __init__(
        self,
        label: str,
        validators: Sequence[Any] = (),
        *,
        unit: str = "",
        low: Decimal | int = 0,
        high: Decimal | int = 10**9,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.unit, self.low, self.high = unit, low, high

    def convert(self, typed: str) -> Any:
        """A number inside the limits."""
        text = typed.replace(MINUS, "-").replace(",", ".")
        if len(text) > LONGEST_NUMBER or not self.pattern.fullmatch(text):
            raise ValueError(self.sentence())
        number = self.number(text)
        if not self.low <= number <= self.high:
            raise ValueError(self.sentence())
        return number

    def number(self, text: str) -> Any:
        """The number a text spells."""
        raise NotImplementedError

    def sentence(self) -> str:
        """How to put it right."""
        unit = f" in {self.unit}" if self.unit else ""
        return (
            f"Enter {self.name_in_sentence()}{unit}, {self.kind}between {self.low} and {self.high}."
        )


class WholeNumber(Quantity):
    """A whole number; decimals are refused (definitions D2.3)."""

    inputmode = "numeric"
    pattern = re.compile(r"-?[0-9]+", re.ASCII)
    kind = "a whole number "

    def number(self, text: str) -> int:
        """An int."""
        return int(text)


class Decimal_(Quantity):  # noqa: N801 - decimal.Decimal has the name
    """A decimal number, kept exactly as typed; comma and point are both accepted."""

    inputmode = "decimal"
    pattern = re.compile(r"-?[0-9]+(\.[0-9]{1,4})?", re.ASCII)
    kind = ""

    def number(self, text: str) -> Decimal:
        """A Decimal with the digits that were typed."""
        return Decimal(text)


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


class Identifier(StrictField):
    """The id of a record: a UUID."""

    def convert(self, typed: str) -> uuid.UUID:
        """A UUID in its usual spelling."""
        if not re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", typed, re.ASCII):
            raise ValueError(f"{self.name_in_sentence()}: this is not an id.")
        return uuid.UUID(typed)


class Text(StringField):
    """A text: trimmed, no control characters, at most `longest` characters."""

    data: Any

    def __init__(
        self, label: str, validators: Sequence[Any] = (), *, longest: int = 2000, **kwargs: Any
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.longest = min(longest, LONGEST_TEXT)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Trim; an empty text is no text."""
        self.data = (str(valuelist[0]).replace("\r\n", "\n").strip() or None) if valuelist else None

    def pre_validate(self, form: Any) -> None:
        """Refuse what no person types, and what no column holds."""
        if self.data and len(self.data) > self.longest:
            raise ValidationError(
                f"{self.label.text}: at most {self.longest} characters, this has {len(self.data)}."
            )
        if self.data and re.search(
            r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]", self.data
        ):
            raise ValidationError(f"{self.label.text}: remove the characters that cannot be seen.")

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else (self.data or "")


class Choice(RadioField):
    """One of a few codes. `choices` are (code, words); nothing is preselected."""

    data: Any
    choices: list[tuple[str, str]] = []

    def __init__(
        self,
        label: str,
        validators: Sequence[Any] = (),
        *,
        choices: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("validate_choice", False)
        super().__init__(label, validators, choices=(), coerce=str, **kwargs)
        self.choices = list(choices)  # pairs, which WTForms itself no longer likes

    def process_data(self, value: Any) -> None:
        """None stays None: RadioField would make the text "None" of it."""
        self.data = None if value is None else str(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """An empty answer is no answer."""
        self.data = (str(valuelist[0]).strip() or None) if valuelist else None

    def pre_validate(self, form: Any) -> None:
        """Only a code that was offered."""
        if self.data is not None and self.data not in {code for code, _ in self.choices}:
            raise ValidationError(
                f"Choose {self.label.text[:1].lower()}{self.label.text[1:]} from the list."
            )


class Flag(BooleanField):
    """Yes or not said."""

    false_values: ClassVar[tuple[Any, ...]] = (False, "false", "", "0", None)

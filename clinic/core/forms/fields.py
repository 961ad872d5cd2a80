"""This file is about what all strict fields share, and about ids."""

import re
import uuid
from typing import Any, ClassVar

from wtforms import Field
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput


def only(values: list[Any], label: str) -> str:
    """The one value of a field, trimmed; nothing for none. Two are refused, not guessed at."""
    if len(values) > 1:
        raise ValueError(f"{label}: send one value, not {len(values)}.")
    return str(values[0]).strip() if values else ""


def stop_at_two(field: Field) -> None:
    """End the checks of a field with two values: `Optional` looks at the first alone, and would
    take back what `only` said when that one is empty."""
    if len(field.raw_data or ()) > 1:
        raise StopValidation


class StrictField(Field):
    """A field that keeps what was typed, trims it, and has no value until the whole of it fits."""

    widget = TextInput()
    inputmode: ClassVar[str] = "text"
    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Convert the one value."""
        self.data = None
        if typed := only(valuelist, self.label.text):
            self.data = self.convert(typed)

    def pre_validate(self, form: Any) -> None:
        """Two values are no answer, whichever of them is empty."""
        stop_at_two(self)

    def convert(self, typed: str) -> Any:
        """The value of a trimmed text. Raises ValueError with a sentence."""
        raise NotImplementedError

    def name_in_sentence(self) -> str:
        """The label as it stands inside a sentence: "systolic blood pressure", but "SpO2"."""
        label = str(self.label.text)
        is_abbreviation = any(letter.isupper() for letter in label.partition(" ")[0][1:])
        return label if is_abbreviation else label[:1].lower() + label[1:]

    def _value(self) -> str:
        """What to show again: always what was typed, however wrong."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.show(self.data)

    def show(self, value: Any) -> str:
        """A stored value as a person would type it."""
        return str(value)


class Identifier(StrictField):
    """The id of a record: a UUID."""

    def convert(self, typed: str) -> uuid.UUID:
        """A UUID in its usual spelling."""
        if not re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", typed, re.ASCII):
            raise ValueError(f"{self.name_in_sentence()}: this is not an id.")
        return uuid.UUID(typed)

"""This file is about words: a text, a choice of a few codes, a yes."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import ValidationError

from clinic.core.forms.fields import only, stop_at_two

LONGEST_TEXT = 20_000


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
        self.data = None
        self.data = only(valuelist, self.label.text).replace("\r\n", "\n") or None

    def pre_validate(self, form: Any) -> None:
        """Refuse what no person types, and what no column holds."""
        stop_at_two(self)
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
        self.data = None
        self.data = only(valuelist, self.label.text) or None

    def pre_validate(self, form: Any) -> None:
        """Only a code that was offered."""
        stop_at_two(self)
        if self.data is not None and self.data not in {code for code, _ in self.choices}:
            raise ValidationError(
                f"Choose {self.label.text[:1].lower()}{self.label.text[1:]} from the list."
            )


class Flag(BooleanField):
    """Yes or not said."""

    false_values: ClassVar[tuple[Any, ...]] = (False, "false", "", "0", None)

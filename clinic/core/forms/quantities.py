"""This file is about numbers with a unit: ASCII digits inside limits, kept exactly as typed."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from clinic.core.forms.fields import StrictField

MINUS = "−"
LONGEST_NUMBER = 12


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

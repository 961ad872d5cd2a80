"""This file is about how a total is made, and the bands and cut-offs it is held against."""

from dataclasses import dataclass, field
from decimal import Decimal

from clinic.instruments.rules.codes import MissingRule, Operator
from clinic.notation.rules.parsing import Signed


@dataclass(frozen=True)
class Range:
    lowest: Signed = field(metadata={"key": "from"})
    highest: Signed = field(metadata={"key": "to"})


@dataclass(frozen=True)
class Term:
    operator: Operator
    items: tuple[str, ...]


@dataclass(frozen=True)
class Scoring:
    """The total is the sum of the terms. Of each `either` only one item is answered."""

    range: Range
    terms: tuple[Term, ...]
    either: tuple[tuple[str, ...], ...]
    missing: MissingRule
    source: str


@dataclass(frozen=True)
class CutOff:
    """Reached at `at_least` and above. `drawn`: it is a line in charts (definitions D7.5)."""

    at_least: Signed
    words: str
    sensitivity: Decimal | None
    specificity: Decimal | None
    drawn: bool
    source: str


@dataclass(frozen=True)
class Subscore:
    code: str
    title: str
    items: tuple[str, ...]
    range: Range
    cut_offs: tuple[CutOff, ...]
    source: str


@dataclass(frozen=True)
class Band:
    """A half-open band of totals, from `lower` up to the next band's `lower`."""

    lower: Signed = field(metadata={"key": "from"})
    word: str


@dataclass(frozen=True)
class BandSet:
    """Severity in words. Where several were published, the first is ours and a course pins one."""

    code: str
    bands: tuple[Band, ...]
    source: str

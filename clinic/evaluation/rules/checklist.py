"""This file is about what an evaluation asks, as data: sections, questions, and rules of flags."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from clinic.evaluation.rules.checks import check_checklist
from clinic.notation.rules import canonical
from clinic.notation.rules.parsing import NotationError, parse


class Kind(StrEnum):
    """What an answer looks like."""

    YES_NO = "yes-no"
    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"


class Level(StrEnum):
    """How much speaks against the treatment, strongest first."""

    CONTRAINDICATED = "contraindicated"
    AVOID = "avoid"
    CAUTION = "caution"
    NEEDS_INPUT = "needs-input"


class Operator(StrEnum):
    """How an answer is compared. UNKNOWN is true of what the record does not say.

    DIFFERS compares with another answer or fact, as numbers; true only where both are known.
    """

    IS = "is"
    AT_LEAST = "at-least"
    BELOW = "below"
    UNKNOWN = "unknown"
    DIFFERS = "differs-from"


OPTIONAL = {"optional": True}  # left out where there is nothing to say


@dataclass(frozen=True)
class Condition:
    """One comparison. `about`: a question or `fact.<code>`."""

    about: str
    operator: Operator
    values: tuple[str, ...]


@dataclass(frozen=True)
class Amount:
    """The unit of a number, what can be typed at all, and how many decimals."""

    unit: str
    lowest: Decimal
    highest: Decimal
    decimals: int


@dataclass(frozen=True)
class Option:
    code: str
    text: str


@dataclass(frozen=True)
class Prefill:
    """An answer that the record gives while all of `when` hold."""

    when: tuple[Condition, ...]
    answer: str


@dataclass(frozen=True)
class Question:
    """`only_if`: asked only while this holds; None: always.

    `record`: facts and questions shown beside it; `prefill`: the first that holds is filled in.
    """

    code: str
    text: str
    hint: str | None
    kind: Kind
    required: bool
    number: Amount | None
    options: tuple[Option, ...]
    only_if: Condition | None
    record: tuple[str, ...] | None = field(default=None, kw_only=True, metadata=OPTIONAL)
    prefill: tuple[Prefill, ...] | None = field(default=None, kw_only=True, metadata=OPTIONAL)


@dataclass(frozen=True)
class Rule:
    """A flag, raised while all of `when` hold. `closes_eligible`: "eligible" is not offered.

    `holds_signing`: nothing is signed for her while it stands; followed up in the same visit.
    """

    code: str
    when: tuple[Condition, ...]
    level: Level
    closes_eligible: bool
    words: str
    source: str
    holds_signing: bool | None = field(default=None, kw_only=True, metadata=OPTIONAL)


@dataclass(frozen=True)
class Rows:
    """The same questions several times: the codes end in `_1`, `_2`, up to `most`."""

    word: str
    most: int
    only_if: Condition
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Guidance:
    """What somebody else says, read out beside the questions. `version`: edition or date."""

    who: str
    words: str
    version: str
    source: str


@dataclass(frozen=True)
class Line:
    """One line of a folded section: a label, and the answers that stand in it."""

    label: str
    of: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """`facts`: what the record says and nobody types here. `summary`: how it reads once folded."""

    code: str
    title: str
    facts: tuple[str, ...]
    questions: tuple[Question, ...]
    rows: Rows | None
    rules: tuple[Rule, ...]
    guidance: tuple[Guidance, ...] | None = field(default=None, kw_only=True, metadata=OPTIONAL)
    summary: tuple[Line, ...] | None = field(default=None, kw_only=True, metadata=OPTIONAL)

    def asked_at_most(self) -> Iterator[Question]:
        """Every question that may be asked, those of rows once for each row."""
        yield from self.questions
        for number in range(1, self.rows.most + 1) if self.rows else ():
            yield from self.row(number)

    def row(self, number: int) -> Iterator[Question]:
        """The questions of one row, numbered from 1; a condition asks the same row."""
        for question in self.rows.questions if self.rows else ():
            only_if = question.only_if
            if only_if is not None:
                only_if = replace(only_if, about=f"{only_if.about}_{number}")
            yield replace(question, code=f"{question.code}_{number}", only_if=only_if)


class ChecklistError(NotationError):
    """The checklist cannot be used. `problems`: one sentence each, with file and line."""

    null_means = "none"


@dataclass(frozen=True)
class Checklist:
    """All sections of an evaluation, checked."""

    code: str
    title: str
    sections: tuple[Section, ...]

    @staticmethod
    def from_tree(tree: Any, file: str) -> "Checklist":
        """A checklist from nested dict, list and str; raises ChecklistError with every fault."""
        checklist: Checklist = parse(Checklist, tree, file, check_checklist, ChecklistError)
        return checklist

    @cached_property
    def digest(self) -> str:
        """sha256 of the canonical text, in hexadecimal."""
        return canonical.digest(canonical.canonical_text(self))

    def section(self, code: str) -> Section | None:
        """One section by its code."""
        return next((section for section in self.sections if section.code == code), None)

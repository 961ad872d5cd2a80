"""This file is about codes of the outside world: each with its system and how sure we are of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from clinic.notation.rules.parsing import NotationError, parse


class CodesError(NotationError):
    """The list of codes cannot be used. `problems`: one sentence each, with file and line."""

    null_means = "there is no such code"


class Mark(StrEnum):
    """How a code was checked."""

    VERIFIED = "verified"
    SECOND_HAND = "second-hand"
    FROM_KNOWLEDGE = "from-knowledge"
    NOT_VERIFIED = "not-verified"

    @property
    def may_leave(self) -> bool:
        """Whether a file may say it: a code that nobody looked up could mean something else."""
        return self in (Mark.VERIFIED, Mark.SECOND_HAND)


@dataclass(frozen=True)
class Code:
    """`of`: what it stands for here, such as `sign:heart_rate`; `system`: a key of the systems."""

    of: str
    system: str
    code: str | None
    display: str
    mark: Mark
    source: str


@dataclass(frozen=True)
class CodeBook:
    """Every code that leaves. `systems`: key -> its address; "own" is the program's."""

    systems: Mapping[str, str]
    codes: tuple[Code, ...]

    @staticmethod
    def from_tree(tree: Any, file: str) -> "CodeBook":
        """The codes from nested dict, list and str; raises CodesError with every fault."""
        book: CodeBook = parse(CodeBook, tree, file, faults, CodesError)
        return book

    @cached_property
    def by_meaning(self) -> dict[str, tuple[Code, ...]]:
        """What it stands for -> its codes that may leave, the first one first."""
        found: dict[str, tuple[Code, ...]] = {}
        for one in self.codes:
            if one.code is not None and one.mark.may_leave:
                found[one.of] = (*found.get(one.of, ()), one)
        return found

    def of(self, meaning: str) -> tuple[Code, ...]:
        """The codes of something; empty: there is none."""
        return self.by_meaning.get(meaning, ())

    def named(self, meaning: str) -> str | None:
        """A name that the shape of a file needs, whatever its mark; None: there is none."""
        return next((one.code for one in self.codes if one.of == meaning), None)

    def words(self, meaning: str) -> str:
        """The same in words; raises StopIteration."""
        return next(one.display for one in self.codes if one.of == meaning)

    def unit(self, sign: str) -> str:
        """The UCUM code of the unit of a sign; raises KeyError."""
        code = self.by_meaning[f"unit:{sign}"][0].code
        return code or ""

    def with_map(self, more: tuple[Code, ...]) -> "CodeBook":
        """The same with codes that the operator loaded, after ours."""
        return CodeBook(self.systems, self.codes + more)


def faults(parts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with a list of codes that could be read."""
    systems, codes = parts.get("systems", {}), parts.get("codes", ())
    seen = set()
    for n, one in enumerate(codes):
        if one.system not in systems:
            yield f"codes.{n}.system", f"write one of {', '.join(systems)}."
        if (one.of, one.system, one.code) in seen:
            yield f"codes.{n}.of", "this code stands here twice."
        seen.add((one.of, one.system, one.code))

"""This file is about the parts of a wording: every line that is printed, with its score."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from clinic.notation.rules import canonical
from clinic.notation.rules.parsing import Signed


@dataclass(frozen=True)
class WordedAnswer:
    """`score` None: the answer says that this was not assessed."""

    score: Signed | None
    text: str


@dataclass(frozen=True)
class WordedItem:
    """An item by its number, its answers as printed."""

    number: str
    text: str
    answers: tuple[WordedAnswer, ...]


@dataclass(frozen=True)
class Wording:
    """A scale as its owner prints it. `notice`: the source line and notice, exactly as given."""

    scale: str
    version: str
    language: str
    title: str
    stem: str | None
    notice: str
    items: tuple[WordedItem, ...]

    def to_json(self) -> str:
        """Canonical text."""
        return canonical.canonical_text(self)

    @cached_property
    def digest(self) -> str:
        """sha256 of the canonical text, in hexadecimal."""
        return canonical.digest(self.to_json())

    def item(self, number: str) -> WordedItem:
        """The item of that number; raises KeyError."""
        for item in self.items:
            if item.number == number:
                return item
        raise KeyError(number)

    def lines(self) -> Iterator[tuple[str, str]]:
        """(place, text) of every line that is compared with the owner's form, in printed order."""
        yield "Title", self.title
        if self.stem is not None:
            yield "Above the items", self.stem
        for item in self.items:
            yield f"Item {item.number}", item.text
            for answer in item.answers:
                score = "not assessed" if answer.score is None else answer.score
                yield f"Item {item.number}, score {score}", answer.text
        yield "Notice", self.notice

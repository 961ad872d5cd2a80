"""This file is about the kinds of parts that a link may have; a later room adds its own.

A room registers at import: `links.parts.register("check-in", Part(...))`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from clinic.courses.models import Course
from clinic.links.rules import Question

# Question code -> code of the choice or her text; None: skipped. Not there: not reached yet.
Given = Mapping[str, str | None]
# As links.rules.subject_of gives it: ids are text.
About = tuple[str | None, ...]


class Store(Protocol):
    """Writes her answers where they belong, as herself, inside the transaction of her answer.

    Called with `finished=False` at once when an answer asks for support, and with `finished=True`
    when the part is done; so it may be called more than once and must not write a thing twice.
    """

    def __call__(self, course: Course, about: About, given: Given, *, finished: bool) -> None: ...


@dataclass(frozen=True)
class Part:
    """A kind of part: what it asks of her, and where her answers go.

    `why_not`: why it cannot be sent, as a sentence; None: it can.
    """

    title: str
    questions: Callable[[Course, About], Sequence[Question]]
    store: Store
    why_not: Callable[[Course, About], str | None] = lambda _course, _about: None


KINDS: dict[str, Part] = {}


def register(kind: str, part: Part) -> None:
    """Add a kind of part."""
    KINDS[kind] = part

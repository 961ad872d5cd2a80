"""This file is about a question on her phone: one a page, with what may be answered."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a question is answered: by a choice, a text of her own, reading, or typing her name."""

    CHOICE = "choice"
    TEXT = "text"
    READ = "read"
    NAME = "name"


class Support(StrEnum):
    """What an answer asks for at once: somebody to talk to, or the emergency number first."""

    TALK = "talk"
    EMERGENCY = "emergency"


@dataclass(frozen=True)
class Choice:
    """One answer. `support`: the support page comes right after Next."""

    code: str
    words: str
    support: Support | None = None


@dataclass(frozen=True)
class Question:
    """`code` is unique within its part. `stem` stands above `text`, `foot` at the end of the page.

    `body`: paragraphs to read under the heading. `may_skip`: after one gentle ask; `skip`: a button
    of its own for it, in these words, at once. `go`: the words of the main button. `language`: of
    its words; None: that of the page.
    """

    code: str
    text: str
    choices: tuple[Choice, ...] = ()
    kind: Kind = Kind.CHOICE
    stem: str | None = None
    foot: str | None = None
    body: tuple[str, ...] = ()
    may_skip: bool = True
    go: str | None = None
    skip: str | None = None
    language: str | None = None

    def choice(self, code: str | None) -> Choice | None:
        """The choice of a code, or None."""
        return next((one for one in self.choices if one.code == code), None)

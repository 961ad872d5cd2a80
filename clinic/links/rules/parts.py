"""This file is about what a link asks for, and what it is for, as data that can be stored."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from uuid import UUID

SCALE, CHECK_IN, CONSENT = "scale", "check-in", "consent"
# What a link is for: ("followup", "day-7", session_id), ("evaluation", None).
Subject = tuple[str | UUID | None, ...]


@dataclass(frozen=True)
class PartRef:
    """One part of a link. `code`, `form`, `moment`: of a scale; None elsewhere.

    `language`: the one she chose; None: the scale's own.
    """

    kind: str
    code: str | None = None
    form: str | None = None
    moment: str | None = None
    language: str | None = None

    def read_in(self, language: str | None) -> "PartRef":
        """The same in another language. Only a scale has one."""
        return replace(self, language=language) if self.kind == SCALE else self


def parts_to_json(parts: Iterable[PartRef]) -> str:
    """Parts as they are stored."""
    return json.dumps([asdict(part) for part in parts], sort_keys=True)


def parts_from_json(text: str) -> tuple[PartRef, ...]:
    """Stored parts."""
    return tuple(PartRef(**part) for part in json.loads(text))


def subject_key(subject: Subject) -> str:
    """A subject as one text: `followup/day-7/0195…`, `evaluation/`."""
    return "/".join("" if word is None else str(word) for word in subject)


def subject_of(key: str) -> tuple[str | None, ...]:
    """The subject of such a text; an id comes back as text."""
    return tuple(word or None for word in key.split("/"))

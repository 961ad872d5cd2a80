"""This file is about a scale of a clinic's own making: a sum without bands, and never validated."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clinic.instruments.rules.codes import AskedBy
from clinic.instruments.rules.instrument import Instrument

NOT_VALIDATED = "Made by this clinic. Nobody has validated it."
LINE = re.compile(r"(0|[1-9][0-9]?)\s+(\S.*)")
MOST_LINES = 40
OWN = "OWN_"  # no code that comes with the program begins so


@dataclass(frozen=True)
class OwnFacts:
    """What a clinic says of its scale. `recall_hours` None: it asks about now.

    `answers`: (score, words) in the order in which they are offered, the same for every item.
    """

    name: str
    title: str
    stem: str | None
    items: tuple[str, ...]
    answers: tuple[tuple[int, str], ...]
    recall_hours: int | None
    recall_words: str
    by: AskedBy


def own_code(name: str) -> str:
    """The code of a scale of that name; it clashes with none that comes with the program."""
    return f"{OWN}{re.sub(r'[^A-Z0-9]+', '_', name.upper()).strip('_')}"[:40]


def lines_of(typed: str | None) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in (typed or "").splitlines() if line.strip()]


def answers_in(typed: str | None) -> list[tuple[int, str]]:
    """(score, words) of lines such as `0 Not at all`. Raises ValueError with a sentence."""
    found = []
    for number, line in enumerate(lines_of(typed), 1):
        match = LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"Line {number}: write a score from 0 to 99, a space, and the words.")
        found.append((int(match[1]), match[2]))
    scores = [score for score, _ in found]
    if len(found) < 2 or len(scores) != len(set(scores)):
        raise ValueError("Write at least two answers, each with a score of its own.")
    return found


def own_scale(facts: OwnFacts, clinic: str, n: int) -> Instrument:
    """Version `n` of a scale as its clinic made it. Raises InstrumentError."""
    return Instrument.from_tree(tree_of(facts, clinic, n), "The scale")


def tree_of(facts: OwnFacts, clinic: str, n: int) -> dict[str, Any]:
    """The scale as it would stand in a file."""
    numbers = [str(number) for number, _ in enumerate(facts.items, 1)]
    own = {
        "code": own_code(facts.name),
        "name": facts.name,
        "title": facts.title,
        "version": str(n),
        "stem": facts.stem,
        "forms": [form(facts, clinic)],
        "options": {"answers": [option(score, words) for score, words in facts.answers]},
        "items": [item(number, text) for number, text in zip(numbers, facts.items, strict=True)],
        "scoring": scoring(numbers, [score for score, _ in facts.answers], clinic),
        "not_validated": NOT_VALIDATED,
    }
    return EMPTY | ownership(facts, clinic) | own


def ownership(facts: OwnFacts, clinic: str) -> dict[str, Any]:
    """Whose words it is, and who answers it."""
    needs_staff = str(facts.by is not AskedBy.PATIENT).lower()
    return {
        "owner": clinic,
        "licence": {"status": "free", "note": f"Own words of {clinic}.", "checked": "own"},
        "citation": clinic,
        "administered": {"by": str(facts.by), "needs_staff": needs_staff, "source": clinic},
    }


def form(facts: OwnFacts, clinic: str) -> dict[str, Any]:
    """The one printed form, with how far it looks back."""
    fixed = facts.recall_hours is not None
    hours = str(facts.recall_hours) if fixed else None
    return {
        "code": "standard",
        "title": "Standard",
        "recall": {
            "kind": "fixed" if fixed else "now",
            "hours": hours,
            "words": facts.recall_words,
        },
        "order": None,
        "moments": [],
        "source": clinic,
    }


def option(score: int, words: str) -> dict[str, Any]:
    """One answer."""
    return {"score": str(score), "label": words, "loinc": None}


def item(number: str, text: str) -> dict[str, Any]:
    """One question."""
    rest = {"topic": None, "options": "answers", "reversed": "false", "loinc": None}
    return {"number": number, "text": text} | rest


def scoring(numbers: Sequence[str], scores: Sequence[int], clinic: str) -> dict[str, Any]:
    """The plain sum."""
    low, high = (str(edge(scores) * len(numbers)) for edge in (min, max))
    return {
        "range": {"from": low, "to": high},
        "terms": [{"operator": "each", "items": list(numbers)}],
        "either": [],
        "missing": "all-required",
        "source": clinic,
    }


EMPTY: dict[str, Any] = {
    "edition": None,
    "status": "Made by the clinic, not approved by anybody else",
    "language": "en",
    "text_reproducible": "true",
    "direction": "higher-worse",
    "loinc": {"panel": None, "total": None, "note": None},
    "answers_are": "scores",
    "method": "sum",
    "triage": [],
    "trial_list": None,
    "severity_for_remission": None,
    "smallest_change": None,
} | {
    name: []
    for name in (
        *("skip", "not_applicable", "fixed", "subscores", "band_sets", "cut_offs", "safety"),
        *("response", "remission", "notes"),
    )
}

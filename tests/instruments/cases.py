"""This file is about the vectors: answers of every scale, and what they amount to.

They were worked out from the published rules, not with the code they try. One row is one use.
Answers stand in the order of the items: `.` is skipped, NA not applicable, NR not assessed.
"""

import csv
from pathlib import Path

from clinic.instruments.library import library_instruments
from clinic.instruments.rules import Instrument, Method, NoScore, SafetyFinding

FOLDER = Path(__file__).parent / "vectors"
LIBRARY = library_instruments()
WORDS = {"NA": NoScore.NOT_APPLICABLE, "NR": NoScore.NOT_ASSESSED}

Row = dict[str, str]


def by_method(method: Method) -> dict[str, Instrument]:
    """The scales that are scored in this way, by code."""
    return {code: scale for code, scale in LIBRARY.items() if scale.method is method}


def rows_of(code: str) -> list[Row]:
    """The vectors of one scale."""
    with (FOLDER / f"{code}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def all_rows(method: Method) -> list[tuple[str, Row]]:
    """Code and vector, of every scale that is scored in this way."""
    return [(code, row) for code in by_method(method) for row in rows_of(code)]


def name_of(value: object) -> str | None:
    """What pytest prints for a vector."""
    return value["case"] if isinstance(value, dict) else None


def answers_of(scale: Instrument, text: str) -> dict[str, int | NoScore]:
    """Answers by item number from `0 3 . NA`."""
    written = dict(zip((item.number for item in scale.items), text.split(" "), strict=True))
    return {n: WORDS.get(word) or int(word) for n, word in written.items() if word != "."}


def lowest(scale: Instrument, **others: int) -> dict[str, int | NoScore]:
    """The lowest score everywhere, but `i10=2` for item 10."""
    pairs = [] if scale.scoring is None else scale.scoring.either
    left_out = {pair[-1] for pair in pairs} | {rule.item for rule in scale.fixed}
    answers: dict[str, int | NoScore] = {
        item.number: min(scale.scores_of(item.number))
        for item in scale.items
        if item.number not in left_out
    }
    return answers | {name.removeprefix("i"): score for name, score in others.items()}


def written(findings: tuple[SafetyFinding, ...]) -> str:
    """`10:review 12:skipped`, as the vectors have it."""
    return " ".join(f"{f.item}:{'skipped' if f.skipped else f.level}" for f in findings)

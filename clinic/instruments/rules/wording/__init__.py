"""This package is about the wording of a scale that a clinic loads: its lines, and its fit."""

from clinic.instruments.rules.wording.empty import empty_file
from clinic.instruments.rules.wording.fitting import (
    LONGEST,
    needed_items,
    worded,
    wording_problems,
)
from clinic.instruments.rules.wording.parts import WordedAnswer, WordedItem, Wording
from clinic.instruments.rules.wording.reading import WordingError, read_wording, stored_wording

__all__ = [
    "LONGEST",
    "WordedAnswer",
    "WordedItem",
    "Wording",
    "WordingError",
    "empty_file",
    "needed_items",
    "read_wording",
    "stored_wording",
    "worded",
    "wording_problems",
]

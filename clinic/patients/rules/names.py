"""This file is about names: how they are searched, and when two are nearly the same."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST_SEARCH = 100

# Letters that Unicode does not take apart into a letter and an accent.
WHOLE_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


def folded(text: str) -> str:
    """A name without accents, case and marks: `Åse  O’Neill` -> `ase oneill`."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    joined = re.sub(r"['’`ʼ.]", "", bare.translate(WHOLE_LETTERS))
    return " ".join(re.sub(r"[\s,;_-]+", " ", joined).split())


def name_key(given_name: str, family_name: str) -> str:
    """What a patient is found and sorted by: family name first."""
    return folded(f"{family_name} {given_name}")


def searchable(typed: str) -> str:
    """What is searched for: trimmed, nothing that cannot be seen, the first 100 characters."""
    seen = "".join(letter for letter in typed if letter.isprintable() or letter.isspace())
    return " ".join(seen.split())[:LONGEST_SEARCH].strip()


def has_letter(text: str) -> bool:
    """Whether a name holds at least one letter of any script."""
    return any(letter.isalpha() for letter in text)


def slips_forgiven(word: str) -> int:
    """How many slips of the keyboard are forgiven: none below 4 letters, one below 8, else two."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def nearest(word: str, vocabulary: Iterable[str]) -> set[str]:
    """The words that are this one but for the slips forgiven; it may also be their beginning."""
    slips = slips_forgiven(word)
    return {
        other
        for other in vocabulary
        if word in other
        or (abs(len(other) - len(word)) <= slips and slips_between(word, other, slips) <= slips)
    }


def slips_between(one: str, other: str, most: int) -> int:
    """Letters added, left out, changed or swapped with a neighbour (optimal string alignment).

    Stops as soon as the answer must be above `most`, and then returns `most + 1`.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and against == one[i - 2]:
                best = min(best, older[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]

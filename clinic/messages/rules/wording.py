"""This file is about the words of a message: neutral for whoever sees the phone."""

import re

# Parts of words that tell a stranger what she is treated for, or that she is treated at all.
TELLING = (
    "antenat",
    "anxi",
    "birth",
    "clinic",
    "depress",
    "diagnos",
    "doctor",
    "dose",
    "drug",
    "health",
    "hospital",
    "infant",
    "ketamin",
    "maternal",
    "matern",
    "medic",
    "mental",
    "midwi",
    "mother",
    "obstet",
    "patient",
    "perinat",
    "postnat",
    "postpart",
    "psych",
    "scale",
    "session",
    "suicid",
    "symptom",
    "therap",
    "treat",
    "ward",
    "women",
)
WORD = re.compile(r"[^\W\d_]+")
ADDRESS = re.compile(r"https?://\S+")


def health_words(text: str) -> list[str]:
    """The words of a text that tell why she hears from us; addresses of pages are not words."""
    words = WORD.findall(ADDRESS.sub(" ", text))
    return [word for word in words if any(part in word.casefold() for part in TELLING)]


def written(text: str, sender: str | None) -> str:
    """A message as it goes out, with the neutral name that the clinic gave itself."""
    return f"{text}\n{sender}" if sender else text

"""This file is about what may be said of a mother and her infants: codes, names to search by, dates that fit."""

import unicodedata
from enum import StrEnum


class Feeding(StrEnum):
    """How an infant is fed. No code at all: nobody has asked yet."""

    BREAST = "breast"
    MIXED = "mixed"
    EXPRESSED = "expressed"
    FORMULA = "formula"
    NOT_FEEDING = "not-feeding"

    @property
    def gives_milk(self) -> bool:
        """Whether the mother's own milk reaches the infant."""
        return self in (Feeding.BREAST, Feeding.MIXED, Feeding.EXPRESSED)


class AllergyAnswer(StrEnum):
    """What was answered when allergies were asked for. No code at all: nobody has asked yet."""

    NONE_KNOWN = "none-known"
    LISTED = "listed"


def folded(text: str) -> str:
    """A name as it is searched: no accents, no case, one space between words. `Åsa  Óde` -> `asa ode`."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(kept.split())

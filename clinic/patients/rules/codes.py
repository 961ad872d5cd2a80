"""This file is about what is said of a mother and her infants, and the codes it is said in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Feeding(StrEnum):
    """How an infant is fed. No code at all: nobody has asked yet."""

    BREAST = "breast"
    MIXED = "mixed"
    EXPRESSED = "expressed"
    FORMULA = "formula"
    NOT_FEEDING = "not-feeding"


class AllergyAnswer(StrEnum):
    """What was answered when allergies were asked for. No code at all: nobody has asked yet."""

    NONE_KNOWN = "none-known"
    LISTED = "listed"


class ContactBy(StrEnum):
    """How she agreed to be written to, or that she does not. No code at all: nobody has asked."""

    SMS = "sms"
    EMAIL = "email"
    NOT_AT_ALL = "not-at-all"


HER_MILK = frozenset({Feeding.BREAST, Feeding.MIXED, Feeding.EXPRESSED})


def gives_milk(answers: Iterable[Feeding | None]) -> bool | None:
    """Whether any of her infants has her milk. None: not known of any, and not asked of all."""
    known = list(answers)
    if any(answer in HER_MILK for answer in known):
        return True
    return False if known and None not in known else None


@dataclass(frozen=True)
class Particulars:
    """What a clinic writes down of a woman; None is "not asked" everywhere.

    `allergies` is text exactly when `allergy_answer` is "listed". `timezone`: hers, such as
    `Europe/Lisbon`; None: the clinic's.
    """

    number: str
    given_name: str
    family_name: str
    born_on: date
    gave_birth_on: date | None = None
    gravida: int | None = None
    para: int | None = None
    allergy_answer: AllergyAnswer | None = None
    allergies: str | None = None
    phone: str | None = None
    email: str | None = None
    contact_by: ContactBy | None = None
    timezone: str | None = None


@dataclass(frozen=True)
class InfantParticulars:
    """What a clinic writes down of an infant; a newborn is not always named yet."""

    given_name: str | None
    born_on: date
    feeding: Feeding | None = None

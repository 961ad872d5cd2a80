"""This file is about what is written down of a course: diagnosis, onset, birth, medicines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clinic.courses.rules.codes import BirthMode, DrugClass, Onset

LONGEST_PREGNANCY_WEEKS = 45  # an entry check
ONSET = {
    Onset.PREGNANCY: ("began in pregnancy", "week {} of pregnancy"),
    Onset.AFTER_BIRTH: ("began after the birth", "week {} after the birth"),
    Onset.UNKNOWN: ("onset not known", ""),
}


@dataclass(frozen=True)
class Particulars:
    """Diagnosis, onset and birth. None: not asked yet.

    `onset_week`: week of pregnancy, or week after the birth, from 1.
    """

    diagnosis_code: str | None = None
    diagnosis_text: str | None = None
    onset: Onset | None = None
    onset_week: int | None = None
    gestation_weeks: int | None = None
    birth_mode: BirthMode | None = None
    birth_complications: str | None = None


@dataclass(frozen=True)
class MedicationFacts:
    """One medicine beside the treatment. None: start not known, still taken, dose not known.

    `stop_unclear`: nobody knows whether she still takes it; it counts as taken until she is asked.
    """

    drug: str
    drug_class: DrugClass
    dose: str | None = None
    started_on: date | None = None
    stopped_on: date | None = None
    note: str | None = None
    stop_unclear: bool = False


def delivery_of(
    opened_on: date, gave_birth_on: date | None, infants_born_on: Iterable[date]
) -> date | None:
    """The birth before a course opened: as the chart says; for an older course, an infant's.

    The chart holds one delivery, the newest. None when no birth before the course is on record.
    """
    if gave_birth_on is not None and gave_birth_on <= opened_on:
        return gave_birth_on
    return max((born_on for born_on in infants_born_on if born_on <= opened_on), default=None)


def fault_of_weeks(onset: Onset | None, week: int | None) -> str | None:
    """Why a week of onset cannot be, as a sentence; None when it can."""
    if week is None:
        return None
    if onset not in (Onset.PREGNANCY, Onset.AFTER_BIRTH):
        return "Choose when it began, or empty this week."
    if onset is Onset.PREGNANCY and week > LONGEST_PREGNANCY_WEEKS:
        return f"Enter a week of pregnancy, at most {LONGEST_PREGNANCY_WEEKS}."
    return None


def narrative(facts: Particulars) -> str:
    """The line under her name: diagnosis and onset, the birth. What was not asked is left out."""
    sentences = [diagnosis(facts), birth(facts), facts.birth_complications or ""]
    return " ".join(sentence.rstrip(". ") + "." for sentence in sentences if sentence)


def diagnosis(facts: Particulars) -> str:
    """`Depression with peripartum onset (F53.0), from week 16 of pregnancy`."""
    named = facts.diagnosis_text or ""
    if facts.diagnosis_code:
        named = f"{named} ({facts.diagnosis_code})" if named else facts.diagnosis_code
    if facts.onset is None:
        return named
    words, week = ONSET[facts.onset]
    began = f"from {week.format(facts.onset_week)}" if facts.onset_week and week else words
    return f"{named}, {began}" if named else began.capitalize()


def birth(facts: Particulars) -> str:
    """`Caesarean birth at 39 weeks`."""
    known = facts.birth_mode not in (None, BirthMode.UNKNOWN)
    words = f"{facts.birth_mode} birth".capitalize() if known else "Birth"
    if facts.gestation_weeks is None:
        return words if known else ""
    return f"{words} at {facts.gestation_weeks} weeks"

"""This file is about what a clinic may do with the wording of a scale, on a day.

A scale whose owner lets everybody show it comes with its wording. Any other stays a skeleton, with
numbers and topics of ours, until evidence is on file, the wording is loaded, and a second person
has compared it line by line. All is computed from the day, so evidence that ends ends by itself.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clinic.instruments.rules.codes import AskedBy
from clinic.instruments.rules.instrument import Instrument

SOON_DAYS = 30
LANGUAGES = {
    "ar": "Arabic",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "hi": "Hindi",
    "hu": "Hungarian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "so": "Somali",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


class Medium(StrEnum):
    """Where wording may stand."""

    PAPER = "paper"
    SCREEN = "screen"
    PHONE = "phone"
    LETTERS = "letters"


class EvidenceKind(StrEnum):
    """What was put on file: that the owner was asked, what the owner allows, that it is no more."""

    ASKED = "asked"
    ON_FILE = "on-file"
    WITHDRAWN = "withdrawn"


class EvidenceState(StrEnum):
    NOT_NEEDED = "not-needed"
    NONE = "none"
    ASKED = "asked"
    ON_FILE = "on-file"
    ENDS_SOON = "ends-soon"
    ENDED = "ended"


class WordingState(StrEnum):
    SKELETON = "skeleton"
    SECOND_CHECK = "second-check"
    LOADED = "loaded"


@dataclass(frozen=True)
class Evidence:
    """What the owner allows. `ends_on` is the last day, None: no end is stated.

    `translation`: where the validation of a translation was published.
    """

    ends_on: date | None
    covers: frozenset[Medium]
    translation: str | None


@dataclass(frozen=True)
class Registration:
    """A scale in one language on one day.

    `evidence`: what is on file and was not withdrawn. `compared`: wording is loaded and a second
    person found it the same; `waiting`: the newest is not compared yet.
    """

    scale: Instrument
    language: str
    today: date
    evidence: Evidence | None = None
    asked_on: date | None = None
    compared: bool = False
    waiting: bool = False
    retired: bool = False

    @property
    def shipped(self) -> bool:
        """Whether the wording comes with the program."""
        return self.scale.text_reproducible and self.language == self.scale.language

    @property
    def evidence_state(self) -> EvidenceState:
        """What stands in the column of evidence."""
        if self.shipped:
            return EvidenceState.NOT_NEEDED
        if self.evidence is None:
            return EvidenceState.ASKED if self.asked_on else EvidenceState.NONE
        days = self.days_left
        if days is None or days > SOON_DAYS:
            return EvidenceState.ON_FILE
        return EvidenceState.ENDED if days < 0 else EvidenceState.ENDS_SOON

    @property
    def days_left(self) -> int | None:
        """Days until the last day of the evidence, negative after it; None: no end."""
        if self.evidence is None or self.evidence.ends_on is None:
            return None
        return (self.evidence.ends_on - self.today).days

    @property
    def has_evidence(self) -> bool:
        """Whether anything allows wording here today."""
        here = (EvidenceState.NOT_NEEDED, EvidenceState.ON_FILE, EvidenceState.ENDS_SOON)
        return self.evidence_state in here

    @property
    def wording_state(self) -> WordingState:
        """What stands in the column of wording."""
        if self.shipped:
            return WordingState.LOADED
        if not self.has_evidence:
            return WordingState.SKELETON
        if self.compared:
            return WordingState.LOADED
        return WordingState.SECOND_CHECK if self.waiting else WordingState.SKELETON

    @property
    def scored(self) -> bool:
        """A translation that nobody validated is another scale: a note for staff, never scored."""
        own = self.language == self.scale.language
        return own or bool(self.evidence and self.evidence.translation)

    def why_not(self, medium: Medium) -> str | None:
        """Why the wording may not stand there today, as a sentence; None: it may."""
        if medium == Medium.PHONE and (reason := why_never_on_a_phone(self.scale)):
            return reason
        return None if self.shipped else self._why_not_shown(medium)

    def _why_not_shown(self, medium: Medium) -> str | None:
        name = f"{self.scale.name} in {language_name(self.language)}"
        if not self.has_evidence or self.evidence is None:
            return self._why_no_evidence(name)
        if medium not in self.evidence.covers:
            return f"The licence evidence of {name} does not cover {COVERED[medium]}."
        if not self.scored:
            return f"No validated translation of {name} is on file, so it is never scored."
        if self.wording_state is WordingState.SECOND_CHECK:
            return f"The wording of {name} waits for a second person to compare it."
        if self.wording_state is WordingState.SKELETON:
            return f"The wording of {name} is not loaded."
        return None

    def _why_no_evidence(self, name: str) -> str:
        if self.evidence is not None and self.evidence.ends_on is not None:
            return f"The licence evidence of {name} ended on {day(self.evidence.ends_on)}."
        if self.asked_on is not None:
            asked = f"{name}: its owner was asked on {day(self.asked_on)}"
            return f"{asked}; no evidence is on file yet."
        return f"No licence evidence of {name} is on file."


COVERED = {
    Medium.PAPER: "paper",
    Medium.SCREEN: "the staff screen",
    Medium.PHONE: "a phone",
    Medium.LETTERS: "copies in letters",
}


def why_never_on_a_phone(scale: Instrument) -> str | None:
    """Why no licence could open a scale to phones (definitions D7.5), or None."""
    if scale.administered.needs_staff:
        return f"{scale.name} is asked by staff, in a call or a visit, never on her phone."
    if scale.administered.by is not AskedBy.PATIENT:
        return f"{scale.name} is not answered by herself, so never on her phone."
    return None


def language_name(code: str) -> str:
    """A language in words."""
    return LANGUAGES.get(code, code)


def day(on: date) -> str:
    """`2 Mar 2026`."""
    return f"{on.day} {on:%b %Y}"

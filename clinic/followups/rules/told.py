"""This file is about side effects that she told of in a follow-up, as other rooms show them."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from clinic.followups.rules.answers import BLADDER, Answers
from clinic.followups.rules.codes import Amount
from clinic.protocols.rules import Severity

OTHER = "other"
BLADDER_WORDS = "Bladder symptoms"


@dataclass(frozen=True)
class Symptom:
    """One side effect that was there. `typed`: what was written beside it."""

    term: str
    words: str
    severity: Severity
    typed: str | None = None


@dataclass(frozen=True)
class Told:
    """A side effect since the contact before, as it now stands. When it began is not known.

    `contact_id` is that of the first version. `session_id`: the dose that the contact asks about,
    else the last dose before it; None without any. `moment`: the follow-up in words.
    """

    contact_id: uuid.UUID
    session_id: uuid.UUID | None
    code: str
    moment: str
    at: datetime
    symptom: Symptom
    author_id: uuid.UUID
    corrected: bool


def symptoms(answers: Answers, terms: Mapping[str, str]) -> Iterator[Symptom]:
    """What was there; "none" is no side effect. `terms`: code of a side effect -> its words."""
    for code, amount in answers.effects.items():
        if amount is not Amount.NONE:
            typed = answers.other_effect if code == OTHER else None
            words = typed or terms.get(code, code)
            yield Symptom(code, words, Severity(amount.value), typed)
    if answers.bladder not in (None, Amount.NONE):
        yield Symptom(BLADDER, BLADDER_WORDS, Severity(answers.bladder.value))

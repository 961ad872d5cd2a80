"""This file is about letters: what may stand in one, and how a text is filled from the record.

A text of the clinic is plain words with {names}. Nothing in it is ever run; what is typed into a
record can bring no name of its own, because a text is gone through once.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clinic.integration.rules.codes import Recipient

NAME = re.compile(r"\{([^{}]*)\}")
ADDED = "added"
NOTHING = "not on record"
SILENT = {"agreed_pause"}  # not breastfeeding: nothing is said of a pause (definitions D5.3)

OF_ANY = {
    "clinic": "name of the clinic",
    "clinic_phone": "its phone number",
    "today": "date of the letter",
    "signer": "who signs",
    "recipient": "name of the recipient",
    "place": "where the recipient works",
    ADDED: "sentences added by hand",
}
OF_INFANT = {
    "infants": "names and dates of birth of the infants",
    "infant_ages": "their ages",
    "infant_weights": "their weights with dates",
    "infant_feeding": "how they are fed",
}
OF_MOTHER = {
    "patient_name": "her name",
    "born_on": "her date of birth",
    "number": "her number in the clinic",
    "postpartum": "time since the birth",
    "diagnosis": "diagnosis and onset",
    "treatment": "the protocol of her course",
    "doses": "how many doses, first and last",
    "last_dose": "the last dose",
    "blood_pressure": "blood pressure before and at most in the last session",
    "scores": "totals of scales, first and last",
    "medicines": "medicines she takes",
    "other_treatment": "other treatments by name, without their content",
    "agreed_pause": "the agreed pause after the last dose",
    "next_dose": "the next planned dose",
}

# In pieces, so that this file itself says no such sentence.
FEEDING = r"\b(?:breast\w*|milk|feed|feeds|feeding|fed|nursing|lactat\w*)\b"
PERMISSION = (
    r"\b(?:resum\w*|again|safe|safely|ok(?:ay)?|all right|cleared|may now|can now|free to"
    r"|restart\w*|continue)\b"
)
NEAR = r"[^.!?\n]{0,80}?"
FORBIDDEN = re.compile(f"{FEEDING}{NEAR}{PERMISSION}|{PERMISSION}{NEAR}{FEEDING}", re.IGNORECASE)
FEEDING_WORD = re.compile(FEEDING, re.IGNORECASE)
TIME = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
AGREED = re.compile(r"agreed pause end(?:s|ed)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A piece of a letter. `by_hand`: somebody typed it for this letter alone."""

    text: str
    by_hand: bool = False


def allowed(recipient: Recipient) -> dict[str, str]:
    """Name -> what it stands for, in a letter to a recipient. Of infants only, to paediatrics."""
    if recipient is Recipient.PAEDIATRICS:
        return OF_ANY | OF_INFANT
    return OF_ANY | OF_MOTHER | OF_INFANT


def faults_of_text(recipient: Recipient, body: str) -> Iterator[str]:
    """Why a text cannot be published, a sentence each."""
    known = allowed(recipient)
    for name in dict.fromkeys(NAME.findall(body)):
        if name not in known and name in OF_MOTHER:
            yield f"{{{name}}} is about the mother: a letter to paediatrics is about infants only."
        elif name not in known:
            yield f"{{{name}}} stands for nothing. Choose from the list below."
    if "{" in NAME.sub("", body) or "}" in NAME.sub("", body):
        yield "A brace is open or alone. Write names as {clinic}."
    yield from faults_of_sentences(body)


def faults_of_sentences(text: str) -> Iterator[str]:
    """Nothing says, or gives a time, when feeding is all right (definitions D5.3)."""
    for sentence in re.split(r"(?<=[.!?])\s+|\n", text):
        timed = FEEDING_WORD.search(sentence) and TIME.search(sentence)
        if FORBIDDEN.search(sentence) or (timed and not AGREED.search(sentence)):
            yield f"Of feeding say only “Agreed pause ends HH:MM”: {sentence.strip()}"


def filled(body: str, values: Mapping[str, str], added: str | None) -> list[Part]:
    """The letter in pieces. Sentences added by hand stand where the text says, else at its end."""
    parts: list[Part] = []
    for n, piece in enumerate(NAME.split(body)):
        if n % 2 == 0:
            parts.append(Part(piece))
        elif piece == ADDED:
            parts += [Part(added, by_hand=True)] if added else []
        elif piece in SILENT and not values.get(piece):
            continue
        else:
            parts.append(Part(values.get(piece) or NOTHING))
    if added and f"{{{ADDED}}}" not in body:
        parts += [Part("\n\n"), Part(added, by_hand=True)]
    if not added:
        return [Part(re.sub(r"\n{3,}", "\n\n", "".join(part.text for part in parts)))]
    return [part for part in parts if part.text]


def whole(parts: list[Part]) -> str:
    """What is sent: nothing is marked in it."""
    return re.sub(r"\n{3,}", "\n\n", "".join(part.text for part in parts)).strip()


def seen_of(body: str, values: Mapping[str, str]) -> str:
    """What a preview showed, in one word: text and the values that stand in it."""
    used = {name: values.get(name) for name in NAME.findall(body)}
    return hashlib.sha256(json.dumps([body, used], sort_keys=True).encode()).hexdigest()

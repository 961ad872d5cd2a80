"""This file is about consent: its wording, whom it binds to which wording, until when."""

import hashlib
import string
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from clinic.patients.rules import folded

NAMES = ("mother", "clinic", "protocol")


class Act(StrEnum):
    """What a signed version of the consent document says."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class Talk(StrEnum):
    """The three talks that come before her signature."""

    TREATMENT = "treatment"
    BREASTFEEDING = "breastfeeding"
    SESSION_DAYS = "session-days"


TALKS = {
    Talk.TREATMENT: "Treatment, its risks, that it is not approved for this, and other choices",
    Talk.BREASTFEEDING: "Breastfeeding: what is known and what is not, the label and other advice",
    Talk.SESSION_DAYS: "Session days: escort, no driving until the next day, who has the baby",
}


@dataclass(frozen=True)
class Wording:
    """One version of a consent text: which treatment it is for, and all its words."""

    code: str
    n: int
    title: str
    digest: str


@dataclass(frozen=True)
class Held:
    """One talk: about what, on which day, with whom."""

    talk: Talk
    held_on: date
    with_name: str
    with_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Consent:
    """Her consent to one course as it was last signed, against the wording in force now.

    `text` is what she read, word for word; `in_force` is None when the clinic has no wording.
    `unchanged`: whether the signature still belongs to what is stored. `how`: where and how she
    signed; `by_link`: on her own phone, without a witness; `drawing`: its path, "" when typed.
    """

    wording: Wording
    text: str
    mother_name: str
    talks: tuple[Held, ...]
    given_at: datetime
    witness_name: str
    in_force: Wording | None
    unchanged: bool
    how: str = ""
    by_link: bool = False
    drawing: str = ""
    withdrawn_on: date | None = None
    withdrawn_at: datetime | None = None
    withdrawal_reason: str | None = None

    @property
    def withdrawn(self) -> bool:
        """Whether she took it back."""
        return self.withdrawn_on is not None

    @property
    def valid(self) -> bool:
        """Whether she consents, to the wording that is in force."""
        return self.why_not is None

    @property
    def why_not(self) -> str | None:
        """Why this consent does not hold, as a sentence; None when it does."""
        if not self.unchanged:
            return "The stored consent is not the one that was signed."
        if self.withdrawn_on is not None:
            return f"Consent was withdrawn on {self.withdrawn_on:%d %b %Y}."
        if self.in_force is None or self.in_force.digest != self.wording.digest:
            return (
                f"She agreed to version {self.wording.n} of the wording, which is not in force."
                " Ask her with the wording in force."
            )
        return None


NO_CONSENT = "She has not signed a consent yet."


def digest_of(title: str, body: str) -> str:
    """SHA-256 in hex over a title and a body; the border between them counts."""
    return hashlib.sha256(f"{len(title)}\n{title}\n{body}".encode()).hexdigest()


def rendered(title: str, body: str, names: Mapping[str, str]) -> str:
    """The text she reads: `$mother`, `$clinic` and `$protocol` replaced."""
    return f"{title}\n\n{string.Template(body).substitute(names)}"


def faults_of_body(body: str) -> Iterator[str]:
    """What keeps a body from being rendered, as sentences."""
    template = string.Template(body)
    if not template.is_valid():
        yield "A $ stands alone. Write $$ for the sign itself."
    for name in template.get_identifiers():
        if name not in NAMES:
            yield f"${name} is not known. Use only {', '.join('$' + known for known in NAMES)}."


def is_her_name(typed: str, name: str) -> bool:
    """Whether every word of her name on the chart stands in what was typed."""
    return bool(name.strip()) and set(folded(name).split()) <= set(folded(typed).split())

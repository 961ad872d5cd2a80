"""This file is about which words may be shown today, and where: on the screen, on her phone."""

from collections.abc import Iterable
from dataclasses import dataclass

from clinic.instruments.models import QuestionnaireResponse
from clinic.instruments.queries.registry import (
    Registered,
    content_of,
    register,
    registered,
    wordings_of,
)
from clinic.instruments.rules import Instrument
from clinic.instruments.rules.licences import Medium
from clinic.instruments.rules.wording import Wording, worded


@dataclass(frozen=True)
class Phone:
    """Whether a scale may be answered on her phone; `reason` says in a sentence why not."""

    reason: str | None

    @property
    def allowed(self) -> bool:
        """Whether it may."""
        return self.reason is None


@dataclass(frozen=True)
class Shown:
    """A scale with the words that may stand there: `scale.stem`, `scale.item(n).text`, labels of
    `scale.options_of(n)`. `notice` and `citation` are printed under it exactly as they are.

    `wording_digest`: of the loaded wording; None: it comes with the program.
    """

    scale: Instrument
    language: str
    notice: str
    citation: str
    wording_digest: str | None


def may_go_to_phone(code: str, version: str | None = None, language: str | None = None) -> Phone:
    """Whether a scale may be answered on her phone today, else why not.

    None: the version in use, the scale's own language.
    """
    found = registered(code, language)
    if found is None:
        return Phone(f"There is no scale {code}.")
    if version not in (None, found.scale.version):
        return Phone(f"Version {version} of {found.scale.name} is not the one in use.")
    return Phone(found.registration.why_not(Medium.PHONE))


def shown(
    code: str,
    version: str | None = None,
    language: str | None = None,
    medium: Medium = Medium.SCREEN,
) -> Shown | None:
    """The scale with the words that may stand on a medium today; None for a skeleton there."""
    found = registered(code, language)
    if found is None or version not in (None, found.scale.version):
        return None
    if found.registration.why_not(medium) is not None:
        return None
    return shipped(found.scale) if found.registration.shipped else loaded(found)


def shipped(scale: Instrument) -> Shown:
    """A scale that comes with its wording."""
    return Shown(scale, scale.language, scale.licence.note, scale.citation, None)


def loaded(found: Registered) -> Shown | None:
    """A scale with the wording in force."""
    if found.in_force is None:
        return None
    wording = content_of(found.in_force)
    scale = worded(found.scale, wording)
    about = (wording.language, wording.notice, scale.citation, found.in_force.digest)
    return Shown(scale, *about)


def scales_on_screen() -> dict[str, Instrument]:
    """Every scale by its code, in the words that may stand on the screen of staff today."""
    own = (row for row in register() if row.registration.language == row.scale.language)
    return {row.scale.code: in_words(row, Medium.SCREEN) for row in own}


def languages_of(code: str, medium: Medium = Medium.SCREEN) -> list[str]:
    """The languages in which the words of a scale may stand on a medium today, its own first."""
    return [
        row.registration.language
        for row in register(code)
        if row.registration.why_not(medium) is None
    ]


def in_words(row: Registered, medium: Medium) -> Instrument:
    """The scale of a line in the words that may stand on a medium, else as a skeleton."""
    if row.registration.shipped or row.registration.why_not(medium) is not None:
        return row.scale
    words = loaded(row)
    return words.scale if words else row.scale


def words_read(rows: Iterable[QuestionnaireResponse]) -> dict[str, Wording]:
    """The loaded wordings that were read, by digest, where they may stand on the screen today."""
    used = {row.wording_digest: row for row in rows if row.wording_digest}
    allowed = [digest for digest, row in used.items() if on_the_screen(row)]
    return {row.digest: content_of(row) for row in wordings_of(allowed)}


def on_the_screen(row: QuestionnaireResponse) -> bool:
    """Whether the words of a scale that was answered may stand on the screen of staff today."""
    found = registered(row.instrument_code, row.language)
    return found is not None and found.registration.why_not(Medium.SCREEN) is None

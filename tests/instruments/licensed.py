"""This file is about licences for tests: wording of our own making, evidence, comparisons.

The words are invented for the tests. No line of a real scale stands here.
"""

from datetime import date
from typing import Any

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import new_id
from clinic.instruments.models import (
    LicenceEvidence,
    ScaleRetirement,
    ScaleWording,
    WordingComparison,
)
from clinic.instruments.rules import Instrument
from clinic.instruments.rules.licences import Evidence, EvidenceKind, Medium, Registration
from clinic.instruments.rules.wording import WordedAnswer, WordedItem, Wording, needed_items
from tests.factories import kept

TODAY = date(2026, 3, 12)
EVERYWHERE = frozenset(Medium)


def invented(scale: Instrument, language: str = "en", **given: Any) -> Wording:
    """A wording of the shape of a scale, with words of our own."""
    items = tuple(
        WordedItem(
            number=item.number,
            text=f"Invented sentence {item.number}",
            answers=tuple(
                WordedAnswer(option.score, f"invented answer {option.score}")
                for option in scale.options_of(item.number)
            ),
        )
        for item in needed_items(scale)
    )
    values: dict[str, Any] = {
        "scale": scale.code,
        "version": scale.version,
        "language": language,
        "title": "Invented title",
        "stem": "Invented question",
        "notice": "(c) An invented owner. Shown with permission.",
        "items": items,
    }
    return Wording(**values | given)


def registration(scale: Instrument, **given: Any) -> Registration:
    """A scale of which everything is on file and compared, valid to the end of the year."""
    values: dict[str, Any] = {
        "language": scale.language,
        "today": TODAY,
        "evidence": Evidence(date(2026, 12, 31), EVERYWHERE, None),
        "compared": True,
    }
    return Registration(scale, **values | given)


def on_file(scale: Instrument, language: str = "en", **given: Any) -> LicenceEvidence:
    """Evidence that covers everything until the end of the year."""
    values: dict[str, Any] = {
        "code": scale.code,
        "version": scale.version,
        "language": language,
        "kind": EvidenceKind.ON_FILE,
        "reference": "Letter of the owner",
        "ends_on": date(2026, 12, 31),
        "covers": "paper,screen,phone,letters",
        "file_name": "letter.pdf",
        "file_type": "application/pdf",
        "file_size": 4,
        "file_digest": "0" * 64,
        "content": b"%PDF",
        "recorded_by_id": acting().actor_id,
        "recorded_at": clock.now(),
    }
    return kept(LicenceEvidence(**values | given))


def load(evidence: LicenceEvidence, wording: Wording, n: int = 1) -> ScaleWording:
    """A wording as it is stored, not compared yet."""
    row = ScaleWording(
        code=wording.scale,
        version=wording.version,
        language=wording.language,
        n=n,
        digest=wording.digest,
        body=wording.to_json(),
        evidence_id=evidence.id,
        loaded_by_id=acting().actor_id,
        loaded_at=clock.now(),
    )
    return kept(row)


def compared(row: ScaleWording, *, same: bool = True) -> WordingComparison:
    """A second person looked at it."""
    found = WordingComparison(
        wording_id=row.id,
        loaded_by_id=row.loaded_by_id,
        compared_by_id=new_id(),
        compared_at=clock.now(),
        lines=1,
        same=same,
        difference=None if same else "Item 2 differs",
    )
    return kept(found)


def licensed(scale: Instrument, language: str = "en", **given: Any) -> Wording:
    """A scale of which all three steps are done; what was loaded."""
    wording = invented(scale, language)
    compared(load(on_file(scale, language, **given), wording))
    return wording


def retired(scale: Instrument, *, now: bool = True) -> ScaleRetirement:
    """A scale that is not for new protocols."""
    row = ScaleRetirement(
        code=scale.code,
        version=scale.version,
        retired=now,
        reason="Another scale is used",
        recorded_by_id=acting().actor_id,
        recorded_at=clock.now(),
    )
    return kept(row)

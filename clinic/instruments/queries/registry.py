"""This file is about the register of scales: evidence, loaded wording, what is in force today."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import select

from clinic.core import clock
from clinic.core.db import db
from clinic.core.formatting import as_day
from clinic.instruments.models import (
    LicenceEvidence,
    ScaleRetirement,
    ScaleWording,
    WordingComparison,
)
from clinic.instruments.queries.texts import all_scales, current
from clinic.instruments.rules import Instrument
from clinic.instruments.rules.licences import EvidenceKind, Registration
from clinic.instruments.rules.own import OWN
from clinic.instruments.rules.wording import Wording, stored_wording

Row = TypeVar("Row")
Key = tuple[str, str]  # code, language


class WordingAltered(RuntimeError):
    """The stored wording is not the one that was loaded."""


@dataclass(frozen=True)
class Registered:
    """One line of the register: the rules' view of it, and the rows behind it.

    `in_force`: newest wording that a second person found the same, with that `comparison`;
    `waiting`: the newest, not compared yet; `refused`: the newest, found to differ.
    """

    registration: Registration
    evidence: LicenceEvidence | None
    asked: LicenceEvidence | None
    in_force: ScaleWording | None
    comparison: WordingComparison | None
    waiting: ScaleWording | None
    refused: WordingComparison | None
    retirement: ScaleRetirement | None

    @property
    def scale(self) -> Instrument:
        """The scale without loaded words."""
        return self.registration.scale

    @property
    def own(self) -> bool:
        """Whether the clinic made it itself."""
        return self.scale.code.startswith(OWN)

    def people(self) -> set[uuid.UUID]:
        """Who put on file, loaded, compared and retired."""
        found = {row.recorded_by_id for row in (self.evidence, self.asked, self.retirement) if row}
        found |= {row.loaded_by_id for row in (self.in_force, self.waiting) if row}
        return found | {row.compared_by_id for row in (self.comparison, self.refused) if row}


@dataclass(frozen=True)
class Rows:
    """What is stored about a scale in a language, each list oldest first."""

    evidence: Sequence[LicenceEvidence]
    wordings: Sequence[ScaleWording]
    compared: Mapping[uuid.UUID, WordingComparison]
    retirement: ScaleRetirement | None

    def found_same(self, row: ScaleWording) -> bool:
        """Whether a second person found a wording the same as the owner's form."""
        return row.id in self.compared and self.compared[row.id].same


def registered(code: str, language: str | None = None) -> Registered | None:
    """One line of the register; None for a scale that is not there."""
    scale = current(code)
    if scale is None:
        return None
    return next(lines([scale], {(code, language or scale.language)}))


def register(code: str | None = None) -> list[Registered]:
    """Every scale, or one, in its own language and in each with evidence on file, by name."""
    scales = sorted(all_scales().values(), key=lambda scale: scale.name.casefold())
    return list(lines([scale for scale in scales if code in (None, scale.code)], set()))


def registrations() -> dict[str, Registration]:
    """What each scale may be used for in its own language today, by code."""
    found = (line.registration for line in register())
    return {known.scale.code: known for known in found if known.language == known.scale.language}


def lines(scales: Sequence[Instrument], wanted: set[Key]) -> Iterator[Registered]:
    """The lines of some scales; `wanted` empty: of each language there is."""
    codes = [scale.code for scale in scales]
    evidence = by_key(rows_of(LicenceEvidence, codes))
    wordings = by_key(rows_of(ScaleWording, codes))
    compared = comparisons(row for rows in wordings.values() for row in rows)
    retirements = {(row.code, row.version): row for row in rows_of(ScaleRetirement, codes)}
    for scale in scales:
        own = {(scale.code, scale.language)} | {key for key in evidence if key[0] == scale.code}
        for key in sorted(wanted or own, key=lambda key: (key[1] != scale.language, key)):
            rows = Rows(
                evidence=[row for row in evidence[key] if row.version == scale.version],
                wordings=[row for row in wordings[key] if row.version == scale.version],
                compared=compared,
                retirement=retirements.get((scale.code, scale.version)),
            )
            yield line(scale, key[1], rows)


def line(scale: Instrument, language: str, rows: Rows) -> Registered:
    """One line from its rows."""
    asked = last(row for row in rows.evidence if row.kind is EvidenceKind.ASKED)
    given = last(row for row in rows.evidence if row.kind is not EvidenceKind.ASKED)
    given = given if given and given.kind is EvidenceKind.ON_FILE else None
    newest = last(rows.wordings)
    verdict = rows.compared.get(newest.id) if newest is not None else None
    waiting = newest if verdict is None else None
    same = last(row for row in rows.wordings if rows.found_same(row))
    registration = Registration(
        scale=scale,
        language=language,
        today=clock.today(),
        evidence=given.as_evidence() if given else None,
        asked_on=as_day(asked.recorded_at) if asked else None,
        compared=same is not None,
        waiting=waiting is not None,
        retired=bool(rows.retirement and rows.retirement.retired),
    )
    refused = verdict if verdict and not verdict.same else None
    return Registered(
        registration=registration,
        evidence=given,
        asked=asked,
        in_force=same,
        comparison=rows.compared[same.id] if same else None,
        waiting=waiting,
        refused=refused,
        retirement=rows.retirement,
    )


def newest_wording(code: str, version: str, language: str) -> ScaleWording | None:
    """The wording that was loaded last, compared or not."""
    found = select(ScaleWording).where(
        ScaleWording.code == code,
        ScaleWording.version == version,
        ScaleWording.language == language,
    )
    return db.session.scalar(found.order_by(ScaleWording.n.desc()).limit(1))


def wording_or_raise(wording_id: uuid.UUID) -> ScaleWording:
    """A loaded wording that must be there."""
    return db.session.scalars(select(ScaleWording).where(ScaleWording.id == wording_id)).one()


def wordings_of(digests: Collection[str]) -> Sequence[ScaleWording]:
    """The loaded wordings of some digests."""
    found = select(ScaleWording).where(ScaleWording.digest.in_(digests))
    return db.session.scalars(found).all() if digests else ()


def rows_of(table: type[Row], codes: Sequence[str]) -> list[Row]:
    """The rows of a table about some scales, oldest first."""
    of: Any = table
    found = select(table).where(of.code.in_(codes)).order_by(of.id)
    return list(db.session.scalars(found))


def by_key(rows: Iterable[Row]) -> defaultdict[Key, list[Row]]:
    """Rows by scale and language."""
    found: defaultdict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        about: Any = row
        found[about.code, about.language].append(row)
    return found


def comparisons(wordings: Iterable[ScaleWording]) -> dict[uuid.UUID, WordingComparison]:
    """What second persons found, by the wording."""
    ids = [row.id for row in wordings]
    found = select(WordingComparison).where(WordingComparison.wording_id.in_(ids))
    return {row.wording_id: row for row in db.session.scalars(found)} if ids else {}


def last(rows: Iterable[Row]) -> Row | None:
    """The last of some rows, or None."""
    return next(reversed(list(rows)), None)


def content_of(row: ScaleWording) -> Wording:
    """What a loaded wording says. Raises WordingAltered for another text than was loaded."""
    wording = read(row.body)
    if wording.digest != row.digest:
        raise WordingAltered(f"the text of {row.code} is not that of digest {row.digest}")
    return wording


@lru_cache(maxsize=64)
def read(body: str) -> Wording:
    """A wording from its canonical text."""
    return stored_wording(body)

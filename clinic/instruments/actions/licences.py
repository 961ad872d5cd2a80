"""This file is about the three steps that open a wording, and about retiring a scale."""

import hashlib
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.instruments import queries
from clinic.instruments.actions.files import type_of
from clinic.instruments.models import (
    LicenceEvidence,
    ScaleRetirement,
    ScaleWording,
    WordingComparison,
)
from clinic.instruments.rules.licences import LANGUAGES, EvidenceKind, Medium
from clinic.instruments.rules.wording import Wording, wording_problems

LARGEST_FILE = 20 * 1024 * 1024
SHIPPED = "This wording comes with the program: no evidence is needed."


@dataclass(frozen=True)
class EvidenceFile:
    """A letter or contract as it was sent."""

    name: str
    content: bytes


def put_on_file(
    code: str,
    language: str,
    *,
    kind: EvidenceKind,
    reference: str,
    ends_on: date | None = None,
    covers: Collection[Medium] = (),
    translation: str | None = None,
    file: EvidenceFile | None = None,
) -> LicenceEvidence:
    """Step 1: that the owner was asked, what the owner allows, or that it is withdrawn.

    Raises Unprocessable: fields `code`, `language`, `file`, `covers`, `ends_on`.
    """
    found = line_or_refuse(code, language)
    row = LicenceEvidence(
        code=code,
        version=found.scale.version,
        language=language,
        kind=kind,
        reference=reference,
        recorded_by_id=acting().actor_id,
        recorded_at=clock.now(),
    )
    if kind is EvidenceKind.ON_FILE:
        row.ends_on, row.translation = ends_on, translation
        row.covers = ",".join(medium for medium in Medium if medium in covers)
        attach(row, file)
    db.session.add(row)
    db.session.flush()
    return row


def attach(row: LicenceEvidence, file: EvidenceFile | None) -> None:
    """The file of evidence, with its checksum. Raises Unprocessable."""
    faults: dict[str, list[str]] = {}
    if not row.covers:
        faults["covers"] = ["Mark at least one thing that it covers."]
    if row.ends_on is not None and row.ends_on < clock.today():
        faults["ends_on"] = ["Enter a day that is not before today."]
    kind = type_of(file.content) if file else None
    if file is None or not file.content:
        faults["file"] = ["Choose the letter or contract of the owner."]
    elif len(file.content) > LARGEST_FILE:
        faults["file"] = ["The file is larger than 20 MB."]
    elif kind is None:
        faults["file"] = ["Choose a PDF, or a picture (PNG, JPEG) of the letter."]
    if faults or file is None:
        raise Unprocessable(faults)
    row.content, row.file_name, row.file_type = file.content, file.name[:200], kind
    row.file_size, row.file_digest = len(file.content), hashlib.sha256(file.content).hexdigest()


def load_wording(code: str, language: str, wording: Wording) -> ScaleWording:
    """Step 2: the owner's wording, as the next version. A second person compares it then.

    Raises Unprocessable (field `wording`) with a sentence for each line that does not fit, Conflict
    while there is no evidence, or when the newest version says the same.
    """
    found = line_or_refuse(code, language)
    if not found.registration.has_evidence or found.evidence is None:
        raise Conflict("Step 1 comes first: licence evidence that is valid today.")
    if problems := wording_problems(found.scale, language, wording):
        raise Unprocessable({"wording": problems}, "The wording does not fit. Nothing was saved.")
    newest = queries.newest_wording(code, found.scale.version, language)
    if newest is not None and newest.digest == wording.digest:
        raise Conflict(f"Version {newest.n} of this wording says the same already.")
    row = ScaleWording(
        code=code,
        version=found.scale.version,
        language=language,
        n=newest.n + 1 if newest else 1,
        digest=wording.digest,
        body=wording.to_json(),
        evidence_id=found.evidence.id,
        loaded_by_id=acting().actor_id,
        loaded_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def compare_wording(
    wording_id: uuid.UUID, *, same: bool, difference: str | None = None
) -> WordingComparison:
    """Step 3: a second person says that every line is that of the owner's form, or what is not.

    Raises Conflict when it is not the newest, was compared already, or has no evidence today;
    Unprocessable (field `person`) for the person who loaded it.
    """
    row = queries.wording_or_raise(wording_id)
    found = queries.registered(row.code, row.language)
    if found is None or found.waiting is None or found.waiting.id != row.id:
        raise Conflict("This wording was compared or replaced meanwhile. Nothing was added.")
    if not found.registration.has_evidence:
        raise Conflict("The licence evidence ended meanwhile. Put new evidence on file first.")
    if row.loaded_by_id == acting().actor_id:
        raise Unprocessable({"person": ["You loaded this wording. A second person compares it."]})
    if not same and not difference:
        raise Unprocessable({"difference": ["Write which line differs, and how."]})
    comparison = WordingComparison(
        wording_id=row.id,
        loaded_by_id=row.loaded_by_id,
        compared_by_id=acting().actor_id,
        compared_at=clock.now(),
        lines=len(list(queries.content_of(row).lines())),
        same=same,
        difference=None if same else difference,
    )
    db.session.add(comparison)
    db.session.flush()
    return comparison


def retire_scale(code: str, *, retired: bool, reason: str) -> ScaleRetirement:
    """Hide a scale from new protocols, or show it there again. What was answered stays.

    Raises Unprocessable (field `code`) for no scale, Conflict when it is so already.
    """
    found = queries.registered(code)
    if found is None:
        raise Unprocessable({"code": [f"There is no scale {code}."]})
    if found.registration.retired is retired:
        raise Conflict(f"{found.scale.name} {'is' if retired else 'is not'} retired already.")
    row = ScaleRetirement(
        code=code,
        version=found.scale.version,
        retired=retired,
        reason=reason,
        recorded_by_id=acting().actor_id,
        recorded_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def line_or_refuse(code: str, language: str) -> queries.Registered:
    """The line of the register that a step is about. Raises Unprocessable."""
    found = queries.registered(code, language)
    if found is None or not found.scale.items:
        raise Unprocessable({"code": [f"There is no scale {code} that is answered by items."]})
    if language not in LANGUAGES:
        raise Unprocessable({"language": ["Choose the language from the list."]})
    if found.registration.shipped:
        raise Unprocessable({"code": [SHIPPED]})
    return found

"""This file is about Provenance: who signed, corrected, withdrew or amended what, and when."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from typing import Any
from uuid import UUID

from clinic.exchange.rules.dossier import CourseFile
from clinic.exchange.rules.fhir.doses import original_starts
from clinic.exchange.rules.fhir.sessions import visit
from clinic.exchange.rules.fhir.sets import Set, signs_ever, signs_now
from clinic.exchange.rules.fhir.values import (
    TERMINOLOGY,
    Json,
    concept,
    identified,
    reference,
    resource,
    said,
)
from clinic.exchange.rules.lens import Lens
from clinic.reports.rules import SessionRecord, Signature
from clinic.reports.rules.record import EntryRecord
from clinic.sessions.rules.log import Administration, AdverseEvent, Entry, Observation
from clinic.sessions.rules.results import LogLine

OPERATION = f"{TERMINOLOGY}v3-DataOperation"
ROLE = f"{TERMINOLOGY}provenance-participant-type"
SIGNATURE = {"system": "urn:iso-astm:E1762-95:2013", "code": "1.2.840.10065.1.12.1.1"}


def session_provenance(
    lens: Lens, session: SessionRecord, present: frozenset[str]
) -> Iterator[Json]:
    """Corrections, the signature and amendments of a session. `present`: "Type/id" of the file.

    Only of what the file holds.
    """
    for line in session.state.log:
        yield from of_corrections(lens, session, line, present)
    if session.signature is not None:
        yield signed(lens, session, session.signature)
    for amended in session.amendments:
        beside = targets(lens, session, session.lines.get(amended.entry_id or UUID(int=0)))
        yield provenance(
            lens,
            amended.id,
            at=amended.at,
            by=lens.person(amended.author_id),
            about=[one for one in beside if one["reference"] in present] or [visit(lens, session)],
            activity={"coding": [{"system": OPERATION, "code": "APPEND"}], "text": "Amendment"},
            reason=amended.reason,
            text=narrative(lens.mask.text(amended.text)),
        )


def of_corrections(
    lens: Lens, session: SessionRecord, line: LogLine, present: frozenset[str]
) -> Iterator[Json]:
    """Each correction or withdrawal of one entry."""
    about = [one for one in targets(lens, session, line) if one["reference"] in present]
    for change in line.corrections if about else ():
        code = "NULLIFY" if change.withdrawn else "UPDATE"
        yield provenance(
            lens,
            change.id,
            at=change.recorded_at,
            by=lens.person(change.author_id),
            about=about,
            activity={"coding": [{"system": OPERATION, "code": code}]},
            reason=change.reason,
        )


def targets(lens: Lens, session: SessionRecord, line: LogLine | None) -> list[Json]:
    """What an entry became in the file."""
    if line is None:
        return []
    last: Entry = (line.original, *line.corrections)[-1]
    if isinstance(last, Observation):
        row = EntryRecord(session, line, last)
        signs = [*signs_now(row), *sorted(signs_ever(row) - set(signs_now(row)))]
        return [reference("Observation", Set(lens, row).id_of(sign)) for sign in signs]
    if isinstance(last, Administration) and original_starts(line.original):
        return [reference("MedicationAdministration", lens.id(line.root_id))]
    if isinstance(last, AdverseEvent):
        return [reference("AdverseEvent", lens.id(line.root_id))]
    return []


def signed(lens: Lens, session: SessionRecord, found: Signature) -> Json:
    """That the session was signed, by whom, and the hash of what was signed."""
    by = said(type="Practitioner", display=lens.mask.person(found.by))
    digest = identified(lens.book, "sha256", lens.mask.id(found.hash))[0]
    return resource(
        "Provenance",
        lens.id(session.id, "signature"),
        target=[visit(lens, session)],
        recorded=lens.moment(found.at),
        activity={"coding": [{"system": OPERATION, "code": "UPDATE"}], "text": "Signed"},
        agent=[{"type": concept(ROLE, "attester"), "who": by}],
        entity=[{"role": "source", "what": {"identifier": digest}}],
        signature=[{"type": [SIGNATURE], "when": lens.moment(found.at), "who": by}],
    )


def use_provenance(lens: Lens, course: CourseFile) -> Iterator[Json]:
    """The last change of each use of a scale that was changed."""
    for use in course.scores:
        if not (use.corrected or use.withdrawn):
            continue
        code = "NULLIFY" if use.withdrawn else "UPDATE"
        yield provenance(
            lens,
            use.id,
            at=use.recorded_at,
            by=lens.mask.person(use.author) or "",
            about=[reference("QuestionnaireResponse", lens.id(use.id))],
            activity={"coding": [{"system": OPERATION, "code": code}]},
            reason=use.reason,
        )


def plan_provenance(lens: Lens, course: CourseFile) -> Iterator[Json]:
    """Each signed version of the care plan."""
    for one in course.plan.signed:
        digest = identified(lens.book, "sha256", lens.mask.id(one.hash))[0]
        yield provenance(
            lens,
            course.id,
            part=f"care-plan:{one.n}",
            at=one.at,
            by=lens.mask.person(one.by) or "",
            about=[reference("CarePlan", lens.id(course.id, "care-plan"))],
            activity={"coding": [{"system": OPERATION, "code": "UPDATE"}], "text": "Signed"},
            entity=[{"role": "source", "what": {"identifier": digest}}],
        )


def provenance(
    lens: Lens,
    record_id: UUID,
    *,
    at: datetime,
    by: str,
    about: Iterable[Json],
    reason: str | None = None,
    part: str = "provenance",
    **parts: Any,
) -> Json:
    """Who did what to which resources."""
    why = lens.mask.text(reason)
    return resource(
        "Provenance",
        lens.id(record_id, part),
        target=list(about),
        recorded=lens.moment(at),
        reason=[{"text": why}] if why else [],
        agent=[{"type": concept(ROLE, "author"), "who": said(type="Practitioner", display=by)}],
        **parts,
    )


def narrative(words: str | None) -> Json | None:
    """Words of a person as text of a resource."""
    if not words:
        return None
    text = escape(words, quote=False)
    return {
        "status": "additional",
        "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{text}</div>',
    }

"""This file is about AdverseEvent: side effects of a session, and those told at a follow-up."""

from collections.abc import Collection, Iterator
from uuid import UUID

from clinic.exchange.rules.fhir.sessions import her, visit
from clinic.exchange.rules.fhir.values import (
    TERMINOLOGY,
    Json,
    coded,
    concept,
    extension,
    identified,
    reference,
    resource,
    said,
)
from clinic.exchange.rules.lens import Lens
from clinic.reports.rules import SessionRecord
from clinic.reports.rules.columns.effects import Effect, began_or_told_at, rows
from clinic.reports.rules.record import entries
from clinic.sessions.rules.log import AdverseEvent, AdverseEventEvent

R5_STATUS = "http://hl7.org/fhir/5.0/StructureDefinition/extension-AdverseEvent.status"


def adverse_events(
    lens: Lens, session: SessionRecord, contacts: Collection[UUID] = ()
) -> Iterator[Json]:
    """One for each side effect, and for what was entered in error. `contacts`: the follow-ups of
    the file."""
    for effect in rows(session):
        yield adverse_event(lens, session, effect) | told_in(lens, session, effect, contacts)
    for row in entries(session, AdverseEvent):
        if row.entry.withdrawn and original_begins(row.line.original):
            yield in_error(lens, session, row.line.root_id)


def original_begins(entry: object) -> bool:
    """Whether an entry was the beginning of a side effect when it was first written."""
    return isinstance(entry, AdverseEvent) and entry.event is AdverseEventEvent.ONSET


def in_error(lens: Lens, session: SessionRecord, root_id: UUID) -> Json:
    """A side effect that was withdrawn: it has no term any more, and says so with the element that
    FHIR R5 has for it, as one that changes the meaning of all the others."""
    id_ = lens.id(root_id)
    return resource(
        "AdverseEvent",
        id_,
        modifierExtension=[{"url": R5_STATUS, "valueCode": "entered-in-error"}],
        identifier=identified(lens.book, "side-effect", id_)[0],
        actuality="actual",
        subject=her(lens, session),
        encounter=visit(lens, session),
    )


def told_in(lens: Lens, session: SessionRecord, effect: Effect, contacts: Collection[UUID]) -> Json:
    """Where it was seen or told; nothing when that follow-up is not in the file."""
    if effect.told is None:
        return {"encounter": visit(lens, session)}
    known = effect.told.contact_id in contacts
    where = reference("Encounter", lens.id(effect.told.contact_id))
    return {"encounter": where} if known else {}


def effect_id(lens: Lens, effect: Effect) -> str:
    """The id of a side effect; of a told one, of its term in that contact."""
    if effect.told is not None:
        return lens.id(effect.told.contact_id, f"side-effect:{effect.term}")
    return lens.id(effect.onset_id or UUID(int=0))


def adverse_event(lens: Lens, session: SessionRecord, effect: Effect) -> Json:
    """One side effect: severity and seriousness are two things, and nobody asked the second of a
    told one."""
    outcome = concept(f"{TERMINOLOGY}adverse-event-outcome", outcome_of(effect))
    severity = effect.severity.value if effect.severity else None
    return resource(
        "AdverseEvent",
        effect_id(lens, effect),
        identifier=identified(lens.book, "side-effect", effect_id(lens, effect))[0],
        actuality="actual",
        event=coded(lens.book, f"side-effect:{effect.term}", words(lens, effect)),
        subject=her(lens, session),
        date=lens.moment(began_or_told_at(effect)),
        seriousness=seriousness(lens, effect),
        severity=concept(f"{TERMINOLOGY}adverse-event-severity", severity) if severity else None,
        outcome=outcome,
        extension=resolved(lens, effect),
    )


def words(lens: Lens, effect: Effect) -> str:
    """The term, and what was typed beside it."""
    typed = lens.mask.text(effect.typed)
    term = effect.words or effect.term or ""
    if effect.told and not typed and not lens.is_plain:
        term = effect.term or ""
    return f"{term}: {typed}" if typed and typed != term else term


def outcome_of(effect: Effect) -> str:
    """Whether it is over; of a told one nobody asked."""
    if effect.seen is None:
        return "unknown"
    return "resolved" if effect.seen.resolved_at else "ongoing"


def seriousness(lens: Lens, effect: Effect) -> Json | None:
    """Serious with its criterion, or not; None for a told one."""
    if effect.seen is None:
        return None
    system, criterion = f"{TERMINOLOGY}adverse-event-seriousness", effect.seen.criterion
    if not effect.seen.serious:
        return concept(system, "Non-serious")
    return concept(system, "Serious", lens.mask.text(criterion))


def resolved(lens: Lens, effect: Effect) -> list[Json]:
    """When it was over: FHIR R4 has no place for it."""
    over = lens.moment(effect.seen.resolved_at) if effect.seen else None
    address = extension(lens.book, "adverse-event-resolved")
    return [said(url=address, valueDateTime=over)] if over else []

"""This file is about MedicationAdministration: what was delivered (definitions D5.1)."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from clinic.exchange.rules.fhir.sessions import her, visit
from clinic.exchange.rules.fhir.values import (
    Json,
    absent,
    coded,
    concept,
    identified,
    period,
    quantity,
    resource,
    said,
    staff,
)
from clinic.exchange.rules.lens import Lens
from clinic.reports.rules import SessionRecord
from clinic.reports.rules.record import entries
from clinic.sessions.rules.dose import STARTS, amount
from clinic.sessions.rules.log import Administration, AdministrationEvent, Outcome
from clinic.sessions.rules.results import DeviceGiven

STATUS = {"complete": "completed", "partial": "stopped", "none": "not-done"}


def administrations(lens: Lens, session: SessionRecord) -> Iterator[Json]:
    """Each device, injection or lozenge, the infusion, and what was entered in error."""
    for device in session.state.dose.devices:
        yield piece(lens, session, device)
    if (start := infusion_start(session)) is not None:
        yield infusion(lens, session, start)
    for row in entries(session, Administration):
        if row.entry.withdrawn and original_starts(row.line.original):
            yield common(
                lens,
                session,
                row.line.root_id,
                status="entered-in-error",
                effectiveDateTime=lens.moment(row.taken_at),
            )


def original_starts(entry: object) -> bool:
    """Whether an entry began a dose when it was first written."""
    return isinstance(entry, Administration) and entry.event in STARTS


def infusion_start(session: SessionRecord) -> Administration | None:
    """The entry with which the infusion began; None without one."""
    starts = AdministrationEvent.INFUSION_START
    for line in session.state.log:
        if isinstance(line.current, Administration) and line.current.event is starts:
            return line.current
    return None


def piece(lens: Lens, session: SessionRecord, given: DeviceGiven) -> Json:
    """What was given as one piece. A part of unknown amount has no number, and says so."""
    held = given.out_at is not None
    return common(
        lens,
        session,
        given.entry_id,
        status=status_of(session, given),
        statusReason=[{"text": "Delivered nothing"}] if given.outcome == Outcome.NONE else [],
        effectiveDateTime=None if held else lens.moment(given.at),
        effectivePeriod=between(lens, given.at, given.out_at) if held else None,
        dosage=None
        if given.outcome == Outcome.NONE
        else dosage(lens, session, text(given), given.mg),
    )


def status_of(session: SessionRecord, given: DeviceGiven) -> str:
    """How a piece stands; one of which nobody said how much came is unknown."""
    is_in_mouth = given.kind == "lozenge" and given.out_at is None and session.state.dose.in_mouth
    if is_in_mouth:
        return "in-progress"
    return STATUS.get(given.outcome, "completed" if given.mg is not None else "unknown")


def text(given: DeviceGiven) -> str:
    """`device 2: partial, amount unknown`."""
    how = "" if given.outcome == "unknown" else f"{given.outcome}, "
    much = "amount unknown" if given.mg is None else f"{amount(given.mg)} mg"
    return f"{given.kind} {given.number}: {how}{much}"


def infusion(lens: Lens, session: SessionRecord, start: Administration) -> Json:
    """The infusion from its start to its last stop, pauses out of its milligrams."""
    dose = session.state.dose
    stopped = "stopped" if dose.stopped_early else "completed"
    status = "in-progress" if dose.running else "on-hold" if dose.paused else stopped
    over = not (dose.running or dose.paused)
    minutes = f"infusion over {dose.infused_minutes} min, pauses left out" if over else "infusion"
    return common(
        lens,
        session,
        root_of(session, start),
        status=status,
        effectivePeriod=between(lens, start.effective_at, dose.stopped_at),
        dosage=dosage(lens, session, minutes, dose.infused_mg if over else None),
    )


def root_of(session: SessionRecord, entry: Administration) -> UUID:
    """The id of the first version of an entry."""
    return next(one.root_id for one in session.state.log if one.current is entry)


def between(lens: Lens, start: datetime, end: datetime | None) -> Json | None:
    """From when to when it was given."""
    return period(lens.moment(start), lens.moment(end))


def dosage(lens: Lens, session: SessionRecord, words: str, mg: Decimal | None) -> Json:
    """How much came: FHIR wants a dose, so an amount nobody knows is one without a number."""
    route = coded(lens.book, f"route:{session.plan.route.value}", session.plan.route.value)
    known = None if mg is None else quantity(lens.book, "dose", Decimal(amount(mg)))
    unknown = {"extension": absent("unknown"), "unit": lens.book.unit("dose")}
    return said(text=words, route=route, dose=known or unknown)


def common(lens: Lens, session: SessionRecord, root_id: UUID, **parts: Any) -> Json:
    """What every administration has."""
    line = session.lines[root_id]
    form, route = session.plan.form.value, session.plan.route.value
    exact, general = f"drug:{form}:{route}", f"drug:{form}"
    meaning = exact if lens.book.of(exact) else general
    return resource(
        "MedicationAdministration",
        lens.id(root_id),
        identifier=identified(lens.book, "entry", lens.id(root_id)),
        medicationCodeableConcept=coded(lens.book, meaning, session.plan.drug),
        subject=her(lens, session),
        context=visit(lens, session),
        performer=[{"actor": staff(lens, line.original.author_id)}],
        category=concept(
            "http://terminology.hl7.org/CodeSystem/medication-admin-category", "outpatient"
        ),
        **parts,
    )

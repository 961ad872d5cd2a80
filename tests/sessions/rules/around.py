"""This file is about short ways to write what surrounds her treatment into a log."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from clinic.sessions.rules import log
from tests.sessions.rules.factories import NURSE, PSYCHIATRIST, Logbook, at

STAND_IN, THIRD = UUID(int=103), UUID(int=104)
PEOPLE = frozenset({NURSE, PSYCHIATRIST, STAND_IN, THIRD})


def supply(
    book: Logbook,
    minute: float,
    event: str,
    mg: str | None = None,
    device: int | None = None,
    **fields: Any,
) -> log.Entry:
    """A device or a vial; the amount in mg unless `unit` says mL."""
    unit = fields.pop("unit", "mg")
    return book.add(
        log.Supply,
        minute,
        event=log.SupplyEvent(event),
        device_number=device,
        amount=Decimal(mg) if mg else None,
        unit=log.SupplyUnit(unit) if mg else None,
        **fields,
    )


def cannula(book: Logbook, minute: float, event: str, site: str | None = None) -> log.Entry:
    return book.add(log.Cannula, minute, event=log.CannulaEvent(event), site=site)


def order(book: Logbook, minute: float, text: str = "Ondansetron 4 mg", **fields: Any) -> log.Entry:
    fields = {"ordered_by_id": PSYCHIATRIST, "read_back": True, **fields}
    return book.add(log.Order, minute, event=log.OrderEvent.GIVEN, text=text, **fields)


def countersigned(
    given: log.Entry, minute: float, by: UUID = PSYCHIATRIST
) -> tuple[log.Countersigned, ...]:
    """One countersignature, as the session knows it from beside its log."""
    return (log.Countersigned(given.id, by, at(minute)),)


def hand(book: Logbook, minute: float, event: str, by: UUID, to: UUID | None = None) -> log.Entry:
    return book.add(log.Handover, minute, event=log.HandoverEvent(event), to_id=to, author_id=by)


def absence(book: Logbook, minute: float, event: str, text: str = "") -> log.Entry:
    return book.add(log.Absence, minute, event=log.AbsenceEvent(event), text=text)


def quick(book: Logbook, minute: float, category: str, **fields: Any) -> log.Entry:
    kind = log.InterventionCategory(category)
    return book.add(log.Intervention, minute, category=kind, **fields)

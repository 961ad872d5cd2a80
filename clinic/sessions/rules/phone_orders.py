"""This file is about orders by phone, and whether each is countersigned (definitions D8.3)."""

from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.log import Order, OrderEvent
from clinic.sessions.rules.results import PhoneOrder


def phone_orders_of(basis: Basis) -> tuple[PhoneOrder, ...]:
    """All orders by phone, oldest first; the first countersignature of each counts."""
    said = basis.log.of(Order)
    signed: dict[object, Order] = {}
    for one in said:
        if one.event is OrderEvent.COUNTERSIGNED and one.subject_id is not None:
            signed.setdefault(basis.log.roots.get(one.subject_id, one.subject_id), one)
    return tuple(
        _order(basis, one, signed.get(one.id)) for one in said if one.event is OrderEvent.GIVEN
    )


def _order(basis: Basis, given: Order, signed: Order | None) -> PhoneOrder:
    return PhoneOrder(
        entry_id=given.id,
        ordered_by_id=given.ordered_by_id,
        text=given.text,
        given_at=given.effective_at,
        taken_by=basis.log.author_of(given),
        countersigned_at=signed.effective_at if signed else None,
        countersigned_by=basis.log.author_of(signed) if signed else None,
    )

"""This file is about orders by phone, and whether each is countersigned (definitions D8.3)."""

from uuid import UUID

from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.log import Countersigned, Order
from clinic.sessions.rules.moments import minutes, whole_minute
from clinic.sessions.rules.results import PhoneOrder


def phone_orders_of(basis: Basis) -> tuple[PhoneOrder, ...]:
    """All orders by phone, oldest first, each with the signature under what it now says."""
    signed = {
        one.order_id: one
        for one in basis.facts.countersigned
        if basis.watch.reached(whole_minute(one.at))
    }
    return tuple(_order(basis, one, signed) for one in basis.log.of(Order))


def _order(basis: Basis, given: Order, signed: dict[UUID, Countersigned]) -> PhoneOrder:
    version_id = basis.log.by_root[given.id].last.id
    signature, within = signed.get(version_id), basis.plan.countersigning
    due_at = given.effective_at + minutes(within.within_minutes) if within else None
    return PhoneOrder(
        entry_id=given.id,
        version_id=version_id,
        ordered_by_id=given.ordered_by_id,
        text=given.text,
        given_at=given.effective_at,
        taken_by=basis.log.author_of(given),
        due_at=due_at,
        overdue=signature is None and due_at is not None and basis.watch.reached(due_at),
        countersigned_at=signature.at if signature else None,
        countersigned_by=signature.by_id if signature else None,
    )


def countersigning_refused(order: PhoneOrder | None, person_id: UUID) -> str | None:
    """Why this person cannot countersign an order, as a sentence; None when nothing is against it.

    That only a psychiatrist may is a permission.
    """
    if order is None:
        return "There is no such order in this session, or it was corrected. Read it again."
    if order.taken_by == person_id:
        return "Somebody else took it down: you cannot countersign yours."
    if not order.is_open:
        return "This order is countersigned already."
    return None

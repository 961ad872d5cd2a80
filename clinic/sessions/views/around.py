"""This file is about who may take part in a session: names in its log, whom to choose from."""

from datetime import datetime
from typing import Any

from clinic.accounts.queries import names_of, own_clinic, staff
from clinic.accounts.queries.duties import in_charge
from clinic.core.acting import acting
from clinic.core.formatting import at_moment, at_time, local
from clinic.core.gate import may
from clinic.core.permissions import GRANTS, Permission, Role
from clinic.sessions.models import TreatmentSession
from clinic.sessions.rules import SessionState
from clinic.sessions.rules.handover import may_claim_back
from clinic.sessions.rules.log import Handover, Order
from clinic.sessions.rules.phone_orders import countersigning_refused
from clinic.sessions.rules.results import PhoneOrder


def around_of(session: TreatmentSession, state: SessionState) -> dict[str, Any]:
    """What the forms of hand-over and phone orders choose from, and what this person may do.

    `responsible`: the name; the log has the word, and before it the plan.
    """
    me, now = acting().actor_id, state.responsibility
    responsible_id = now.responsible_id or session.responsible_id
    people = {person for person in (responsible_id, now.offered_to, now.offered_by) if person}
    names = names_of(people)
    return {
        "colleagues": [p for p in people_who(Permission.SESSION_LOG) if p[0] != str(me)],
        "prescribers": people_who(Permission.SESSION_ORDER),
        "responsible": names.get(responsible_id) if responsible_id else None,
        "offered_to": names.get(now.offered_to) if now.offered_to else None,
        "is_in_charge": me in in_charge(state.now),
        "is_mine": responsible_id == me,
        "most": own_clinic().most_sessions_per_nurse,
        "may_accept": now.offered_to == me,
        "may_claim_back": may_claim_back(now, me),
        "may_countersign": [o.entry_id for o in state.open_orders if countersigns(o)],
    }


def people_who(permission: Permission) -> list[tuple[str, str]]:
    """(id, name) of those of the clinic who may do something, by name."""
    found = [pair for role in Role if permission in GRANTS[role] for pair in staff(role)]
    return [(str(id_), name) for id_, name in sorted(found, key=lambda pair: pair[1])]


def countersigns(order: PhoneOrder) -> bool:
    """Whether this person may countersign an order (definitions D8.3)."""
    refused = countersigning_refused(order, acting().actor_id)
    return may(Permission.SESSION_ORDER) and refused is None


def named_in(state: SessionState) -> dict[Any, str]:
    """Names of those to whom the session was offered, and who ordered by phone."""
    said = [entry for line in state.log for entry in (line.original, *line.corrections)]
    people = {entry.to_id for entry in said if isinstance(entry, Handover)}
    people |= {entry.ordered_by_id for entry in said if isinstance(entry, Order)}
    people |= {order.countersigned_by for order in state.orders}
    return dict(names_of({person for person in people if person}))


def signed_below(state: SessionState, names: dict[Any, str]) -> dict[Any, str]:
    """Id of the entry that says an order now -> how it is countersigned, in words."""
    return {order.version_id: countersigned_in_words(order, names) for order in state.orders}


def countersigned_in_words(order: PhoneOrder, names: dict[Any, str]) -> str:
    """`countersigned 12:05 by Sun Mi`; by when, where the clinic has set a time."""
    if order.countersigned_at:
        by = names.get(order.countersigned_by, "a psychiatrist")
        return f"countersigned {beside(order.given_at, order.countersigned_at)} by {by}"
    if order.due_at is None:
        return "not countersigned yet"
    due = beside(order.given_at, order.due_at)
    return f"not countersigned, was due {due}" if order.overdue else f"to countersign by {due}"


def beside(earlier: datetime, moment: datetime) -> str:
    """A moment that is read beside an earlier one: on another day with its date."""
    same_day = local(earlier).date() == local(moment).date()
    return at_time(moment) if same_day else at_moment(moment)

"""This file is about who may take part in a session: names in its log, whom to choose from."""

import uuid
from typing import Any

from clinic.accounts.queries import names_of, staff
from clinic.core.acting import acting
from clinic.core.gate import standing
from clinic.core.permissions import GRANTS, Permission, Role
from clinic.sessions.models import TreatmentSession
from clinic.sessions.rules import SessionState
from clinic.sessions.rules.handover import may_claim_back
from clinic.sessions.rules.log import Handover, Order


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
        "is_mine": responsible_id == me,
        "may_accept": now.offered_to == me,
        "may_claim_back": may_claim_back(now, me),
        "may_countersign": [o for o in state.open_orders if countersigns(o.taken_by)],
    }


def people_who(permission: Permission) -> list[tuple[str, str]]:
    """(id, name) of those of the clinic who may do something, by name."""
    found = [pair for role in Role if permission in GRANTS[role] for pair in staff(role)]
    return [(str(id_), name) for id_, name in sorted(found, key=lambda pair: pair[1])]


def countersigns(taken_by: uuid.UUID) -> bool:
    """Whether this person may countersign an order that somebody took down (definitions D8.3)."""
    return Permission.SESSION_ORDER in GRANTS[standing().role] and taken_by != acting().actor_id


def named_in(state: SessionState) -> dict[Any, str]:
    """Names of those to whom the session was offered, and who ordered by phone."""
    said = [entry for line in state.log for entry in (line.original, *line.corrections)]
    people = {entry.to_id for entry in said if isinstance(entry, Handover)}
    people |= {entry.ordered_by_id for entry in said if isinstance(entry, Order)}
    return dict(names_of({person for person in people if person}))

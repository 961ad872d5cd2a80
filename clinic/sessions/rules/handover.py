"""This file is about who answers for a session: offered, accepted, claimed back (D8.1)."""

from dataclasses import replace
from uuid import UUID

from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.log import Handover, HandoverEvent, Transition, TransitionEvent
from clinic.sessions.rules.results import Alert, Responsibility


def responsibility_of(basis: Basis) -> Responsibility:
    """Who answers now: whoever checked her in, until somebody else has accepted."""
    now = Responsibility(_first(basis))
    for said in basis.log.of(Handover):
        now = _after(now, said, basis.log.author_of(said))
    return now


def _first(basis: Basis) -> UUID | None:
    """Who checked her in; without that whoever wrote first. A correction changes neither."""
    for step in basis.log.of(Transition):
        if step.event is TransitionEvent.CHECKED_IN:
            return basis.log.author_of(step)
    firsts = [basis.log.by_root[entry.id].versions[0] for entry in basis.log.current]
    return min(firsts, key=lambda entry: entry.log_seq).author_id if firsts else None


def _after(now: Responsibility, said: Handover, author: UUID) -> Responsibility:
    """What does not fit changes nothing: an offer counts only once it is accepted by the one to
    whom it was made; until then the one before stays responsible."""
    if said.event is HandoverEvent.OFFERED and said.to_id != now.responsible_id:
        return replace(now, offered_to=said.to_id, offered_by=author, because=said.text)
    if said.event is HandoverEvent.ACCEPTED and author == now.offered_to:
        return Responsibility(author, before_id=now.responsible_id)
    if said.event is HandoverEvent.CLAIMED_BACK and may_claim_back(now, author):
        before = now.before_id if author == now.responsible_id else now.responsible_id
        return Responsibility(author, before_id=before)
    return now


def may_claim_back(now: Responsibility, person: UUID) -> bool:
    """Whoever handed it over last; whoever still has it takes an open offer back."""
    if person == now.responsible_id:
        return now.offered_to is not None
    return person == now.before_id


def owned(alerts: tuple[Alert, ...], owner: UUID | None) -> tuple[Alert, ...]:
    """Open alerts pass with the session."""
    return tuple(replace(alert, owner_id=owner) if alert.is_open else alert for alert in alerts)

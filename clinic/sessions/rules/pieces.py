"""This file is about what is given one by one: devices, injections, lozenges, each an amount."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from clinic.protocols.rules import Route, SessionPlan
from clinic.sessions.rules.log import Administration, AdministrationEvent, Outcome
from clinic.sessions.rules.moments import minutes_between
from clinic.sessions.rules.results import DeviceGiven

PIECES = {
    AdministrationEvent.DEVICE: "device",
    AdministrationEvent.INJECTION: "injection",
    AdministrationEvent.LOZENGE_IN: "lozenge",
}


def pieces(
    plan: SessionPlan, t0: datetime | None, given: Iterable[Administration]
) -> tuple[DeviceGiven, ...]:
    """What was given one by one, in order of time; a lozenge with when it was taken out."""
    given = list(given)
    taken = [one for one in given if one.event in PIECES]
    outs = _outs(given)
    return tuple(_piece(plan, t0, n, one, outs.get(one)) for n, one in enumerate(taken, 1))


def _outs(given: Iterable[Administration]) -> dict[Administration, Administration]:
    """Lozenge in -> lozenge out: the next one that was taken out."""
    found: dict[Administration, Administration] = {}
    inside: Administration | None = None
    for one in given:
        if one.event is AdministrationEvent.LOZENGE_IN:
            inside = one
        elif one.event is AdministrationEvent.LOZENGE_OUT and inside is not None:
            found[inside], inside = one, None
    return found


def _piece(
    plan: SessionPlan,
    t0: datetime | None,
    order: int,
    given: Administration,
    out: Administration | None,
) -> DeviceGiven:
    return DeviceGiven(
        kind=PIECES[given.event],
        number=given.device_number or order,
        at=given.effective_at,
        minute=None if t0 is None else minutes_between(t0, given.effective_at),
        outcome=given.outcome.value if given.outcome else "unknown",
        mg=_mg(plan, given),
        lot=given.lot,
        expires_on=given.expires_on,
        entry_id=given.id,
        out_at=out.effective_at if out else None,
        held_minutes=minutes_between(given.effective_at, out.effective_at) if out else None,
        remains=out.remains.value if out and out.remains else None,
    )


def _mg(plan: SessionPlan, given: Administration) -> Decimal | None:
    if given.outcome is Outcome.NONE:
        return Decimal(0)
    if given.mg is not None:
        return given.mg
    whole = given.outcome is Outcome.COMPLETE and plan.dose.devices is not None
    return plan.dose.devices.mg_each if whole and plan.dose.devices else None


def held_in_mouth(plan: SessionPlan, devices: Iterable[DeviceGiven]) -> bool:
    """Whether a lozenge is in her mouth now; what is swallowed at once never is."""
    last = next((d for d in reversed(tuple(devices)) if d.kind == "lozenge"), None)
    if last is None or plan.route is not Route.SUBLINGUAL:
        return False
    return last.out_at is None and last.outcome != Outcome.NONE.value

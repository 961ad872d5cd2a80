"""This file is about the dose: what was delivered, never what was planned (definitions D5)."""

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from clinic.protocols.rules import SessionPlan
from clinic.sessions.rules.infusion import Infused, infused
from clinic.sessions.rules.log import (
    Administration,
    AdministrationEvent,
    Outcome,
    SessionFacts,
    Transition,
    TransitionEvent,
)
from clinic.sessions.rules.moments import minutes
from clinic.sessions.rules.pieces import PIECES, held_in_mouth, pieces
from clinic.sessions.rules.replay import Log
from clinic.sessions.rules.results import DeviceGiven, DoseState

STARTS = (*PIECES, AdministrationEvent.INFUSION_START)
STOPS = (TransitionEvent.DOSING_STOPPED, TransitionEvent.EMERGENCY)
HUNDREDTH = Decimal("0.01")


def first_drug_at(log: Log) -> datetime | None:
    """T0: the first drug actually delivered; a device that delivered nothing is none (D1.1)."""
    for given in log.of(Administration):
        if given.event in STARTS and given.outcome is not Outcome.NONE:
            return given.effective_at
    return None


def last_drug_at(log: Log) -> datetime | None:
    """Last spray, injection or lozenge, or the stop of the infusion; None while one runs.

    A lozenge counts until it is taken out; while nobody wrote that down, from when it went in.
    """
    pump = infused(log)
    if pump.started and pump.stopped_at is None:
        return None
    ends = [
        given.effective_at
        for given in log.of(Administration)
        if (given.event in PIECES and given.outcome is not Outcome.NONE)
        or given.event is AdministrationEvent.LOZENGE_OUT
    ]
    return max([*ends, *([pump.stopped_at] if pump.stopped_at else [])], default=None)


def agreed_pause_ends_at(facts: SessionFacts, log: Log) -> datetime | None:
    """Last drug delivered plus the agreed hours (D5.3); None: not breastfeeding, or none agreed."""
    last = last_drug_at(log)
    if facts.breastfeeding is False or facts.agreed_pause_hours is None or last is None:
        return None
    return last + timedelta(minutes=int(facts.agreed_pause_hours * 60))


def ordered_devices(plan: SessionPlan, facts: SessionFacts) -> int | None:
    """How many devices the order is for; None when nothing was ordered."""
    if plan.dose.devices is None:
        return None
    if facts.ordered_devices is not None:
        return facts.ordered_devices
    if facts.ordered_mg is None:
        return None
    return int(facts.ordered_mg / plan.dose.devices.mg_each)


def dose_state(
    plan: SessionPlan, facts: SessionFacts, log: Log, now: datetime | None = None
) -> DoseState:
    """What was delivered, in words and mg, and what may come next; `now`: what the pump shows."""
    given = log.of(Administration)
    pump, devices = infused(log), pieces(plan, first_drug_at(log), given)
    stopped, in_mouth = _stopped(log), held_in_mouth(plan, devices)
    amounts = [device.mg for device in devices] + ([pump.mg] if pump.started else [])
    known = sum((mg for mg in amounts if mg is not None), Decimal(0))
    next_number, opens_at = _next_device(plan, facts, devices, stopped)
    left_mg = None if None in amounts else _left_mg(plan, facts, known)
    return DoseState(
        given_mg=None if None in amounts or pump.running or not amounts else known,
        known_mg=known,
        text=_text(devices, pump, known),
        devices=devices,
        next_device_number=next_number,
        next_device_opens_at=opens_at,
        stopped_early=stopped or _pump_stopped_early(plan, pump),
        complete=not in_mouth and _complete(plan, facts, log, left_mg),
        in_mouth=in_mouth,
        left_mg=left_mg,
        **_shown_by(pump, log, now),
    )


def _shown_by(pump: Infused, log: Log, now: datetime | None) -> dict[str, Any]:
    """How the pump stands, and what it has run until now."""
    until_now = infused(log, now) if pump.running else pump
    return {
        "running": pump.running,
        "paused": pump.paused,
        "stopped_at": pump.stopped_at,
        "infused_minutes": until_now.run_minutes,
        "infused_mg": until_now.mg if pump.started else None,
        "ended_by_emergency": pump.ended_by_emergency,
    }


def _stopped(log: Log) -> bool:
    """By a decision, or by an emergency (definitions D8.4)."""
    return any(step.event in STOPS for step in log.of(Transition))


def _left_mg(plan: SessionPlan, facts: SessionFacts, known: Decimal) -> Decimal | None:
    """What the order still allows of injections and lozenges."""
    by_pieces = plan.dose.devices is None and plan.dose.infusion is None
    if not by_pieces or facts.ordered_mg is None:
        return None
    return max(facts.ordered_mg - known, Decimal(0))


def _next_device(
    plan: SessionPlan, facts: SessionFacts, devices: tuple[DeviceGiven, ...], stopped: bool
) -> tuple[int | None, datetime | None]:
    """No device beyond the order, whatever the earlier ones delivered (D5.1)."""
    ordered = ordered_devices(plan, facts)
    if plan.dose.devices is None or stopped or ordered is None or len(devices) >= ordered:
        return None, None
    if not devices:
        return 1, None
    return len(devices) + 1, devices[-1].at + minutes(plan.dose.devices.rest_minutes)


def _complete(plan: SessionPlan, facts: SessionFacts, log: Log, left_mg: Decimal | None) -> bool:
    """All that was ordered is given, or no more is: stopped, or an amount that nobody knows."""
    given = log.of(Administration)
    pump = infused(log)
    if pump.started:
        return pump.stopped_at is not None
    if _stopped(log):
        return True
    if plan.dose.devices is not None:
        ordered = ordered_devices(plan, facts)
        return ordered is not None and sum(one.event in PIECES for one in given) >= ordered
    return first_drug_at(log) is not None and not left_mg


def _pump_stopped_early(plan: SessionPlan, pump: Infused) -> bool:
    planned = plan.dose.infusion.planned_minutes if plan.dose.infusion else 0
    return pump.stopped_at is not None and pump.run_minutes < planned


def _text(devices: tuple[DeviceGiven, ...], pump: Infused, known: Decimal) -> str:
    if pump.running or pump.paused:
        return "infusion running" if pump.running else "infusion paused"
    total = [f"{amount(known)} mg{_stated_parts(devices)}"] if known else []
    unknown = [
        f"{device.kind} {device.number} {_how(device)}"
        for device in devices
        if device.mg is None or device.outcome == "none"
    ]
    pump_unknown = ["infusion, amount unknown"] if pump.started and pump.mg is None else []
    return " + ".join([*total, *unknown, *pump_unknown]) or "nothing given"


def _how(device: DeviceGiven) -> str:
    if device.mg is not None:
        return "delivered nothing"
    how = "" if device.outcome == "unknown" else f"{device.outcome}, "
    return f"{how}amount unknown"


def _stated_parts(devices: tuple[DeviceGiven, ...]) -> str:
    """What does not go without saying: parts of a device, how long a lozenge was held."""
    return "".join(
        f" ({device.kind} {device.number} {said})" for device in devices if (said := _said(device))
    )


def _said(device: DeviceGiven) -> str:
    parts = []
    if device.outcome == "partial" and device.mg is not None:
        parts.append(f"partial, {amount(device.mg)} mg")
    if device.held_minutes is not None:
        parts.append(f"held {device.held_minutes} min")
    if device.remains:
        parts.append(device.remains.replace("-", " "))
    return ", ".join(parts)


def amount(mg: Decimal) -> str:
    """Milligrams to a hundredth, never with a trailing zero."""
    rounded = mg.quantize(HUNDREDTH, ROUND_HALF_UP)
    return format(rounded.normalize(), "f")

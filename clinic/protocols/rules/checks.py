"""This file is about whether a protocol makes sense: order, gaps, units, names, windows.

Each check sees the parts that could be read and yields a path and a sentence; a part with a fault
of form is absent here, so that one fault never hides another.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from clinic.notation.rules.parsing import Fault
from clinic.protocols.rules.codes import CountsFrom, DoseUnit, Level, Route
from clinic.protocols.rules.follow_up_checks import follow_up_faults
from clinic.protocols.rules.leaving_checks import leaving_faults
from clinic.protocols.rules.limits import Band, SignLimits
from clinic.protocols.rules.signs import ENTRY_SIGNS, LIMIT_SIGNS, SIGNS
from clinic.protocols.rules.treatment import Devices, Dose, Schedule

Parts = Mapping[str, Any]


def check_protocol(parts: Parts) -> Iterator[Fault]:
    """All faults of a protocol, in no order that matters."""
    checks = (_limits, _schedule, _dose, _pressure, _escalation, _lists, _outcome)
    for check in (*checks, leaving_faults, follow_up_faults):
        yield from check(parts)


def _limits(parts: Parts) -> Iterator[Fault]:
    limits = parts.get("limits")
    if limits is None:
        return
    for code in LIMIT_SIGNS:
        if code not in limits:
            yield f"limits.{code}", f"is missing. Write limits for {code}, bands: null for none."
    for code, sign in limits.items():
        if code not in LIMIT_SIGNS:
            yield f"limits.{code}", f"is not a sign. Use only {', '.join(LIMIT_SIGNS)}."
        else:
            yield from _sign(code, sign)


def _sign(code: str, sign: SignLimits) -> Iterator[Fault]:
    path, info = f"limits.{code}", SIGNS[code]
    if sign.unit != info.unit:
        yield f"{path}.unit", f"is {sign.unit}. Write {info.unit}."
    if sign.entry.lowest >= sign.entry.highest:
        yield f"{path}.entry.lowest", f"must be below highest, {sign.entry.highest}."
    if sign.trend and sign.trend.slow > sign.trend.fast:
        yield f"{path}.trend.slow", f"must not be above fast, {sign.trend.fast}."
    yield from _bands(path, sign, info.decimals)


def _bands(path: str, sign: SignLimits, decimals: int) -> Iterator[Fault]:
    if sign.bands is None:
        return
    path = f"{path}.bands"
    if not sign.bands:
        yield path, "is an empty list. Write bands, or null for: not set by this clinic."
        return
    if sign.bands[0].lower > sign.entry.lowest:
        lowest = f"(lowest possible: {sign.entry.lowest})"
        yield f"{path}.1.from", f"leaves a gap below it. Write 0 {lowest}."
    for number, (before, band) in enumerate(pairwise(sign.bands), 2):
        if band.lower <= before.lower:
            yield f"{path}.{number}.from", f"must be above the band before, {before.lower}."
    if not any(band.level is Level.IN_RANGE for band in sign.bands):
        yield path, "has no band in range. Write one with level: in-range."
    yield from _single_bands(path, sign.bands, sign, decimals)


def _single_bands(
    path: str, bands: tuple[Band, ...], sign: SignLimits, decimals: int
) -> Iterator[Fault]:
    for number, band in enumerate(bands, 1):
        if not decimals and band.lower != int(band.lower):
            yield f"{path}.{number}.from", f"{band.lower} is not whole. Write a whole number."
        if band.lower > sign.entry.highest:
            yield f"{path}.{number}.from", f"is never reached: highest is {sign.entry.highest}."


def _schedule(parts: Parts) -> Iterator[Fault]:
    plan = parts.get("schedule")
    if plan is None:
        return
    if not plan.slots or plan.slots[0] != 0:
        yield "schedule.slots", "must begin with 0, the baseline."
    yield from _windows(plan)
    for number, sign in enumerate(plan.required, 1):
        if sign not in ENTRY_SIGNS:
            yield f"schedule.required.{number}", f"is not a sign. Use {', '.join(ENTRY_SIGNS)}."
    yield from _schedule_of_route(parts, plan)


def _windows(plan: Schedule) -> Iterator[Fault]:
    apart = 2 * plan.on_time_minutes
    for name in ("slots", "after_stop"):
        for number, (before, minute) in enumerate(pairwise(getattr(plan, name)), 2):
            yield from _window(f"schedule.{name}.{number}", before, minute, apart)
    if plan.every_minutes is not None:
        yield from _window("schedule.every_minutes", 0, plan.every_minutes, apart)
    if plan.after_stop:
        yield from _window("schedule.after_stop.1", 0, plan.after_stop[0], apart)


def _window(path: str, before: int, minute: int, apart: int) -> Iterator[Fault]:
    if minute <= before:
        yield path, f"{minute} must come after {before}. Write the minutes in ascending order."
    elif minute - before < apart:
        # definitions D1.2: a reading belongs to the nearest slot; it may lie on the edge of two
        # windows (minute 35), never inside two.
        yield path, f"its window overlaps with {before}. Write {before + apart} or later."


def _schedule_of_route(parts: Parts, plan: Schedule) -> Iterator[Fault]:
    infusion = parts.get("route") is Route.INTRAVENOUS
    if infusion and (plan.every_minutes is None or not plan.after_stop):
        yield "schedule.every_minutes", "an infusion needs every_minutes and after_stop."
    if infusion and len(plan.slots) > 1:
        yield "schedule.slots", "an infusion makes its slots from every_minutes. Write [0]."
    if "route" in parts and not infusion and (plan.every_minutes or plan.after_stop):
        yield "schedule.every_minutes", "belongs to an infusion. Write null, and after_stop: []."


def _dose(parts: Parts) -> Iterator[Fault]:
    dose, route = parts.get("dose"), parts.get("route")
    if dose is None or route is None:
        return
    yield from _allowed(dose, route)
    if (route is Route.INTRAVENOUS) != (dose.infusion is not None):
        yield "dose.infusion", "belongs to route intravenous, and only there. Else write null."
    if (route is Route.NASAL) != (dose.devices is not None):
        yield "dose.devices", "belongs to route nasal, and only there. Else write null."
    elif dose.devices is not None:
        yield from _devices(dose.allowed or (), dose.devices)
    stay = parts.get("minimum_stay")
    infusion = route is Route.INTRAVENOUS
    if stay and (stay.counts_from is CountsFrom.LAST_STOP) != infusion:
        yield "minimum_stay.counts_from", "an infusion counts from last-stop, others first-drug."


def _allowed(dose: Dose, route: Route) -> Iterator[Fault]:
    """No dose at all is for what is given by hand, in mg that the prescriber writes."""
    if dose.allowed is None:
        if dose.unit is DoseUnit.MG_PER_KG or route in (Route.NASAL, Route.INTRAVENOUS):
            yield "dose.allowed", "null is for injection or lozenge, in mg. Write doses."
    elif not dose.allowed or 0 in dose.allowed:
        yield "dose.allowed", "must name at least one dose above 0."


def _devices(allowed: tuple[Decimal, ...], devices: Devices) -> Iterator[Fault]:
    whole = f"1 to {devices.most} devices of {devices.mg_each} mg"
    for number, mg in enumerate(allowed, 1):
        if mg % devices.mg_each or mg > devices.mg_each * devices.most:
            yield f"dose.allowed.{number}", f"{mg} mg is not made of {whole}."


def _pressure(parts: Parts) -> Iterator[Fault]:
    hold, severe = parts.get("hold"), parts.get("persistent")
    if hold and hold.recheck_opens_minutes > hold.recheck_due_minutes:
        yield "hold.recheck_opens_minutes", f"must not be after {hold.recheck_due_minutes}."
    if severe and severe.apart_minutes > severe.silence_minutes:
        yield "persistent.apart_minutes", f"must not be after {severe.silence_minutes}."
    if severe and severe.treat_from_minutes > severe.treat_by_minutes:
        yield "persistent.treat_from_minutes", f"must not be after {severe.treat_by_minutes}."
    for number, rule in enumerate(parts.get("consecutive", ()), 1):
        if rule.sign not in LIMIT_SIGNS:
            yield f"consecutive.{number}.sign", f"is not a sign. Use {', '.join(LIMIT_SIGNS)}."
        if rule.times < 2:
            yield f"consecutive.{number}.times", "must be 2 or more."


def _escalation(parts: Parts) -> Iterator[Fault]:
    escalation = parts.get("escalation")
    if escalation is None:
        return
    for name in ("alert", "emergency"):
        steps = getattr(escalation, name)
        if not steps or steps[0].after_minutes != 0:
            yield f"escalation.{name}", "must begin with a step at after_minutes: 0."
        for number, (before, step) in enumerate(pairwise(steps), 2):
            if step.after_minutes < before.after_minutes:
                where = f"escalation.{name}.{number}.after_minutes"
                yield where, f"must not be before the step above, {before.after_minutes}."
    for number, step in enumerate(escalation.emergency, 1):
        if step.after_minutes:
            where = f"escalation.emergency.{number}.after_minutes"
            yield where, "an emergency calls all at once. Write 0."


def _lists(parts: Parts) -> Iterator[Fault]:
    effects, discharge = parts.get("side_effects"), parts.get("discharge")
    outcome = parts.get("outcome")
    lists = {
        "pre_dose": parts.get("pre_dose", ()),
        "discharge.items": discharge.items if discharge else (),
        "side_effects.terms": effects.terms if effects else (),
        "follow_ups": parts.get("follow_ups", ()),
        "outcome.windows": outcome.windows if outcome else (),
    }
    for path, items in lists.items():
        codes = [item.code for item in items]
        for number, code in enumerate(codes, 1):
            if code in codes[: number - 1]:
                yield f"{path}.{number}.code", f"{code} is used twice. Write another code."
    yield from _symptoms(parts)


def _symptoms(parts: Parts) -> Iterator[Fault]:
    effects, symptoms = parts.get("side_effects"), parts.get("symptoms")
    if effects is None or symptoms is None:
        return
    terms = {term.code for term in effects.terms}
    for number, rule in enumerate(symptoms.at_any_pressure, 1):
        if rule.term not in terms:
            where = f"symptoms.at_any_pressure.{number}.term"
            yield where, f"{rule.term} is not among side_effects.terms. Add it there."


def _outcome(parts: Parts) -> Iterator[Fault]:
    outcome = parts.get("outcome")
    if outcome is None:
        return
    for number, window in enumerate(outcome.windows, 1):
        if not window.opens_hours <= window.at_hours <= window.closes_hours:
            within = f"from {window.opens_hours} to {window.closes_hours}"
            yield f"outcome.windows.{number}.at_hours", f"must lie {within}."
    chosen = [(scale.scale, scale.form) for scale in outcome.scales]
    for number, (scale, form) in enumerate(chosen, 1):
        if (scale, form) in chosen[: number - 1]:
            yield f"outcome.scales.{number}.scale", f"{scale} ({form}) is there twice. Keep one."

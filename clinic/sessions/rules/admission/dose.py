"""This file is about whether a dose event is taken: route, order, expiry, hold, items before it."""

from collections.abc import Iterator
from datetime import timedelta

from clinic.protocols.rules import BLOOD_PRESSURE, Route
from clinic.sessions.rules import log
from clinic.sessions.rules.admission.shapes import Objection, Setting

EVENTS = {
    Route.NASAL: {log.AdministrationEvent.DEVICE},
    Route.INTRAVENOUS: {
        log.AdministrationEvent.INFUSION_START,
        log.AdministrationEvent.INFUSION_PAUSE,
        log.AdministrationEvent.INFUSION_RESUME,
        log.AdministrationEvent.INFUSION_RATE,
        log.AdministrationEvent.INFUSION_STOP,
    },
    Route.INTRAMUSCULAR: {log.AdministrationEvent.INJECTION},
    Route.SUBLINGUAL: {log.AdministrationEvent.LOZENGE_IN, log.AdministrationEvent.LOZENGE_OUT},
    Route.ORAL: {log.AdministrationEvent.LOZENGE_IN, log.AdministrationEvent.LOZENGE_OUT},
}
STARTS_DRUG = {
    log.AdministrationEvent.DEVICE,
    log.AdministrationEvent.INFUSION_START,
    log.AdministrationEvent.INFUSION_RESUME,
    log.AdministrationEvent.INJECTION,
    log.AdministrationEvent.LOZENGE_IN,
}


def administration(setting: Setting, entry: log.Entry) -> Iterator[Objection]:
    """Only what the route gives, in its order, unexpired, and not while the dose is held."""
    assert isinstance(entry, log.Administration)  # noqa: S101 - narrows the type
    if entry.event not in EVENTS[setting.plan.route]:
        yield Objection(
            "event", f"This protocol gives the drug by another route: {setting.plan.route}."
        )
        return
    yield from expired(setting, entry)
    if entry.corrects_id is not None:
        return
    if entry.event in STARTS_DRUG:
        yield from may_not_start(setting, entry)
    yield from OF_ROUTE[setting.plan.route](setting, entry)


def expired(setting: Setting, entry: log.Administration | log.Supply) -> Iterator[Objection]:
    """An expired device or vial is refused (definitions D5.2). The last day is still good."""
    given_on = entry.effective_at.astimezone(setting.timezone).date()
    if entry.expires_on is not None and entry.expires_on < given_on:
        yield Objection("expires_on", f"Expired on {entry.expires_on:%d %b %Y}. Take another one.")


def may_not_start(setting: Setting, entry: log.Administration) -> Iterator[Objection]:
    """What keeps a dose from being given at all."""
    state = setting.state
    for sentence in setting.obstacles:
        yield Objection("event", sentence)
    if state.hold and not state.hold.overridden:
        how = "" if state.hold.may_be_overridden else " Nobody can override this."
        yield Objection("event", f"The dose is on hold: {state.hold.why}.{how}")
    if state.clock.t0 is None:
        yield from first_dose(setting, entry)
    if state.dose.stopped_early:
        yield Objection("event", "Dosing was stopped in this session.")


def first_dose(setting: Setting, entry: log.Administration) -> Iterator[Objection]:
    """Every item that holds the dose is met, and there is a reading to compare with."""
    unmet = [i.text for i in setting.state.pre_dose_items if i.holds and not i.met]
    if unmet:
        yield Objection("event", f"Not yet: {'; '.join(unmet)}.")
    if not has_baseline(setting, entry):
        yield Objection(
            "event", "There is no blood pressure before the dose. Give it without one?", ask=True
        )
    interval = setting.plan.dose.minimum_interval_hours
    if interval and setting.last_dose_at:
        opens_at = setting.last_dose_at + timedelta(hours=interval)
        if entry.effective_at < opens_at:
            yield Objection("event", f"The dose before was less than {interval} h ago.")


def has_baseline(setting: Setting, entry: log.Administration) -> bool:
    """Whether a blood pressure was taken in the window before this dose (definitions D2.1)."""
    opens_at = entry.effective_at - timedelta(minutes=setting.plan.baseline.window_minutes)
    return any(
        reading.sign == BLOOD_PRESSURE and isinstance(reading.value, log.Measured)
        for row in setting.state.rows
        if opens_at <= row.effective_at <= entry.effective_at
        for reading in row.readings
    )


def device(setting: Setting, entry: log.Administration) -> Iterator[Objection]:
    """Devices follow each other; there is no replacement without a new order (definitions D5.1)."""
    dose = setting.state.dose
    if dose.next_device_number is None:
        yield Objection(
            "device_number", "All ordered devices are given. Another one needs a new order."
        )
    elif entry.device_number != dose.next_device_number:
        yield Objection("device_number", f"Device {dose.next_device_number} is next.")
    elif dose.next_device_opens_at and entry.effective_at < dose.next_device_opens_at:
        rest = setting.plan.dose.devices.rest_minutes if setting.plan.dose.devices else 0
        yield Objection("effective_at", f"Less than {rest} min after the device before?", ask=True)


def injection(setting: Setting, entry: log.Administration) -> Iterator[Objection]:
    """Injections may be several, together never more than the order (definitions D5.1)."""
    yield from beyond_order(setting, entry)


def lozenge(setting: Setting, entry: log.Administration) -> Iterator[Objection]:
    """One lozenge at a time: in, then out, each within the order; out comes after in."""
    in_mouth = setting.state.dose.in_mouth
    if entry.event is log.AdministrationEvent.LOZENGE_IN:
        if in_mouth:
            yield Objection("event", "A lozenge is in her mouth. Write first when it came out.")
        yield from beyond_order(setting, entry)
    elif setting.plan.route is Route.ORAL:
        yield Objection("event", "What is swallowed at once is not taken out.")
    elif not in_mouth:
        yield Objection("event", "There is no lozenge in her mouth.")
    elif entry.effective_at < setting.state.dose.devices[-1].at:
        yield Objection("effective_at", "The lozenge went in later than that.")


def beyond_order(setting: Setting, entry: log.Administration) -> Iterator[Objection]:
    """Nothing beyond the order, and nothing after an amount that nobody knows."""
    dose = setting.state.dose
    if dose.devices and dose.left_mg is None:
        yield Objection("mg", "Nobody knows how much was given before. More needs a new order.")
    elif dose.left_mg is not None and entry.mg is not None and entry.mg > dose.left_mg:
        left = format(dose.left_mg.normalize(), "f")
        yield Objection("mg", f"{left} mg of the order are left. More needs a new order.")


def infusion(setting: Setting, entry: log.Administration) -> Iterator[Objection]:
    """An infusion is started once, paused while it runs, resumed while it is paused."""
    dose, event = setting.state.dose, entry.event
    fits = {
        log.AdministrationEvent.INFUSION_START: not dose.running and dose.stopped_at is None,
        log.AdministrationEvent.INFUSION_PAUSE: dose.running and not dose.paused,
        log.AdministrationEvent.INFUSION_RESUME: dose.paused,
        log.AdministrationEvent.INFUSION_RATE: dose.running,
        log.AdministrationEvent.INFUSION_STOP: dose.running or dose.paused,
    }
    read_off = event is log.AdministrationEvent.INFUSION_STOP and entry.mg is not None
    if read_off and dose.ended_by_emergency:
        return  # what the pump shows, written down once there is time for it
    if not fits.get(event, True):
        yield Objection("event", "The infusion is not in a state for this.")


OF_ROUTE = {
    Route.NASAL: device,
    Route.INTRAVENOUS: infusion,
    Route.INTRAMUSCULAR: injection,
    Route.SUBLINGUAL: lozenge,
    Route.ORAL: lozenge,
}

"""This file is about which supply, cannula, order, hand-over and absence a session takes."""

from collections.abc import Iterator

from clinic.protocols.rules import Level
from clinic.sessions.rules import log
from clinic.sessions.rules.admission.dose import expired
from clinic.sessions.rules.admission.shapes import Load, Objection, Setting
from clinic.sessions.rules.handover import may_claim_back
from clinic.sessions.rules.results import Responsibility, SessionState


def supply(setting: Setting, entry: log.Entry) -> Iterator[Objection]:
    """A device that the protocol has, or a vial; unexpired; a second person for what is given back
    or thrown away, who is not the one who writes (definitions D5.2)."""
    assert isinstance(entry, log.Supply)  # noqa: S101 - narrows the type
    devices = setting.plan.dose.devices
    if devices is None and entry.device_number is not None:
        yield Objection("device_number", "This protocol counts no devices. Leave it empty.")
    if devices is not None and entry.device_number is None:
        yield Objection("device_number", "Enter which device.")
    if devices is not None and (entry.device_number or 0) > devices.most:
        yield Objection("device_number", f"Enter a device between 1 and {devices.most}.")
    if entry.event is log.SupplyEvent.OPENED:
        yield from expired(setting, entry)
    elif is_author(setting, entry.witness):
        yield Objection("witness", "The second person is somebody else than you.")
    yield from one_unit(setting, entry)


def is_author(setting: Setting, witness: str | None) -> bool:
    """Whether the second person is the one who writes: each word is part of that name."""
    typed = set((witness or "").casefold().split())
    return bool(typed) and typed <= set(setting.author_name.casefold().split())


def one_unit(setting: Setting, entry: log.Supply) -> Iterator[Objection]:
    """A vial is counted in one unit all through; a device in mg, as the protocol has it."""
    if entry.unit is None:
        return
    counted = [line for line in setting.state.supplies if line.counted]
    unit = "mg" if setting.plan.dose.devices else counted[0].unit if counted else entry.unit
    if entry.unit != unit and entry.corrects_id is None:
        what = "A device" if setting.plan.dose.devices else "This vial"
        yield Objection("unit", f"{what} is counted in {unit}.")


def cannula(setting: Setting, entry: log.Entry) -> Iterator[Objection]:
    """What does not fit what the log knows is asked once: somebody else may have placed it."""
    assert isinstance(entry, log.Cannula)  # noqa: S101 - narrows the type
    state = setting.state.cannula
    inside = state is not None and state.placed
    if entry.corrects_id is not None:
        return
    if entry.event is log.CannulaEvent.PLACED and inside:
        yield Objection("event", "A cannula is in place already. Another one?", ask=True)
    if entry.event is log.CannulaEvent.REMOVED and not inside:
        yield Objection("event", "No cannula is written as placed. Removed all the same?", ask=True)


def order(setting: Setting, entry: log.Entry) -> Iterator[Objection]:
    """Ordered by a prescriber, and read back (definitions D8.3). It opens no hold."""
    assert isinstance(entry, log.Order)  # noqa: S101 - narrows the type
    if entry.ordered_by_id not in setting.prescribers:
        yield Objection("ordered_by_id", "Choose the prescriber who ordered it.")
    if not entry.read_back:
        yield Objection("read_back", "Read it back to the prescriber, then save.")


def handover(setting: Setting, entry: log.Entry) -> Iterator[Objection]:
    """Offered to somebody else who may log here; accepted by that person; claimed back by the one
    who handed it over last (definitions D8.1)."""
    assert isinstance(entry, log.Handover)  # noqa: S101 - narrows the type
    now = setting.state.responsibility
    if entry.corrects_id is not None:
        return
    if entry.event is log.HandoverEvent.OFFERED:
        yield from offer(setting, entry, now)
    elif entry.event is log.HandoverEvent.ACCEPTED and entry.author_id != now.offered_to:
        yield Objection("event", "This session is not offered to you.")
    elif entry.event is log.HandoverEvent.CLAIMED_BACK and not may_claim_back(now, entry.author_id):
        yield Objection("event", "You have not handed this session over.")
    else:
        yield from beyond_limit(setting.load, setting.state)


def beyond_limit(load: Load | None, state: SessionState) -> Iterator[Objection]:
    """A nurse who has as many sessions as the clinic allows takes no other one, but in an emergency
    or when the nurse in charge handed it over and said why (definitions D8.1)."""
    now = state.responsibility
    urgent = any(alert.level is Level.EMERGENCY for alert in state.open_alerts)
    if load is None or not load.is_full or urgent or state.emergency:
        return
    if not (now.because and now.offered_by in load.in_charge):
        yield Objection("event", load.sentence)


def offer(setting: Setting, entry: log.Handover, now: Responsibility) -> Iterator[Objection]:
    """To somebody who works here, and does not have it already."""
    if entry.to_id not in setting.loggers:
        yield Objection("to_id", "Choose a nurse or psychiatrist of this clinic.")
    elif entry.to_id == now.responsible_id:
        yield Objection("to_id", "This person is responsible already.")


def absence(setting: Setting, entry: log.Entry) -> Iterator[Objection]:
    """She leaves the room from the room, and comes back from outside; the monitor likewise."""
    assert isinstance(entry, log.Absence)  # noqa: S101 - narrows the type
    away = setting.state.away
    out = away is not None and away.since is not None
    off = away is not None and away.monitor_off_since is not None
    wrong = {
        log.AbsenceEvent.LEFT_ROOM: "She is out of the room already." if out else "",
        log.AbsenceEvent.BACK: "" if out else "She is in the room.",
        log.AbsenceEvent.MONITOR_OFF: "The monitor is off already." if off else "",
        log.AbsenceEvent.MONITOR_ON: "" if off else "The monitor is on.",
    }[entry.event]
    if wrong and entry.corrects_id is None:
        yield Objection("event", wrong)

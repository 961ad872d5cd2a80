"""This file is about what a sheet only names: the alert, the effect, the reading that it means."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from clinic.sessions.rules import log
from clinic.sessions.rules.paper.events import Said
from clinic.sessions.rules.results import Alert, LogLine, SessionState

ALERTS = {
    "blood pressure": "blood_pressure",
    "bp": "blood_pressure",
    "heart rate": "heart_rate",
    "hr": "heart_rate",
    "respiratory rate": "respiratory_rate",
    "rr": "respiratory_rate",
    "spo2": "spo2",
    "moaa/s": "moaas",
    "symptom": "symptom",
}


class Unresolved(ValueError):
    """What a line names is not in the session; the sentence says what."""


def fields_of(
    said: Said, at: datetime, state: Callable[[], SessionState], zone: ZoneInfo
) -> dict[str, str]:
    """The fields of an entry, complete. `state` is worked out only when it is needed.

    Raises Unresolved for what is not there, and for a second set of readings at a minute that has
    one.
    """
    if said.about is not None:
        what, words = said.about
        return dict(said.fields) | LOOK_UP[what](words, state(), zone)
    if said.kind == "observation" and any(row.effective_at == at for row in state().rows):
        raise Unresolved("There are readings of this minute already. Correct those in the log.")
    return dict(said.fields)


def alert(words: str, state: SessionState, _zone: ZoneInfo) -> dict[str, str]:
    """The open alert of a sign, or of a symptom."""
    sign = ALERTS.get(words.strip().casefold())
    found = [a for a in state.open_alerts if subject_of(a) == sign]
    if not found:
        raise Unresolved(f"There is no open alert about {words}.")
    return {"alert_key": found[0].key}


def subject_of(found: Alert) -> str:
    """What an alert is about as paper says it: a sign, or the symptom."""
    return "symptom" if any(rule.startswith("symptom") for rule in found.rules) else found.sign


def effect(words: str, state: SessionState, _zone: ZoneInfo) -> dict[str, str]:
    """The side effect of that name that goes on."""
    found = [e for e in state.side_effects if e.term == words.casefold() and e.active]
    if not found:
        raise Unresolved(f"There is no {words} that goes on.")
    return {"subject_id": str(found[-1].onset_id)}


def effect_written(words: str, state: SessionState, _zone: ZoneInfo) -> dict[str, str]:
    """The line in which a side effect began, to be corrected."""

    def fits(entry: log.Entry) -> bool:
        return isinstance(entry, log.AdverseEvent) and entry.term == words.casefold()

    wrong = line_with(fits, state, f"There is no {words} in this session.")
    return as_written(wrong) | {"event": "onset", "term": words.casefold()}


def device(words: str, state: SessionState, _zone: ZoneInfo) -> dict[str, str]:
    """The line of a device, to be corrected."""

    def fits(entry: log.Entry) -> bool:
        return isinstance(entry, log.Administration) and str(entry.device_number) == words

    line = line_with(fits, state, f"There is no device {words} in this session.")
    assert isinstance(line.current, log.Administration)  # noqa: S101 - narrows the type
    fields = {"event": "device", "device_number": words, "outcome": str(line.current.outcome)}
    expires = line.current.expires_on
    return as_written(line) | fields | ({"expires_on": expires.isoformat()} if expires else {})


def pressure_at(words: str, state: SessionState, zone: ZoneInfo) -> dict[str, str]:
    """The readings of a time, all but the blood pressure, to be corrected."""
    clock = words.rjust(5, "0")

    def fits(entry: log.Entry) -> bool:
        wall = entry.effective_at.astimezone(zone)
        return isinstance(entry, log.Observation) and f"{wall:%H:%M}" == clock

    line = line_with(fits, state, f"There are no readings of {words}.")
    assert isinstance(line.current, log.Observation)  # noqa: S101 - narrows the type
    fields = as_written(line)
    for sign, value in line.current.signs.items():
        fields |= {} if sign == "blood_pressure" else sign_fields(sign, value)
    flow = line.current.oxygen_l_min
    return fields | ({} if flow is None else {"oxygen_l_min": plain(flow)})


def sign_fields(sign: str, value: log.SignValue) -> dict[str, str]:
    """A value as the fields that say it."""
    if isinstance(value, log.Measured):
        number = value.value
        return {sign: plain(number) if isinstance(number, Decimal) else str(number)}
    if isinstance(value, log.Unrecordable):
        return {f"{sign}_absent": "unrecordable"}
    words = {"absent_text": value.text} if value.text else {}
    return {f"{sign}_absent": str(value.reason)} | words


def plain(number: Decimal) -> str:
    """Digits without an exponent."""
    return format(number, "f")


def line_with(fits: Callable[[log.Entry], bool], state: SessionState, none: str) -> LogLine:
    """The last line that still stands and fits. Raises Unresolved."""
    found = [line for line in state.log if line.current is not None and fits(line.current)]
    if not found:
        raise Unresolved(none)
    return found[-1]


def as_written(line: LogLine) -> dict[str, str]:
    """What a correction keeps of the line: which one it is, and its time."""
    assert line.current is not None  # noqa: S101 - narrows the type
    return {
        "corrects_id": str(line.current.id),
        "effective_at": line.current.effective_at.isoformat(),
    }


LOOK_UP: dict[str, Callable[[str, SessionState, ZoneInfo], dict[str, str]]] = {
    "alert": alert,
    "effect": effect,
    "effect-written": effect_written,
    "device": device,
    "pressure-at": pressure_at,
}

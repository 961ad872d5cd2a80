"""This file is about what definitions.md says of a flowsheet at chosen moments, worked out by hand.

Each sheet has a table beside it. An empty cell asserts nothing: the definitions leave it open, or
it is not in question at that moment. `none` says that there is none.
"""

import csv
from collections.abc import Callable
from datetime import UTC, datetime

from clinic.sessions.rules.results import Alert, SessionState, SlotStatus
from tests.journeys.flowsheet import FOLDER, ZONE


def expectations(name: str) -> list[tuple[datetime, dict[str, str]]]:
    """The moments of a sheet, in UTC, with what is expected then, `why` among it."""
    with (FOLDER / f"{name}.expected.csv").open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    return [(_moment(line.pop("at")), {k: v for k, v in line.items() if v}) for line in lines]


def _moment(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ZONE).astimezone(UTC)


def differences(state: SessionState, expected: dict[str, str]) -> list[str]:
    """Where the state says something else, in words; empty when it agrees."""
    found = []
    for column, words in expected.items():
        if column == "why":
            continue
        said = SAYS[column](state, words)
        if said != words:
            found.append(f"{column}: expected {words!r}, the program says {said!r}")
    return found


def _text(value: object) -> str:
    return "none" if value is None else str(value)


def _clock(moment: datetime | None, shape: str = "%H:%M") -> str:
    return moment.astimezone(ZONE).strftime(shape) if moment else "none"


def _hold(state: SessionState, _words: str) -> str:
    if not (hold := state.hold):
        return "none"
    opens, due = _clock(hold.recheck_opens_at), _clock(hold.recheck_due_at)
    may = "may be overridden" if hold.may_be_overridden else "no override exists"
    return f"{hold.reading} opens {opens} due {due} {may}"


def _slots(state: SessionState, words: str) -> str:
    """Slots by status, in the order in which the words name the statuses."""
    asked = {int(word) for word in words.replace(";", " ").split() if word.isdigit()}
    groups: dict[SlotStatus, list[str]] = {}
    for slot in state.slots:
        if slot.minute in asked:
            groups.setdefault(slot.status, []).append(str(slot.minute))
    return "; ".join(" ".join([*minutes, status]) for status, minutes in groups.items())


def _signs(state: SessionState, words: str) -> str:
    """Single signs of slots, those that the words name."""
    slots = {str(slot.minute): {one.sign: one for one in slot.signs} for slot in state.slots}
    asked = [part.split()[:2] for part in words.split("; ")]
    return "; ".join(f"{minute} {sign} {slots[minute][sign].status}" for minute, sign in asked)


def _next_due(state: SessionState, _words: str) -> str:
    due = state.next_due
    return f"{due.kind} {_clock(due.due_at)}" if due else "none"


def _alerts(state: SessionState, _words: str) -> str:
    said = [
        f"{name_of(alert)} {alert.level}" + (" acknowledged" if alert.acknowledged_at else "")
        for alert in state.open_alerts
    ]
    return "; ".join(sorted(said)) or "none"


def name_of(alert: Alert) -> str:
    """An alert is called by its line in definitions D3: a sign, or the symptom."""
    is_symptom = any(rule.startswith("symptom") for rule in alert.rules)
    return "symptom" if is_symptom else alert.sign


def _pre_dose(state: SessionState, _words: str) -> str:
    reading = state.pre_dose.get("blood_pressure")
    return str(reading.value.value) if reading else "none"


def _rise(state: SessionState, _words: str) -> str:
    rise = state.rise
    return "none" if rise.systolic is None else f"{rise.systolic}/{rise.diastolic}"


def _dose(state: SessionState, words: str) -> str:
    """The words themselves if every part of them stands in the dose's text."""
    parts = words.split(", ")
    return words if all(part in state.dose.text for part in parts) else state.dose.text


SAYS: dict[str, Callable[[SessionState, str], str]] = {
    "phase": lambda state, _words: state.phase.value,
    "elapsed": lambda state, _words: _text(state.clock.elapsed_minutes),
    "hold": _hold,
    "slots": _slots,
    "signs": _signs,
    "next_due": _next_due,
    "alerts": _alerts,
    "episodes": lambda state, _words: str(len(state.alerts)),
    "pre_dose": _pre_dose,
    "rise": _rise,
    "known_mg": lambda state, _words: str(state.dose.known_mg),
    "dose": _dose,
    "readiness": lambda state, _words: "met" if state.readiness.all_met else "not yet",
    "ready_at": lambda state, _words: _clock(state.readiness.ready_at),
    "pause_ends": lambda state, _words: _clock(state.agreed_pause_ends_at, "%Y-%m-%d %H:%M"),
    "day": lambda state, _words: _text(state.clock.postpartum_day),
    "total": lambda state, _words: _text(state.clock.total_minutes),
}

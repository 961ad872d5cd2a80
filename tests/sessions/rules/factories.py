"""This file is about short ways to write a log: times as minutes from T0, values in order."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from clinic.protocols.library import library_protocols
from clinic.protocols.rules import SessionPlan
from clinic.sessions.rules import log
from clinic.sessions.rules.results import SessionState, Slot
from clinic.sessions.rules.state import session_state

LIBRARY = library_protocols()
NASAL: SessionPlan = LIBRARY["esketamine-nasal-56-84"].session_plan()
INFUSION: SessionPlan = LIBRARY["ketamine-iv-0.5-mg-kg"].session_plan()
INJECTION: SessionPlan = LIBRARY["ketamine-im"].session_plan()
LOZENGE: SessionPlan = LIBRARY["ketamine-sublingual"].session_plan()

T0 = datetime(2026, 3, 12, 13, 31, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")
FACTS = log.SessionFacts(
    timezone=ZONE,
    birth_on=datetime(2026, 1, 22, tzinfo=UTC).date(),
    ordered_mg=Decimal(84),
    ordered_devices=3,
    agreed_pause_hours=Decimal(12),
    breastfeeding=True,
)
SESSION = UUID(int=7)
NURSE, PSYCHIATRIST = UUID(int=101), UUID(int=102)

NORMAL = {
    "blood_pressure": "118/76",
    "heart_rate": 72,
    "respiratory_rate": 14,
    "spo2": 98,
    "moaas": 5,
    "dissociation": 0,
}


def at(minute: float) -> datetime:
    """A moment so many minutes after T0."""
    return T0 + timedelta(minutes=minute)


def minutes_after(start: datetime, minute: float) -> datetime:
    return start + timedelta(minutes=minute)


class Logbook:
    """Writes entries with ids and order of arrival counted up from 1."""

    def __init__(self) -> None:
        self.entries: list[log.Entry] = []

    def add(self, kind: type[log.Entry], minute: float, **fields: Any) -> log.Entry:
        number = len(self.entries) + 1
        known = fields.pop("known", None)
        common = {
            "id": UUID(int=1000 + number),
            "session_id": SESSION,
            "effective_at": at(minute),
            "recorded_at": at(minute if known is None else known),
            "author_id": NURSE,
            "log_seq": number,
        }
        entry = kind(**{**common, **fields})
        self.entries.append(entry)
        return entry

    def device(self, minute: float, number: int = 1, **fields: Any) -> log.Entry:
        fields = {"outcome": log.Outcome.COMPLETE, **fields}
        event = log.AdministrationEvent.DEVICE
        return self.add(log.Administration, minute, event=event, device_number=number, **fields)

    def pump(self, minute: float, event: str, **fields: Any) -> log.Entry:
        kind = log.AdministrationEvent(f"infusion-{event}")
        return self.add(log.Administration, minute, event=kind, **fields)

    def reading(self, minute: float, oxygen: int | None = 0, **values: Any) -> log.Entry:
        """`blood_pressure` as "118/76"; `known`, `corrects_id` and the like as for any entry."""
        signs = {sign: _value(values.pop(sign)) for sign in list(values) if sign in SIGN_NAMES}
        flow = None if oxygen is None else Decimal(oxygen)
        return self.add(log.Observation, minute, signs=signs, oxygen_l_min=flow, **values)

    def full(self, minute: float, **values: Any) -> log.Entry:
        """A full set, normal where nothing else is said."""
        return self.reading(minute, **{**NORMAL, **values})

    def effect(self, minute: float, term: str, severity: str = "mild", **fields: Any) -> log.Entry:
        return self.add(
            log.AdverseEvent,
            minute,
            event=log.AdverseEventEvent.ONSET,
            term=term,
            severity=log.Severity(severity),
            **fields,
        )

    def effect_change(
        self, minute: float, onset: log.Entry, severity: str | None = None, **fields: Any
    ) -> log.Entry:
        """A new severity, or without one the resolution."""
        event = log.AdverseEventEvent.SEVERITY if severity else log.AdverseEventEvent.RESOLVED
        grade = log.Severity(severity) if severity else None
        return self.add(
            log.AdverseEvent, minute, event=event, severity=grade, subject_id=onset.id, **fields
        )

    def take_up(self, minute: float, key: str, **fields: Any) -> log.Entry:
        return self.add(log.Acknowledgement, minute, alert_key=key, **fields)

    def check(self, minute: float, item: str, answer: str = "yes", **fields: Any) -> log.Entry:
        return self.add(log.Check, minute, item=item, answer=log.Answer(answer), **fields)

    def step(self, minute: float, event: str, **fields: Any) -> log.Entry:
        return self.add(log.Transition, minute, event=log.TransitionEvent(event), **fields)

    def withdraw(self, minute: float, entry: log.Entry) -> log.Entry:
        fields = {
            name: getattr(entry, name)
            for name in entry.__dataclass_fields__
            if name not in ("id", "log_seq", "recorded_at", "corrects_id", "withdrawn", "reason")
        }
        number = len(self.entries) + 1
        gone = type(entry)(
            **fields,
            id=UUID(int=1000 + number),
            log_seq=number,
            recorded_at=at(minute),
            corrects_id=entry.id,
            withdrawn=True,
            reason="entered in error",
        )
        self.entries.append(gone)
        return gone

    def state(
        self, minute: float, plan: SessionPlan = NASAL, facts: log.SessionFacts = FACTS
    ) -> SessionState:
        return session_state(plan, facts, self.entries, at(minute))


SIGN_NAMES = (*NORMAL, "temperature")


def _value(value: Any) -> log.SignValue:
    if isinstance(value, log.Measured | log.Unrecordable | log.NotMeasured):
        return value
    if isinstance(value, str):
        systolic, diastolic = value.split("/")
        return log.Measured(log.BloodPressure(int(systolic), int(diastolic)))
    return log.Measured(value)


def refused() -> log.NotMeasured:
    return log.NotMeasured(log.NotMeasuredReason.REFUSED)


def slot(state: SessionState, key: str) -> Slot:
    return next(slot for slot in state.slots if slot.key == key)


def started() -> Logbook:
    """Baseline two minutes before, three devices from T0 on."""
    book = Logbook()
    book.full(-2)
    for number in (1, 2, 3):
        book.device((number - 1) * 5, number)
    return book

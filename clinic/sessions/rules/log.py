"""This file is about the log: the entries of a session as they were written, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from clinic.protocols.rules import Severity


class AdministrationEvent(StrEnum):
    DEVICE = "device"
    INFUSION_START = "infusion-start"
    INFUSION_PAUSE = "infusion-pause"
    INFUSION_RESUME = "infusion-resume"
    INFUSION_RATE = "infusion-rate"
    INFUSION_STOP = "infusion-stop"
    INJECTION = "injection"
    LOZENGE_IN = "lozenge-in"
    LOZENGE_OUT = "lozenge-out"


class Outcome(StrEnum):
    COMPLETE = "complete"
    PARTIAL = "partial"
    NONE = "none"


class Remains(StrEnum):
    """What became of the rest of a lozenge."""

    DISSOLVED = "dissolved"
    SWALLOWED = "swallowed"
    SPAT_OUT = "spat-out"


class AdverseEventEvent(StrEnum):
    ONSET = "onset"
    SEVERITY = "severity"
    RESOLVED = "resolved"


class InterventionCategory(StrEnum):
    MEDICINE = "medicine"
    OXYGEN = "oxygen"
    POSITION = "position"
    FLUIDS = "fluids"
    CALL = "call"
    OTHER = "other"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    REFUSED = "refused"
    NOT_REACHED = "not-reached"


class TransitionEvent(StrEnum):
    CHECKED_IN = "checked-in"
    HOLD_OVERRIDDEN = "hold-overridden"
    DOSING_STOPPED = "dosing-stopped"
    WOULD_HAVE_BEEN_READY = "would-have-been-ready"
    LEFT = "left"
    LEFT_AGAINST_ADVICE = "left-against-advice"
    TRANSFERRED = "transferred"
    CANCELLED = "cancelled"


class NotMeasuredReason(StrEnum):
    REFUSED = "refused"
    ASLEEP = "asleep"
    NO_DEVICE = "no-device"
    OTHER = "other"


@dataclass(frozen=True)
class BloodPressure:
    """One pair in mmHg, never averaged (definitions D2.1)."""

    systolic: int
    diastolic: int

    def __str__(self) -> str:
        return f"{self.systolic}/{self.diastolic}"


@dataclass(frozen=True)
class Measured:
    value: int | Decimal | BloodPressure


@dataclass(frozen=True)
class Unrecordable:
    """Tried and not obtainable: a value, not an error (definitions D2.5)."""


@dataclass(frozen=True)
class NotMeasured:
    reason: NotMeasuredReason
    text: str = ""


SignValue = Measured | Unrecordable | NotMeasured


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What every entry has. Moments are aware datetimes."""

    id: UUID
    session_id: UUID
    effective_at: datetime
    recorded_at: datetime
    author_id: UUID
    log_seq: int
    device_id: str | None = None
    device_at: datetime | None = None
    corrects_id: UUID | None = None
    reason: str | None = None
    withdrawn: bool = False
    transcribed: bool = False


@dataclass(frozen=True, kw_only=True)
class Observation(Entry):
    """One set of readings. A sign that is absent from `signs`: nothing was said about it.

    `oxygen_l_min` None: not stated; 0: room air.
    """

    signs: Mapping[str, SignValue] = field(default_factory=dict)
    oxygen_l_min: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Administration(Entry):
    event: AdministrationEvent
    device_number: int | None = None
    outcome: Outcome | None = None
    mg: Decimal | None = None
    rate_mg_per_h: Decimal | None = None
    lot: str | None = None
    expires_on: date | None = None
    site: str | None = None
    remains: Remains | None = None
    witness: str | None = None


@dataclass(frozen=True, kw_only=True)
class AdverseEvent(Entry):
    """`subject_id` names the onset entry, for severity and resolved."""

    event: AdverseEventEvent
    term: str | None = None
    severity: Severity | None = None
    serious: bool = False
    criterion: str | None = None
    subject_id: UUID | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Intervention(Entry):
    category: InterventionCategory
    text: str = ""
    drug: str | None = None
    dose: str | None = None
    route: str | None = None
    ordered_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class Note(Entry):
    text: str


@dataclass(frozen=True, kw_only=True)
class Acknowledgement(Entry):
    """`closes`: a person closes the alert; that needs `reason`."""

    alert_key: str
    action_taken: str = ""
    expected_effect: bool = False
    closes: bool = False


@dataclass(frozen=True, kw_only=True)
class Check(Entry):
    item: str
    answer: Answer
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Transition(Entry):
    """`minutes`: for would-have-been-ready, from T0."""

    event: TransitionEvent
    minutes: int | None = None
    text: str = ""


KINDS: dict[str, type[Entry]] = {
    "observation": Observation,
    "administration": Administration,
    "adverse-event": AdverseEvent,
    "intervention": Intervention,
    "note": Note,
    "acknowledgement": Acknowledgement,
    "check": Check,
    "transition": Transition,
}


def kind_of(entry: Entry) -> str:
    """The kebab-case code of an entry's kind."""
    return next(code for code, kind in KINDS.items() if type(entry) is kind)


@dataclass(frozen=True)
class SessionFacts:
    """What the session knows from outside its log. `birth_on` is the day of the delivery."""

    timezone: ZoneInfo
    birth_on: date | None = None
    ordered_mg: Decimal | None = None
    ordered_devices: int | None = None
    agreed_pause_hours: Decimal | None = None
    breastfeeding: bool | None = None
    signed_at: datetime | None = None

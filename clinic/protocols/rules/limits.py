"""This file is about limits, holds and escalation, as a protocol writes them."""

from dataclasses import dataclass, field
from decimal import Decimal

from clinic.protocols.rules.codes import Level, Severity, SymptomGroup, TrendUnit


@dataclass(frozen=True)
class Band:
    """A half-open band, from `lower` up to the next band's `lower`."""

    lower: Decimal = field(metadata={"key": "from"})
    level: Level
    word: str


@dataclass(frozen=True)
class EntryCheck:
    """What can be typed at all (`lowest` to `highest`) and what is asked once (the rest)."""

    lowest: Decimal
    highest: Decimal
    ask_below: Decimal | None
    ask_above: Decimal | None
    ask_change_above: Decimal | None
    source: str


@dataclass(frozen=True)
class Trend:
    """The change since the reading before from which an arrow leans (`slow`) or stands (`fast`)."""

    slow: Decimal
    fast: Decimal
    unit: TrendUnit
    source: str


@dataclass(frozen=True)
class SignLimits:
    """`bands` is None when the clinic has set none; `unrecordable` is the level of that answer."""

    unit: str
    bands: tuple[Band, ...] | None
    unrecordable: Level | None
    entry: EntryCheck
    trend: Trend | None
    source: str


@dataclass(frozen=True)
class PairCheck:
    """Diastolic less than `ask_closer_than` mmHg below systolic is asked once."""

    ask_closer_than: int
    source: str


@dataclass(frozen=True)
class Rise:
    systolic_from: int
    diastolic_from: int
    source: str


@dataclass(frozen=True)
class Consecutive:
    """`times` readings in a row below `below`."""

    sign: str
    below: Decimal
    times: int
    level: Level
    text: str
    source: str


@dataclass(frozen=True)
class Hold:
    """Lower bounds of the held pre-dose blood pressure, and when it is taken again."""

    systolic_from: int
    diastolic_from: int
    recheck_opens_minutes: int
    recheck_due_minutes: int
    source: str


@dataclass(frozen=True)
class DoNotDose:
    """No override exists up to and including day `up_to_day` after the birth."""

    systolic_from: int
    diastolic_from: int
    up_to_day: int
    source: str


@dataclass(frozen=True)
class PersistentSevere:
    """Severe blood pressure that stays, and the obstetric clocks that start with it."""

    systolic_from: int
    diastolic_from: int
    apart_minutes: int
    silence_minutes: int
    confirm_minutes: int
    treat_from_minutes: int
    treat_by_minutes: int
    clocks_up_to_day: int
    source: str


@dataclass(frozen=True)
class SymptomAtAnyPressure:
    """`severity` None: however mild."""

    term: str
    severity: Severity | None


@dataclass(frozen=True)
class SymptomRule:
    with_raised_pressure: tuple[SymptomGroup, ...]
    at_any_pressure: tuple[SymptomAtAnyPressure, ...]
    source: str


@dataclass(frozen=True)
class EscalationStep:
    who: str
    after_minutes: int


@dataclass(frozen=True)
class Escalation:
    alert: tuple[EscalationStep, ...]
    emergency: tuple[EscalationStep, ...]
    source: str

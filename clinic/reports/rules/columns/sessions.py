"""This file is about the columns of sessions: readings, signature, log; the rest beside it."""

from collections.abc import Callable

from clinic.protocols.rules import BLOOD_PRESSURE, Level
from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column
from clinic.reports.rules.columns import leaving, registry
from clinic.reports.rules.columns.order import DOSE, ORDER
from clinic.reports.rules.masks import Privacy
from clinic.reports.rules.record import SessionRecord, Signature
from clinic.sessions.rules.log import BloodPressure, Measured

One = SessionRecord
PRESSURE_UNIT = "mm[Hg]"


def rows(session: SessionRecord) -> tuple[SessionRecord, ...]:
    """The session itself."""
    return (session,)


def pre_dose(part: str) -> Callable[[One], object]:
    """One number of the blood pressure before the dose; None without one."""

    def value(session: One) -> object:
        reading = session.state.pre_dose.get(BLOOD_PRESSURE)
        found = reading.value.value if reading and isinstance(reading.value, Measured) else None
        return getattr(found, part) if isinstance(found, BloodPressure) else None

    return value


def rise_status(session: One) -> str | None:
    """Whether the rise is known; None without a dose, after which alone there can be one."""
    if session.state.clock.t0 is None:
        return None
    return "known" if session.state.rise.known else "unknown"


def rise(part: str) -> Callable[[One], object]:
    """One number of the largest rise; None when it is not known."""
    return lambda s: getattr(s.state.rise, part) if s.state.clock.t0 else None


def without_baseline(session: One) -> tuple[str, ...]:
    """The required signs that have no value before the dose."""
    if session.state.clock.t0 is None:
        return ()
    required = session.plan.schedule.required
    return tuple(sign for sign in required if sign not in session.state.pre_dose)


def incomplete(session: One) -> bool | None:
    """Whether a required sign has no value before the dose; None without a dose."""
    return bool(without_baseline(session)) if session.state.clock.t0 else None


def alerts(level: Level) -> Callable[[One], int]:
    """How many episodes of a level there were; raised in error are counted too (D4.2)."""
    return lambda s: sum(alert.level is level for alert in s.state.alerts)


def signed(value: Callable[[Signature], object]) -> Callable[[One], object]:
    """A part of the signature; None while nobody has signed."""
    return lambda s: value(s.signature) if s.signature else None


READINGS: tuple[Column[One], ...] = (
    Column(
        "pre_dose_systolic_mmhg",
        "Systolic before the dose",
        Kind.INTEGER,
        pre_dose("systolic"),
        PRESSURE_UNIT,
        definition="D2.1",
    ),
    Column(
        "pre_dose_diastolic_mmhg",
        "Diastolic before the dose",
        Kind.INTEGER,
        pre_dose("diastolic"),
        PRESSURE_UNIT,
        definition="D2.1",
    ),
    Column(
        "max_rise",
        "Whether the rise is known; unknown: no pressure before the dose, or none after it",
        Kind.CODE,
        rise_status,
        codes=("known", "unknown"),
        definition="D2.2",
    ),
    Column(
        "max_rise_systolic_mmhg",
        "Largest rise of systolic",
        Kind.INTEGER,
        rise("systolic"),
        PRESSURE_UNIT,
        definition="D2.2",
    ),
    Column(
        "max_rise_systolic_at",
        "When, on the clinic's wall with its offset",
        Kind.MOMENT,
        lambda s: s.local(s.state.rise.systolic_at),
        definition="D2.2",
    ),
    Column(
        "max_rise_diastolic_mmhg",
        "Largest rise of diastolic",
        Kind.INTEGER,
        rise("diastolic"),
        PRESSURE_UNIT,
        definition="D2.2",
    ),
    Column(
        "max_rise_diastolic_at",
        "When, on the clinic's wall with its offset",
        Kind.MOMENT,
        lambda s: s.local(s.state.rise.diastolic_at),
        definition="D2.2",
    ),
    Column(
        "incomplete",
        "A required sign has no value before the dose; empty without a dose",
        Kind.YES_NO,
        incomplete,
        definition="D2.1",
    ),
    Column(
        "no_baseline_for",
        "Those signs, separated by spaces",
        Kind.CODE,
        lambda s: " ".join(without_baseline(s)) or None,
        definition="D2.1",
        privacy=Privacy.KEEP,
    ),
    Column(
        "alerts_alert",
        "Episodes at level alert",
        Kind.INTEGER,
        alerts(Level.ALERT),
        definition="D4.1",
    ),
    Column(
        "alerts_emergency",
        "Episodes at level emergency",
        Kind.INTEGER,
        alerts(Level.EMERGENCY),
        definition="D4.1",
    ),
    Column(
        "alerts_raised_in_error",
        "Of these, raised by a reading that was corrected",
        Kind.INTEGER,
        lambda s: sum(alert.raised_in_error for alert in s.state.alerts),
        definition="D4.2",
    ),
)

SIGNING: tuple[Column[One], ...] = (
    Column(
        "signed_by",
        "Who signed the discharge",
        Kind.TEXT,
        signed(lambda one: one.by),
        privacy=Privacy.PSEUDONYM,
    ),
    Column(
        "signed_at",
        "When it was signed, on the clinic's wall with its offset",
        Kind.MOMENT,
        lambda s: s.local(s.signature.at) if s.signature else None,
    ),
    Column(
        "signed_meaning",
        "What the signature means",
        Kind.TEXT,
        signed(lambda one: one.meaning),
    ),
    Column("signed_hash", "SHA-256 of what was signed", Kind.CODE, signed(lambda one: one.hash)),
    Column(
        "amendments",
        "Amendments after the signature; they change no other column",
        Kind.INTEGER,
        lambda s: len(s.amendments) if s.signature else None,
    ),
)

LOG: tuple[Column[One], ...] = (
    Column(
        "entries",
        "Entries in the log, corrections not counted",
        Kind.INTEGER,
        lambda s: len(s.state.log),
    ),
    Column(
        "entries_corrected",
        "Of these, corrected or withdrawn",
        Kind.INTEGER,
        lambda s: sum(bool(line.corrections) for line in s.state.log),
    ),
    Column(
        "entries_withdrawn",
        "Of these, entered in error",
        Kind.INTEGER,
        lambda s: sum(line.withdrawn for line in s.state.log),
    ),
)

COLUMNS = (*ORDER, *DOSE, *READINGS, *leaving.COLUMNS, *registry.COLUMNS, *SIGNING, *LOG)

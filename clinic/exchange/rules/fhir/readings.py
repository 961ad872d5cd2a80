"""This file is about Observation: each sign of a set of readings, and the panel that holds them."""

from collections.abc import Iterator
from decimal import Decimal

from clinic.exchange.rules.fhir.sessions import her, visit
from clinic.exchange.rules.fhir.sets import OXYGEN, Set, signs_now
from clinic.exchange.rules.fhir.values import (
    TERMINOLOGY,
    Json,
    coded,
    concept,
    identified,
    missing,
    profile,
    quantity,
    reference,
    resource,
    said,
    staff,
)
from clinic.exchange.rules.lens import Lens
from clinic.protocols.rules import BLOOD_PRESSURE, SIGNS, Level
from clinic.reports.rules import SessionRecord
from clinic.reports.rules.record import entries
from clinic.sessions.rules.log import (
    BloodPressure,
    Measured,
    NotMeasured,
    NotMeasuredReason,
    Observation,
    SignValue,
    Unrecordable,
)

PROFILES = {
    BLOOD_PRESSURE: "bp",
    "heart_rate": "heartrate",
    "respiratory_rate": "resprate",
    "spo2": "oxygensat",
    "temperature": "bodytemp",
}
# FHIR's reason for ours. "Asleep" and "no device": nobody measured, whatever the cause.
REASONS = {NotMeasuredReason.REFUSED: "asked-declined"}
INTERPRETED = {
    Level.MARKED: ("L", "H"),
    Level.ALERT: ("LL", "HH"),
    Level.EMERGENCY: ("LL", "HH"),
}


def readings(lens: Lens, session: SessionRecord) -> Iterator[Json]:
    """Every set of readings of a session, oldest first: its panel, then its signs."""
    for row in entries(session, Observation):
        yield from of_set(Set(lens, row))


def of_set(one: Set) -> Iterator[Json]:
    """The panel and the signs of a set; signs that were taken back are in error."""
    vital = [sign for sign in signs_now(one.row) if sign in PROFILES]
    if vital:
        yield panel(one, vital)
    for sign in signs_now(one.row):
        yield observation(one, sign)
    for sign in sorted(one.withdrawn_signs):
        yield in_error(one, sign)


def panel(one: Set, signs: list[str]) -> Json:
    """What was measured at one moment."""
    members = [reference("Observation", one.id_of(sign)) for sign in signs]
    return common(
        one,
        "panel",
        meta=profile("vitalspanel"),
        category=category("vital-signs"),
        code=coded(one.lens.book, "panel:vital-signs", "Readings"),
        hasMember=members,
    )


def observation(one: Set, sign: str) -> Json:
    """One sign: a number, or why there is none."""
    now = one.row.stands
    value = now.signs.get(sign) if now else None
    vital = sign in PROFILES
    return common(
        one,
        sign,
        meta=profile(PROFILES[sign]) if vital else None,
        category=category("vital-signs" if vital or sign == OXYGEN else "exam"),
        code=named(one.lens, sign),
        interpretation=interpretation(one, sign),
        **(pair(one, value) if sign == BLOOD_PRESSURE else single(one, sign, value)),
    )


def named(lens: Lens, sign: str) -> Json:
    """What a sign is called; a scale nobody validated says so (definitions D2.7)."""
    info = SIGNS[sign]
    text = f"{info.display}; {info.caution}" if info.caution else info.display
    return coded(lens.book, f"sign:{sign}", text)


def single(one: Set, sign: str, value: SignValue | None) -> Json:
    """The value of a sign of one number; the oxygen flow stands beside SpO2 (definitions D2.6)."""
    now, book = one.row.stands, one.lens.book
    flow = now.oxygen_l_min if now else None
    if sign == OXYGEN and flow is not None:
        return {"valueQuantity": quantity(book, OXYGEN, flow)}
    beside = sign == "spo2" and isinstance(value, Measured) and flow is not None
    components = [part(one.lens, OXYGEN, flow)] if beside and flow is not None else []
    return said(component=components, **value_of(one.lens, sign, value))


def pair(one: Set, value: SignValue | None) -> Json:
    """A blood pressure: two components, each with its value or why it has none."""
    parts = ("systolic", "diastolic")
    if isinstance(value, Measured) and isinstance(value.value, BloodPressure):
        numbers = {name: getattr(value.value, name) for name in parts}
        return {"component": [part(one.lens, name, numbers[name]) for name in parts]}
    why = value_of(one.lens, BLOOD_PRESSURE, value)
    return {"component": [{"code": named(one.lens, name)} | why for name in parts]}


def part(lens: Lens, sign: str, value: int | Decimal) -> Json:
    """One number of an observation that has several."""
    return {"code": named(lens, sign), "valueQuantity": quantity(lens.book, sign, value)}


def value_of(lens: Lens, sign: str, value: SignValue | None) -> Json:
    """A number, or why there is none: unrecordable and not measured are never one (D2.5)."""
    if isinstance(value, Measured) and not isinstance(value.value, BloodPressure):
        return {"valueQuantity": quantity(lens.book, sign, value.value)}
    if isinstance(value, Unrecordable):
        tried = "Unrecordable: tried, and could not be obtained"
        return {"dataAbsentReason": missing(lens.book, "unknown", "unrecordable", tried)}
    if isinstance(value, NotMeasured):
        code = REASONS.get(value.reason, "not-performed")
        words = lens.mask.text(value.text) or f"Not measured: {value.reason.replace('-', ' ')}"
        return {"dataAbsentReason": missing(lens.book, code, value.reason.value, words)}
    return {}


def interpretation(one: Set, sign: str) -> list[Json]:
    """How the session's protocol judged it; empty where it has no limits."""
    reading = one.judged(sign)
    if reading is None or reading.level is None:
        return []
    system = f"{TERMINOLOGY}v3-ObservationInterpretation"
    ours = coded(one.lens.book, f"level:{reading.level.value}")["coding"]
    above = bool(reading.findings and reading.findings[0].above)
    measured = isinstance(reading.value, Measured)
    letter = INTERPRETED.get(reading.level, ("N", "N"))[above] if measured else None
    theirs = [{"system": system, "code": letter}] if letter else []
    return [said(coding=[*theirs, *ours], text=reading.word)]


def in_error(one: Set, sign: str) -> Json:
    """A sign that a correction took back: it has no value any more, and says so."""
    why = missing(one.lens.book, "error", "entered-in-error", "Entered in error")
    vital = sign in PROFILES
    if sign == BLOOD_PRESSURE:
        parts = ("systolic", "diastolic")
        components = [{"code": named(one.lens, n), "dataAbsentReason": why} for n in parts]
        value: Json = {"component": components}
    else:
        value = {"dataAbsentReason": why}
    return common(
        one,
        sign,
        meta=profile(PROFILES[sign]) if vital else None,
        category=category("vital-signs" if vital else "exam"),
        code=named(one.lens, sign),
        **value,
    ) | {"status": "entered-in-error"}


def common(one: Set, sign: str, **parts: object) -> Json:
    """What every observation of a set has."""
    lens, row = one.lens, one.row
    last = (row.line.original, *row.line.corrections)[-1]
    return resource(
        "Observation",
        one.id_of(sign),
        identifier=identified(lens.book, "entry", lens.id(row.line.root_id)),
        status=one.status,
        subject=her(lens, one.session),
        encounter=visit(lens, one.session),
        effectiveDateTime=lens.moment(row.taken_at),
        issued=lens.moment(last.recorded_at),
        performer=[staff(lens, row.line.original.author_id)],
        **parts,
    )


def category(code: str) -> list[Json]:
    """The category of an observation."""
    return [concept(f"{TERMINOLOGY}observation-category", code)]

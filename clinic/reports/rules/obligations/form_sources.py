"""This file is about what of the record a form can ask for, by name; nothing is guessed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from clinic.protocols.rules import BLOOD_PRESSURE
from clinic.reports.rules.obligations.codes import NO, YES
from clinic.reports.rules.obligations.form_subject import FormSubject, Found
from clinic.sessions.rules import registry
from clinic.sessions.rules.log import Answer, BloodPressure, Measured, NotMeasured
from clinic.sessions.rules.results import SignReading

ITEM = "item:"  # an item of the list before the dose: `item:medicine-opioid`


@dataclass(frozen=True)
class Source:
    """`at_leaving`: it is there only once she has left."""

    read: Callable[[FormSubject], Found]
    at_leaving: bool = False


def said(value: object, why: str) -> Found:
    """A value, or why there is none."""
    return Found(why=why) if value is None or value == "" else Found(value)


def yes_no(is_so: bool) -> Found:
    """A plain answer."""
    return Found(YES if is_so else NO)


def name_part(which: int) -> Callable[[FormSubject], Found]:
    """First or last name of the nurse, from a name of exactly two words; else a person says it."""

    def read(subject: FormSubject) -> Found:
        words = (subject.nurse or "").split()
        return said(words[which] if len(words) == 2 else None, "type it as on the licence")

    return read


def dose(subject: FormSubject) -> Found:
    """The dose as it was delivered, a partial one never rounded to the plan (definitions D5.1)."""
    given = subject.state.dose.given_mg
    words = subject.state.dose.text if subject.state.clock.t0 else None
    return Found(given) if given is not None else said(words, "no dose was given")


def lots(subject: FormSubject) -> Found:
    """The lots of all devices; missing when one has none."""
    found = [device.lot for device in subject.state.dose.devices]
    if not found or not all(found):
        return Found(why="a device without a lot" if found else "no device was given")
    return Found(", ".join(dict.fromkeys(lot for lot in found if lot)))


def pressure(which: str, part: str) -> Callable[[FormSubject], Found]:
    """One number of a blood pressure: before the dose, between, or the last before she left."""

    def read(subject: FormSubject) -> Found:
        reading = READINGS[which](subject)
        if reading is None:
            return Found(why="no reading in the log")
        if isinstance(reading.value, Measured) and isinstance(reading.value.value, BloodPressure):
            return Found(getattr(reading.value.value, part))
        if isinstance(reading.value, NotMeasured):
            return Found(why=f"not measured: {reading.value.text or reading.value.reason}")
        return Found(why="unrecordable")

    return read


def before(subject: FormSubject) -> SignReading | None:
    """The value before the dose (definitions D2.1)."""
    return subject.state.pre_dose.get(BLOOD_PRESSURE)


def between(subject: FormSubject) -> SignReading | None:
    """That of the slot which the protocol names for the registry."""
    return registry.pressure_between(subject.plan, subject.state)


def last(subject: FormSubject) -> SignReading | None:
    """The last after the dose and before she left."""
    clock, latest = subject.state.clock, subject.state.readings.get(BLOOD_PRESSURE)
    if latest is None or clock.t0 is None or clock.left_at is None:
        return None
    return latest.reading if latest.reading.effective_at > clock.t0 else None


def seen(answer: str | None) -> Found:
    """yes or no; unknown is neither (definitions D2.4)."""
    whys = {registry.UNKNOWN: "no score shows it, and a reading has no score"}
    return Found(answer) if answer in (YES, NO) else Found(why=whys.get(answer or "", "no dose"))


def item(subject: FormSubject, code: str) -> Found:
    """What was answered before the dose (definitions D8.7)."""
    found = next((one for one in subject.state.pre_dose_items if one.code == code), None)
    if found is None:
        return Found(why="the protocol does not ask it")
    if found.answer in (Answer.YES, Answer.NO):
        return Found(str(found.answer))
    return Found(why="refused to say" if found.answer else "not asked before the dose")


READINGS: Mapping[str, Callable[[FormSubject], SignReading | None]] = {
    "before": before,
    "between": between,
    "end": last,
}
SOURCES: Mapping[str, Source] = {
    "patient-first-name": Source(lambda s: said(s.given_name, "not on record")),
    "patient-last-name": Source(lambda s: said(s.family_name, "not on record")),
    "patient-born-on": Source(lambda s: Found(s.born_on)),
    "first-treatment": Source(lambda s: yes_no(not s.earlier_doses)),
    "nurse-first-name": Source(name_part(0)),
    "nurse-last-name": Source(name_part(-1)),
    "nurse-email": Source(lambda s: said(s.nurse_email, "nobody answers for the session")),
    "clinic-phone": Source(lambda s: said(s.clinic_phone, "the clinic has none on record")),
    "clinic-name": Source(lambda s: Found(s.clinic_name)),
    "treatment-on": Source(lambda s: said(s.state.clock.treatment_on, "no dose was given")),
    "dose": Source(dose),
    "lots": Source(lots),
    "total-minutes": Source(
        lambda s: said(s.state.clock.total_minutes, "when she left is not in the log"), True
    ),
    "ready-minutes": Source(
        lambda s: said(s.state.readiness.would_have_been_ready_minutes, "not stated"), True
    ),
    "sedation": Source(lambda s: seen(registry.sedation(s.plan, s.state)), True),
    "dissociation": Source(lambda s: seen(registry.dissociation(s.plan, s.state)), True),
    "serious-event": Source(lambda s: yes_no(any(e.serious for e in s.state.side_effects))),
    **{
        f"pressure-{which}-{part}": Source(pressure(which, part), which == "end")
        for which in READINGS
        for part in ("systolic", "diastolic")
    },
}


def is_source(name: str) -> bool:
    """Whether the record can be asked for this."""
    return name in SOURCES or (name.startswith(ITEM) and len(name) > len(ITEM))


def read(subject: FormSubject, name: str) -> Found:
    """What the record says under a name."""
    if name.startswith(ITEM):
        return item(subject, name.removeprefix(ITEM))
    return SOURCES[name].read(subject)


def comes_at_leaving(name: str) -> bool:
    """Whether it is there only once she has left."""
    return name in SOURCES and SOURCES[name].at_leaving

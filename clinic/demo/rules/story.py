"""This file is about how each session of the demonstration goes, minute by minute from the dose.

Curves are drawn by hand and scaled by a few figures for each woman: the same at every load.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ARRIVES, ASKED, BASELINE = -30, -25, -12
SHAPE = {0: 0.0, 15: 0.35, 30: 0.8, 40: 1.0, 60: 0.6, 90: 0.25, 120: 0.1}
SPELL = {15: 0.4, 30: 1.0, 40: 0.9, 60: 0.3}  # how deep the drug's own effects are at each slot
LEAVES, SIGNED = 127, 129


@dataclass(frozen=True)
class Curve:
    """How she reacts: pressure before the dose, its rise at the peak, and how far away she was."""

    systolic: int
    diastolic: int
    rise: int
    pulse: int
    dissociation: int
    drowsy: bool


@dataclass(frozen=True)
class Step:
    """One entry: minutes from the dose, its kind, what it says."""

    minute: int
    kind: str
    says: dict[str, Any]


@dataclass(frozen=True)
class DemoSession:
    """A session: whose, how many minutes ago the dose was given, and how it went."""

    number: str
    dose_ago: int
    dose: int
    room: str
    curve: Curve
    late_at: int | None = None  # a slot nobody measured in time


CALM = Curve(114, 72, 18, 70, 2, drowsy=False)
USUAL = Curve(118, 76, 28, 74, 3, drowsy=True)
HIGH = Curve(124, 80, 41, 80, 3, drowsy=True)
DAY = 24 * 60
PAST = (
    DemoSession("HPC-0412", 16 * DAY + 95, 56, "2", CALM),
    DemoSession("HPC-0412", 14 * DAY + 90, 56, "2", USUAL),
    DemoSession("HPC-0412", 9 * DAY + 100, 84, "2", HIGH),
    DemoSession("HPC-0412", 7 * DAY + 85, 84, "2", USUAL),
    DemoSession("HPC-0420", 3 * DAY + 60, 56, "1", CALM),
    DemoSession("HPC-0405", 30 * DAY + 45, 84, "3", USUAL),
    DemoSession("HPC-0401", 12 * DAY + 30, 56, "4", CALM),
    DemoSession("LWC-0071", 6 * DAY + 75, 84, "A", USUAL),
    DemoSession("LWC-0068", 2 * DAY + 80, 56, "B", CALM),
)
RUNNING = (
    DemoSession("HPC-0412", 41, 84, "2", USUAL),
    DemoSession("HPC-0420", 52, 56, "1", CALM, late_at=40),
)


def steps(session: DemoSession, plan: Any) -> Iterator[Step]:
    """Everything written in a whole session, in order of time. `plan` is its SessionPlan."""
    yield from before(plan)
    for number in range(1, round(session.dose / int(plan.dose.devices.mg_each)) + 1):
        yield device(number, (number - 1) * plan.dose.devices.rest_minutes)
    yield from sorted(during(session, plan), key=lambda step: step.minute)
    yield from leaving(plan)


def before(plan: Any) -> Iterator[Step]:
    """Check-in and the questions before the dose."""
    words = "Date of birth agrees with the record"
    yield Step(ARRIVES, "transition", {"event": "checked-in", "text": words})
    for item in plan.pre_dose:
        yield Step(ASKED, "check", {"item": item.code, "answer": item.expected})


def device(number: int, minute: int) -> Step:
    """One device, delivered."""
    lot = {"lot": "25K118", "expires_on": "2030-12-31"}
    says = {"event": "device", "device_number": number, "outcome": "complete", **lot}
    return Step(minute, "administration", says)


def during(session: DemoSession, plan: Any) -> Iterator[Step]:
    """Readings by slot, and the side effects that came and went."""
    for slot in plan.schedule.slots:
        if slot != session.late_at:
            yield Step(slot + 1 if slot else BASELINE, "observation", reading(session.curve, slot))
    for term, severity, onset, end in (
        ("dizziness", "mild", 12, 66),
        ("dissociation", "moderate", 18, 71),
        ("nausea", "mild", 33, 52),
    ):
        yield effect(onset, "onset", term=term, severity=severity)
        yield effect(end, "resolved", term=term)


def effect(minute: int, event: str, **says: Any) -> Step:
    """A side effect; its end names the term, and the loader finds the onset."""
    return Step(minute, "adverse-event", {"event": event, **says})


def reading(curve: Curve, slot: int) -> dict[str, Any]:
    """The values of one slot."""
    rise, spell = SHAPE[slot], SPELL.get(slot, 0.0)
    return {
        "systolic": curve.systolic + round(curve.rise * rise),
        "diastolic": curve.diastolic + round(curve.rise * rise / 2),
        "heart_rate": curve.pulse + round(14 * rise),
        "respiratory_rate": 14 + round(2 * rise),
        "spo2": 98 - round(2 * rise),
        "oxygen_l_min": 0,
        "moaas": 4 if curve.drowsy and spell > 0.8 else 5,
        "dissociation": round(curve.dissociation * spell),
    }


def leaving(plan: Any) -> Iterator[Step]:
    """The questions before she leaves."""
    for item in plan.discharge.items:
        yield Step(LEAVES - 3, "check", {"item": item.code, "answer": item.expected})

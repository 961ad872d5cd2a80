"""This file is about how each session of the demonstration goes, minute by minute from the dose."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from clinic.demo.rules.curves import INFUSED, NASAL, Curve, reading
from clinic.protocols.rules import Route, SessionPlan
from clinic.sessions.rules import rate_for

ARRIVES, ASKED, BASELINE = -30, -25, -12
SIGNED = 2  # minutes after she left
AMENDED = 95  # likewise
TYPED_AT_THE_END = {60: 97, 90: 98}  # slot -> when it was written down, where the nurse was late
LEAVES = {Route.NASAL: 127, Route.INTRAVENOUS: 107}
STOPS = 40  # the infusion, from its start
PEAK = 40  # the reading at which blood pressure is highest
REPEAT = 6
READY_AFTER = 95  # the nurse's own word, in minutes
FRESH = 12  # what is seen before she leaves is not older, in minutes
LOT = {"lot": "25K118", "expires_on": "2039-12-31"}
NOTED = {"cuff": "Left arm, medium cuff", "milk-expressed": "Two bottles in the fridge"}
EFFECTS = (
    ("dizziness", "mild", 12, 66),
    ("dissociation", "moderate", 18, 71),
    ("nausea", "mild", 33, 52),
    ("dysgeusia", "mild", 8, 40),
    ("sedation", "mild", 21, 58),
)


class Turn(StrEnum):
    """What makes a session unlike the others."""

    PARTIAL = "partial"  # the last device was not delivered whole
    TRANSFERRED = "transferred"  # to hospital
    LATE = "late"  # two readings were written down together


@dataclass(frozen=True)
class Sitting:
    """A session of a story: days before today, on the clinic's wall the time of its dose, in mg.

    `mg` None: by weight. `leaves`: minutes from the dose, None: as usual. `amended`: what was added
    beside the reading at 40 min after the signature, and why.
    """

    ago: int
    mg: Decimal | None
    curve: Curve
    at: str = "09:31"
    room: str = "2"
    leaves: int | None = None
    turn: Turn | None = None
    amended: tuple[str, str] | None = None

    def leaves_at(self, plan: SessionPlan) -> int:
        """Minutes from the dose at which she leaves."""
        return self.leaves or LEAVES[plan.route]


@dataclass(frozen=True)
class Step:
    """One entry: minutes from the dose, its kind, what it says. `taken`: the minute that it speaks
    of, None: the same."""

    minute: int
    kind: str
    says: dict[str, Any]
    taken: int | None = None


def steps(sitting: Sitting, plan: SessionPlan, mg: Decimal) -> list[Step]:
    """Everything written in a whole session, in order of time. `mg`: the ordered dose."""
    found = [*before(plan), *doses(sitting, plan, mg), *during(sitting, plan)]
    if sitting.turn is Turn.TRANSFERRED:
        found = [step for step in found if step.minute < sitting.leaves_at(plan)]
    return sorted([*found, *leaving(sitting, plan)], key=lambda step: step.minute)


def before(plan: SessionPlan) -> Iterator[Step]:
    """Check-in and the questions before the dose."""
    words = "Date of birth agrees with the record"
    yield Step(ARRIVES, "transition", {"event": "checked-in", "text": words})
    for item in plan.pre_dose:
        noted = {"text": NOTED[item.code]} if item.code in NOTED else {}
        yield Step(ASKED, "check", {"item": item.code, "answer": item.expected, **noted})


def doses(sitting: Sitting, plan: SessionPlan, mg: Decimal) -> Iterator[Step]:
    """The devices, or the infusion."""
    if plan.dose.devices is None:
        rate = {"rate_mg_per_h": rate_for(plan, mg), "site": "left forearm"}
        yield Step(0, "administration", {"event": "infusion-start", **rate, **LOT})
        yield Step(STOPS, "administration", {"event": "infusion-stop"})
        return
    count = round(mg / plan.dose.devices.mg_each)
    for number in range(1, count + 1):
        part = sitting.turn is Turn.PARTIAL and number == count
        says = {"device_number": number, "outcome": "partial" if part else "complete", **LOT}
        minute = (number - 1) * plan.dose.devices.rest_minutes
        yield Step(minute, "administration", {"event": "device", **says})


def during(sitting: Sitting, plan: SessionPlan) -> Iterator[Step]:
    """Readings by slot, and the side effects that came and went."""
    curve, shape = sitting.curve, shape_of(plan)
    for slot, (share, depth) in shape.items():
        minute = slot + 1 if slot else BASELINE
        late = TYPED_AT_THE_END.get(slot) if sitting.turn is Turn.LATE else None
        yield Step(late or minute, "observation", reading(curve, slot, share, depth), minute)
        if curve.alarms and slot == STOPS:
            calmer = reading(curve, -1, share * 0.8, depth * 0.8)
            yield Step(minute + REPEAT, "observation", calmer)
    last = max(shape)
    if sitting.leaves_at(plan) > last + FRESH:
        yield Step(sitting.leaves_at(plan) - 5, "observation", reading(curve, last, *shape[last]))
    for term, severity, onset, end in effects_of(sitting):
        yield effect(onset, "onset", term=term, severity=severity)
        yield effect(end, "resolved", term=term)


def shape_of(plan: SessionPlan) -> dict[int, tuple[float, float]]:
    """How the drug acts by this route."""
    return NASAL if plan.route is Route.NASAL else INFUSED


def effects_of(sitting: Sitting) -> Iterator[tuple[str, str, int, int]]:
    """Two or three of the usual side effects, in turn."""
    for number, one in enumerate(EFFECTS):
        if (number + sitting.ago) % len(EFFECTS) < 2 or one[0] == "dissociation":
            yield one


def effect(minute: int, event: str, **says: Any) -> Step:
    """A side effect; its end names the term, and the loader finds the onset."""
    return Step(minute, "adverse-event", {"event": event, **says})


def leaving(sitting: Sitting, plan: SessionPlan) -> Iterator[Step]:
    """The questions before she leaves; or she is taken to hospital, and nothing holds her up."""
    leaves = sitting.leaves_at(plan)
    if sitting.turn is Turn.TRANSFERRED:
        serious = {"serious": True, "criterion": "hospitalisation", "severity": "severe"}
        yield effect(leaves - 25, "onset", term="other", text="Fainted while getting up", **serious)
        words = "Watched overnight, her mother has the baby"
        yield Step(leaves, "transition", {"event": "transferred", "text": words})
        return
    for item in plan.discharge.items:
        yield Step(leaves - 3, "check", {"item": item.code, "answer": item.expected})
    yield Step(leaves, "transition", {"event": "would-have-been-ready", "minutes": READY_AFTER})
    yield Step(leaves, "transition", {"event": "left"})

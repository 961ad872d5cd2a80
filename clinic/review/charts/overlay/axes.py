"""This file is about the axes of sessions over each other: minutes across, a sign upwards.

They are the same for every patient and grow in steps where a value lies outside, so that a session
more does not move the picture.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from clinic.protocols.rules import SIGNS
from clinic.review.rules.overlay import DISSOCIATION, PAIR, SEDATION, Line, Overlay, Value

# What is drawn, not what is normal.
VALUES = {
    "systolic": (90, 180),
    "diastolic": (50, 120),
    DISSOCIATION: (0, 4),
    SEDATION: (3, 5),
    "heart_rate": (45, 125),
    "spo2": (89, 101),
}
CHANGES = {
    "systolic": (-30, 60),
    "diastolic": (-30, 40),
    "heart_rate": (-30, 40),
    "spo2": (-8, 4),
}
STEPS = {"systolic": 20, "diastolic": 20, DISSOCIATION: 1, SEDATION: 1, "heart_rate": 20, "spo2": 4}
TICKS = {"systolic": 10, "diastolic": 10, DISSOCIATION: 1, SEDATION: 1, "heart_rate": 20, "spo2": 3}
LAST, LONGER = 10, 30  # minutes of room after the last slot; by how many it grows
HALF = 0.5  # a score has its band around it


@dataclass(frozen=True)
class Upwards:
    """What a panel shows of a sign. `change`: over the pre-dose value; scores have none."""

    sign: str
    change: bool
    low: float
    high: float

    def of(self, value: Value) -> int | None:
        """The number that is drawn."""
        return value.change if self.change else value.value

    @property
    def is_scale(self) -> bool:
        """Whether it is a score."""
        return SIGNS[self.sign].is_scale

    @property
    def ticks(self) -> list[int]:
        """Figures on the axis."""
        step = TICKS[self.sign]
        return [
            n for n in range(int(self.low), int(self.high) + 1) if n % step == 0 and self.has(n)
        ]

    def has(self, number: float) -> bool:
        """Whether a number lies inside."""
        return self.low < number < self.high

    def y(self, field: str = "value") -> dict[str, Any]:
        """The encoding of a value."""
        scale = {"domain": [self.low, self.high], "nice": False, "zero": False}
        axis = {"values": self.ticks, "title": None, "grid": False, "labelOverlap": True}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


@dataclass(frozen=True)
class Across:
    """Minutes from the first dose. `slots`: those of the session in front."""

    low: int
    high: int
    slots: tuple[int, ...]
    figures: tuple[int, ...]

    def x(self, field: str = "minute") -> dict[str, Any]:
        """The encoding of a minute."""
        scale = {"domain": [self.low, self.high], "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def pixels(self, minute: float, width: int) -> float:
        """Where a minute lies in a panel of that width."""
        return (minute - self.low) / (self.high - self.low) * width


def upwards(overlay: Overlay, sign: str, *, change: bool) -> Upwards:
    """The axis of a sign over all sessions of the course, drawn or not."""
    change = change and sign in CHANGES
    low, high = (CHANGES if change else VALUES)[sign]
    step = STEPS[sign]
    found = [
        number
        for line in overlay.lines
        for value in line.values[sign]
        if (number := value.change if change else value.value) is not None
    ]
    while found and min(found) < low:
        low -= step
    while found and max(found) > high:
        high += step
    around = HALF if SIGNS[sign].is_scale else 0
    return Upwards(sign, change, low - around, high + around)


def across(overlay: Overlay) -> Across:
    """From the pre-dose window to a little after the last slot of the newest protocol."""
    plan = overlay.lines[-1].session.plan
    infusion = plan.dose.infusion.planned_minutes if plan.dose.infusion else 0
    after = infusion + max(plan.schedule.after_stop, default=0)
    high = max([*plan.schedule.slots, after]) + LAST
    latest = max(minutes(overlay.lines), default=0)
    while high < latest:
        high += LONGER
    slots = slots_of(overlay.front)
    return Across(-plan.baseline.window_minutes, high, slots, tuple(m for m in slots if m > 0))


def minutes(lines: Iterable[Line]) -> list[int]:
    """The minutes of everything that is drawn."""
    return [one.minute for line in lines for sign in PAIR for one in line.values[sign]]


def slots_of(line: Line) -> tuple[int, ...]:
    """The minutes at which readings are planned in a session."""
    return tuple(slot.minute for slot in line.session.state.slots if slot.minute is not None)

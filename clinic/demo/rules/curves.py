"""This file is about how a woman of a story reacts to the drug: her readings, slot by slot.

Curves are drawn by hand and scaled by a few figures for each woman: the same at every load.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# slot -> (share of her rise in pressure, how deep the drug's own effects are).
NASAL = {
    0: (0.0, 0.0),
    15: (0.35, 0.4),
    30: (0.8, 1.0),
    40: (1.0, 0.9),
    60: (0.6, 0.3),
    90: (0.25, 0.0),
    120: (0.1, 0.0),
}
INFUSED = {
    0: (0.0, 0.0),
    10: (0.45, 0.5),
    20: (0.8, 0.9),
    30: (0.95, 1.0),
    40: (1.0, 1.0),
    55: (0.6, 0.4),
    70: (0.3, 0.0),
    85: (0.15, 0.0),
    100: (0.05, 0.0),
}
DROWSY, AWAKE = 4, 5
DEEP = 0.8

Row = tuple[int, int, int, int]  # systolic, diastolic, dissociation, MOAA/S


@dataclass(frozen=True)
class Curve:
    """How she reacts: pressure before the dose, its rise at the peak, and how far away she was.

    `table`: slot -> a row that is told exactly. `alarms`: the peak is acted on and repeated.
    """

    systolic: int
    diastolic: int
    rise: int
    pulse: int
    dissociation: int
    drowsy: bool = False
    alarms: bool = False
    table: Mapping[int, Row] = field(default_factory=dict)


def reading(curve: Curve, slot: int, share: float, depth: float) -> dict[str, Any]:
    """The values of one slot."""
    systolic, diastolic, dissociation, moaas = curve.table.get(slot) or (
        curve.systolic + round(curve.rise * share),
        curve.diastolic + round(curve.rise * share / 2),
        round(curve.dissociation * depth),
        DROWSY if curve.drowsy and depth > DEEP else AWAKE,
    )
    if slot in curve.table:
        share = (systolic - curve.systolic) / curve.rise
    return {
        "systolic": systolic,
        "diastolic": diastolic,
        "heart_rate": curve.pulse + round(14 * share),
        "respiratory_rate": 14 + round(2 * share),
        "spo2": 98 - round(2 * share),
        "oxygen_l_min": 0,
        "moaas": moaas,
        "dissociation": dissociation,
    }


def told(line: str) -> Curve:
    """A curve from the readings of its slots: `116/74 0 5, 124/78 1 5, ...`."""
    rows = {}
    for slot, row in zip(NASAL, line.split(", "), strict=False):
        pressure, dissociation, moaas = row.split()
        systolic, diastolic = pressure.split("/")
        rows[slot] = (int(systolic), int(diastolic), int(dissociation), int(moaas))
    first, peak = rows[0], max(row[0] for row in rows.values())
    return Curve(first[0], first[1], peak - first[0], 72, 0, table=rows)


CALM = Curve(114, 72, 18, 70, 2)
USUAL = Curve(118, 76, 28, 74, 3, drowsy=True)
HIGH = Curve(124, 80, 41, 80, 3, drowsy=True, alarms=True)

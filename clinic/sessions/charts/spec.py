"""This file is about the Vega-Lite spec of a session: three panels over minutes from T0."""

from datetime import datetime
from typing import Any

from clinic.protocols.rules import BLOOD_PRESSURE, SessionPlan
from clinic.sessions.charts.layers import (
    bands,
    draft,
    edges,
    latest,
    pressure,
    single,
    upright,
)
from clinic.sessions.charts.table import numbers
from clinic.sessions.rules import SessionState
from clinic.sessions.rules.results import SignReading

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
PANELS = ("systolic", "heart_rate", "spo2")
TITLES = {"systolic": ["BP", "mmHg"], "heart_rate": ["HR", "/min"], "spo2": ["SpO₂", "%"]}
# What is drawn, the same for every patient and session; not what is normal. An axis grows in
# steps when a value lies outside.
AXES = {"systolic": (60, 180), "heart_rate": (45, 125), "spo2": (89, 101)}
HEIGHTS = {"systolic": 80, "heart_rate": 38, "spo2": 38}
STEP = 20
BEFORE, AFTER = -18, 10  # minutes of room at both ends of the time axis


def session_chart(plan: SessionPlan, state: SessionState) -> dict[str, Any]:
    """Blood pressure, heart rate and SpO2, each on an axis of its own."""
    rows, span = points(state), time_axis(plan, state)
    return {
        "$schema": SCHEMA,
        "data": {"name": "readings", "values": rows},
        "datasets": {"draft": []},
        "spacing": 6,
        "vconcat": [panel(plan, state, sign, rows, span) for sign in PANELS],
    }


def points(state: SessionState) -> list[dict[str, Any]]:
    """The rows of the table as data; before T0 the first reading stands at the left edge."""
    first = state.rows[0].effective_at if state.rows else state.now
    return [
        {
            "id": str(row.entry_id),
            "minute": row.minute if row.minute is not None else before(first, row.effective_at),
            **numbers(row),
            "pressure_outside": any(is_outside(reading) for reading in row.readings),
        }
        for row in state.rows
    ]


def before(first: datetime, moment: datetime) -> int:
    """Minutes on the axis while there is no T0."""
    return BEFORE + 4 + int((moment - first).total_seconds() // 60)


def is_outside(reading: SignReading) -> bool:
    """Whether this blood pressure raises an alert."""
    level = reading.level
    return reading.sign == BLOOD_PRESSURE and level is not None and level.raises_alert


def time_axis(plan: SessionPlan, state: SessionState) -> tuple[int, int]:
    """From before the dose to a little after the last slot, or now, or the last reading."""
    infusion = plan.dose.infusion.planned_minutes if plan.dose.infusion else 0
    after = infusion + max(plan.schedule.after_stop, default=0)
    slots = [slot.minute for slot in state.slots if slot.minute is not None]
    taken = [row["minute"] for row in points(state)]
    low = min([BEFORE, *(minute - 3 for minute in taken)])
    now = state.clock.elapsed_minutes or 0
    return low, max([*plan.schedule.slots, *slots, *taken, after, now]) + AFTER


def panel(
    plan: SessionPlan,
    state: SessionState,
    sign: str,
    rows: list[dict[str, Any]],
    span: tuple[int, int],
) -> dict[str, Any]:
    """One sign: bands behind, slots and now, marks in front, the latest number beside its mark."""
    low, high = value_axis(sign, rows)
    limits = plan.limits[sign].bands or ()
    slots = [slot.minute for slot in state.slots if slot.minute is not None]
    x = quantity("minute", span, {"values": slots, "title": None} if sign == PANELS[-1] else None)
    ticks = [int(band.lower) for band in limits[1:] if low < band.lower < high]
    y = quantity(sign, (low, high), {"values": ticks, "title": TITLES[sign]})
    marks = pressure(x, y) if sign == "systolic" else single(sign, x, y)
    gone = state.clock.left_at is not None
    now = None if gone else state.clock.elapsed_minutes
    return {
        "height": HEIGHTS[sign],
        "layer": [
            *bands(limits, y, (low, high), upper_only=sign == "systolic"),
            *upright(slots, "slot", x),
            *edges(limits, y, (low, high), upper_only=sign == "systolic"),
            *upright([] if now is None else [now], "now", x),
            *marks,
            *latest(sign, rows, x, y),
            *draft(sign, x, y),
        ],
    }


def quantity(field: str, domain: tuple[int, int], axis: dict[str, Any] | None) -> dict[str, Any]:
    """An encoding on a fixed axis."""
    scale = {"domain": list(domain), "nice": False, "zero": False}
    shown = None if axis is None else {"grid": False, "labelOverlap": True} | axis
    return {"field": field, "type": "quantitative", "scale": scale, "axis": shown}


def value_axis(sign: str, rows: list[dict[str, Any]]) -> tuple[int, int]:
    """The fixed axis of a sign, extended in steps when a value lies outside."""
    low, high = AXES[sign]
    columns = ("systolic", "diastolic") if sign == "systolic" else (sign,)
    values = [row[name] for row in rows for name in columns if row[name] is not None]
    while values and min(values) < low:
        low -= STEP
    while values and max(values) > high:
        high += STEP
    return low, high

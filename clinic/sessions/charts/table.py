"""This file is about what a chart shows, as rows of a table and as a sentence."""

from typing import Any

from clinic.protocols.rules import BLOOD_PRESSURE
from clinic.sessions.rules import SessionState
from clinic.sessions.rules.log import BloodPressure, Measured
from clinic.sessions.rules.results import Row

COLUMNS = ("systolic", "diastolic", "heart_rate", "spo2")


def chart_table(state: SessionState) -> list[dict[str, Any]]:
    """One row for each set of readings: `taken_at`, `minute` from the first dose, and the numbers.

    None: not measured, or unrecordable. Before the first dose `minute` is None.
    """
    return [
        {"taken_at": row.effective_at, "minute": row.minute} | numbers(row) for row in state.rows
    ]


def numbers(row: Row) -> dict[str, int | None]:
    """The numbers of one set of readings, by column."""
    found: dict[str, int | None] = dict.fromkeys(COLUMNS)
    for reading in row.readings:
        value = reading.value.value if isinstance(reading.value, Measured) else None
        if isinstance(value, BloodPressure):
            found |= {"systolic": value.systolic, "diastolic": value.diastolic}
        elif reading.sign in found and value is not None:
            found[reading.sign] = int(value)
    return found


def finding(state: SessionState) -> str:
    """What the chart shows, for those who cannot see it."""
    count = len(state.rows)
    if not count:
        return "No readings yet."
    parts = [f"{count} readings" if count > 1 else "One reading"]
    if (latest := state.readings.get(BLOOD_PRESSURE)) is not None:
        reading = latest.reading
        value = reading.value.value if isinstance(reading.value, Measured) else "unrecordable"
        parts.append(f"latest blood pressure {value}, {reading.word.lower()}")
    if state.rise.known:
        rise = f"{state.rise.systolic} systolic and {state.rise.diastolic} diastolic"
        parts.append(f"highest rise {rise}")
    alerts = len(state.open_alerts)
    parts.append(f"{alerts or 'no'} open alert{'s' if alerts != 1 else ''}")
    return "; ".join(parts) + "."

"""This file is about readings: each value judged, the latest of each sign, and the rise (D2)."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from clinic.protocols.rules import BLOOD_PRESSURE, ENTRY_SIGNS
from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.judging import judge
from clinic.sessions.rules.log import (
    BloodPressure,
    Measured,
    Observation,
    SignValue,
    Unrecordable,
)
from clinic.sessions.rules.moments import minutes, minutes_between
from clinic.sessions.rules.pre_dose import pre_dose_entries
from clinic.sessions.rules.results import LatestReading, Rise, SignReading
from clinic.sessions.rules.trend import arrow, change


@dataclass(frozen=True)
class Readings:
    """All judged readings, oldest first, and which of them are the pre-dose values."""

    all: tuple[SignReading, ...]
    pre_dose: dict[str, SignReading]

    @cached_property
    def by_sign(self) -> dict[str, list[SignReading]]:
        found: dict[str, list[SignReading]] = {}
        for reading in self.all:
            found.setdefault(reading.sign, []).append(reading)
        return found

    @cached_property
    def by_entry(self) -> dict[UUID, list[SignReading]]:
        found: dict[UUID, list[SignReading]] = {}
        for reading in self.all:
            found.setdefault(reading.entry_id, []).append(reading)
        return found

    def of(self, sign: str) -> list[SignReading]:
        return list(self.by_sign.get(sign, ()))

    def values(self, sign: str) -> list[SignReading]:
        """Measured or unrecordable: what was found, not what was left out."""
        return [r for r in self.of(sign) if not _left_out(r)]

    def at(self, entry: Observation) -> tuple[SignReading, ...]:
        return tuple(self.by_entry.get(entry.id, ()))


def _left_out(reading: SignReading) -> bool:
    return not isinstance(reading.value, Measured | Unrecordable)


def readings_of(basis: Basis) -> Readings:
    """Every reading of the session with its meaning."""
    baseline = pre_dose_entries(basis)
    judged: list[SignReading] = []
    before: dict[str, SignValue] = {}
    for entry in basis.observations:
        for sign in ENTRY_SIGNS:
            if sign in entry.signs:
                judged.append(_reading(basis, entry, sign, before.get(sign), baseline))
                if isinstance(entry.signs[sign], Measured):
                    before[sign] = entry.signs[sign]
    chosen = {
        reading.sign: reading
        for reading in judged
        if reading.sign in baseline and baseline[reading.sign].id == reading.entry_id
    }
    return Readings(tuple(judged), chosen)


def _reading(
    basis: Basis,
    entry: Observation,
    sign: str,
    before: SignValue | None,
    baseline: dict[str, Observation],
) -> SignReading:
    value = entry.signs[sign]
    after = basis.after_t0(entry.effective_at) and not basis.gone(entry.effective_at)
    compared = baseline[sign].signs[sign] if after and sign in baseline else None
    pair = compared.value if isinstance(compared, Measured) else None
    level, word, findings = judge(
        basis.plan, sign, value, pair if isinstance(pair, BloodPressure) else None
    )
    return SignReading(
        sign=sign,
        value=value,
        effective_at=entry.effective_at,
        minute=basis.minute(entry.effective_at),
        entry_id=entry.id,
        level=level,
        word=word,
        findings=findings,
        oxygen_l_min=entry.oxygen_l_min if sign == "spo2" else None,
        change=change(compared, value),
        arrow=arrow(basis.plan, sign, before, value),
        late=basis.late(entry),
    )


def latest_readings(
    basis: Basis, readings: Readings, due_moments: list[datetime]
) -> dict[str, LatestReading]:
    """The latest of each sign; one that is older than its slot allows is stale (D2.4)."""
    latest = {sign: readings.values(sign)[-1:] for sign in ENTRY_SIGNS}
    return {
        sign: LatestReading(
            reading=found[0],
            age_minutes=minutes_between(found[0].effective_at, basis.session_now),
            stale=basis.reached(_stale_at(basis, found[0].effective_at, due_moments)),
        )
        for sign, found in latest.items()
        if found
    }


def _stale_at(basis: Basis, taken_at: datetime, due_moments: list[datetime]) -> datetime:
    """When the slot after its own is no longer on time. Before T0 the baseline window decides,
    after the last slot the age that is still evidence for leaving."""
    plan = basis.plan
    on_time = minutes(plan.schedule.on_time_minutes)
    if basis.t0 is None:
        return taken_at + minutes(plan.baseline.window_minutes + 1)
    own_until = max(taken_at + on_time, basis.t0)
    following = next((due for due in due_moments if due > own_until), None)
    if following is None:
        return taken_at + minutes(plan.discharge.evidence_minutes + 1)
    return following + on_time + minutes(1)


def rise_of(basis: Basis, readings: Readings) -> Rise:
    """The two maxima over pre-dose, from T0 until she left (D2.2)."""
    changes = [
        (reading.change, reading.effective_at)
        for reading in readings.of(BLOOD_PRESSURE)
        if isinstance(reading.change, tuple)
    ]
    if not changes:
        return Rise(None, None, None, None, known=False)
    # The earliest of equal maxima: `max` keeps the first.
    systolic = max(changes, key=lambda found: found[0][0])
    diastolic = max(changes, key=lambda found: found[0][1])
    return Rise(systolic[0][0], systolic[1], diastolic[0][1], diastolic[1], known=True)

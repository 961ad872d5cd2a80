"""This file is about signals: each moment at which an alert rule became true (D3, D4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from clinic.protocols.rules import BLOOD_PRESSURE, ENTRY_SIGNS, Consecutive, Level
from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.judging import judge
from clinic.sessions.rules.log import Measured, Observation
from clinic.sessions.rules.readings import Readings
from clinic.sessions.rules.replay import known_at
from clinic.sessions.rules.results import Finding, SignReading


@dataclass(frozen=True)
class Signal:
    """`known_at` with seconds, as recorded; `taken_at` and `true_at` in whole minutes.

    `by_value`: the value alone says it, so that it is a repeat for a lower level too.
    """

    sign: str
    level: Level
    entry_id: UUID
    taken_at: datetime
    known_at: datetime
    findings: tuple[Finding, ...]
    late: bool
    transcribed: bool
    true_at: datetime
    by_value: bool = False


@dataclass(frozen=True)
class Seen:
    """A value of a sign, for closing alerts and counting what is consecutive."""

    reading: SignReading
    known_at: datetime
    findings: tuple[Finding, ...]
    transcribed: bool

    @property
    def taken_at(self) -> datetime:
        return self.reading.effective_at

    @property
    def raises_alert(self) -> bool:
        return any(finding.level.raises_alert for finding in self.findings)

    @property
    def is_measured(self) -> bool:
        return isinstance(self.reading.value, Measured)


def seen_values(basis: Basis, readings: Readings) -> list[Seen]:
    """Every value found, oldest first, with all findings, those over several readings included."""
    entries = {entry.id: entry for entry in basis.observations}
    seen = []
    for sign in ENTRY_SIGNS:
        values = readings.values(sign)
        extra = _consecutive(basis, sign, values)
        for reading in values:
            entry = entries[reading.entry_id]
            findings = (*reading.findings, *extra.get(reading.entry_id, ()))
            known = first_known(basis, entry, sign)
            seen.append(Seen(reading, known, findings, entry.transcribed))
    return seen


def reading_signals(basis: Basis, seen: list[Seen]) -> Iterator[Signal]:
    """A value at alert or emergency level."""
    late_after = basis.plan.schedule.late_entry_minutes
    for one in seen:
        findings = tuple(f for f in one.findings if f.level.raises_alert)
        if findings:
            worst = max(findings, key=lambda finding: finding.level.rank)
            late = recorded_late_at(one.taken_at, one.known_at, late_after)
            yield Signal(
                sign=one.reading.sign,
                level=worst.level,
                entry_id=one.reading.entry_id,
                taken_at=one.taken_at,
                known_at=one.known_at,
                findings=findings,
                late=late,
                transcribed=one.transcribed,
                true_at=one.taken_at,
                by_value=True,
            )


def recorded_late_at(taken_at: datetime, known: datetime, late_after: int) -> bool:
    return int((known - taken_at).total_seconds() // 60) > late_after


def first_known(basis: Basis, entry: Observation, sign: str) -> datetime:
    """When this value became known. A correction of something else changes nothing; one that leaves
    the value on the same level of alert is no new alert."""
    chain = basis.log.by_root[entry.id]
    known = chain.last
    for older, newer in reversed(list(pairwise(chain.versions))):
        if not (isinstance(older, Observation) and isinstance(newer, Observation)):
            break
        if older.withdrawn or not _says_the_same(basis, sign, older, newer):
            break
        known = older
    return known_at(known)


def _says_the_same(basis: Basis, sign: str, older: Observation, newer: Observation) -> bool:
    old, new = older.signs.get(sign), newer.signs.get(sign)
    if old == new:
        return True
    if old is None or new is None:
        return False
    before, after = (judge(basis.plan, sign, value, None)[0] for value in (old, new))
    return before == after and before is not None and before.raises_alert


def _consecutive(basis: Basis, sign: str, values: list[SignReading]) -> dict[UUID, list[Finding]]:
    """Not measured breaks nothing (D4.2); neither does unrecordable, which is no better value."""
    measured = [reading for reading in values if isinstance(reading.value, Measured)]
    found: dict[UUID, list[Finding]] = {}
    for rule in basis.plan.consecutive:
        in_a_row = 0
        for reading in measured if rule.sign == sign else ():
            in_a_row = in_a_row + 1 if _below(reading, rule) else 0
            if in_a_row >= rule.times:
                found.setdefault(reading.entry_id, []).append(_finding(rule))
    return found


def _below(reading: SignReading, rule: Consecutive) -> bool:
    value = reading.value
    if not isinstance(value, Measured) or reading.sign == BLOOD_PRESSURE:
        return False
    return bool(value.value < rule.below)  # type: ignore[operator]


def _finding(rule: Consecutive) -> Finding:
    return Finding(
        rule=f"{rule.sign}-below-{rule.below}-times-{rule.times}",
        level=rule.level,
        above=False,
        word="Below limit",
        text=rule.text,
        source=rule.source,
    )

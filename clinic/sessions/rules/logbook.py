"""This file is about the log and the table of readings as people read them, oldest first."""

from uuid import UUID

from clinic.sessions.rules.assignment import Filled
from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.log import Observation, kind_of
from clinic.sessions.rules.moments import whole_minute
from clinic.sessions.rules.readings import Readings
from clinic.sessions.rules.replay import Chain, recorded_late
from clinic.sessions.rules.results import LogLine, Row, Slot


def log_lines(basis: Basis) -> tuple[LogLine, ...]:
    """Every entry once, in the place of its time, with what corrected it. A correction whose
    original has not arrived stands for it."""
    lines = [_line(basis, chain) for chain in basis.log.chains]
    shown = [line for line in lines if basis.watch.reached(line.effective_at)]
    return tuple(sorted(shown, key=lambda line: (line.effective_at, line.original.log_seq)))


def _line(basis: Basis, chain: Chain) -> LogLine:
    original = chain.versions[0]
    counted = original if chain.withdrawn else chain.last
    at = whole_minute(counted.effective_at)
    return LogLine(
        root_id=chain.root_id,
        kind=kind_of(original),
        original=original,
        corrections=chain.versions[1:],
        current=None if chain.withdrawn else chain.last,
        effective_at=at,
        minute=basis.minute(at),
        late=recorded_late(original, basis.plan.schedule.late_entry_minutes),
    )


def rows_of(
    basis: Basis, readings: Readings, filled: Filled, slots: tuple[Slot, ...]
) -> tuple[Row, ...]:
    """The table of readings."""
    labels = {slot.key: slot.label for slot in slots}
    used: dict[UUID, dict[str, None]] = {}
    for (key, _), reading in filled.items():
        used.setdefault(reading.entry_id, {})[labels[key]] = None
    late: dict[UUID, int] = {}
    for sign in (sign for slot in slots for sign in slot.signs):
        if sign.reading_id and sign.late_by_minutes:
            late[sign.reading_id] = max(late.get(sign.reading_id, 0), sign.late_by_minutes)
    return tuple(
        _row(basis, readings, entry, tuple(used.get(entry.id, ())), late.get(entry.id))
        for entry in basis.observations
    )


def _row(
    basis: Basis,
    readings: Readings,
    entry: Observation,
    slot_labels: tuple[str, ...],
    late_by: int | None,
) -> Row:
    chain = basis.log.by_root[entry.id]
    return Row(
        entry_id=entry.id,
        effective_at=entry.effective_at,
        recorded_at=entry.recorded_at,
        minute=basis.minute(entry.effective_at),
        readings=readings.at(entry),
        oxygen_l_min=entry.oxygen_l_min,
        slot_labels=slot_labels,
        late_by_minutes=late_by,
        recorded_late=basis.late(entry),
        transcribed=entry.transcribed,
        corrected=len(chain.versions) > 1,
        author_id=entry.author_id,
    )

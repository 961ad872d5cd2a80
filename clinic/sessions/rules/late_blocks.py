"""This file is about entries that one person wrote down together, long after they were (D1.3)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from clinic.sessions.rules.moments import clock_time, local_day, minutes_between, whole_minute
from clinic.sessions.rules.results import LogLine


@dataclass(frozen=True)
class LateBlock:
    """Late entries in a row by one author, written in less time than they cover.

    Moments are whole minutes. `on_tablet`: of how many the tablet's own clock says that they were
    typed when they were; they were kept there and arrived together.
    """

    author_id: UUID
    entry_ids: tuple[UUID, ...]
    readings: int
    on_tablet: int
    taken_from: datetime
    taken_to: datetime
    written_from: datetime
    written_to: datetime

    @property
    def kept(self) -> bool:
        """Whether the tablet says so of all of them."""
        return self.on_tablet == len(self.entry_ids)


def late_blocks(lines: Iterable[LogLine], late_entry_minutes: int) -> tuple[LateBlock, ...]:
    """Two or more late entries in a row, in order of arrival, without one on time by the same
    author between them, that cover more minutes than it took to write them.

    Late is late by the protocol (`late_entry_minutes`); nothing else is a number here. What was
    transcribed from paper is marked as such and belongs to no block.
    """
    by_author: dict[UUID, list[LogLine]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: line.original.log_seq):
        if not line.original.transcribed:
            by_author[line.original.author_id].append(line)
    found = [block for its in by_author.values() for block in _of_one(its, late_entry_minutes)]
    return tuple(sorted(found, key=lambda block: (block.written_from, block.author_id)))


def _of_one(lines: list[LogLine], late_entry_minutes: int) -> Iterator[LateBlock]:
    for late, run in groupby(lines, key=lambda line: line.late):
        block = _block(list(run), late_entry_minutes) if late else None
        if block and len(block.entry_ids) > 1 and _covers_more(block):
            yield block


def _covers_more(block: LateBlock) -> bool:
    covered = minutes_between(block.taken_from, block.taken_to)
    return covered > minutes_between(block.written_from, block.written_to)


def _block(run: list[LogLine], late_entry_minutes: int) -> LateBlock:
    taken = [whole_minute(line.original.effective_at) for line in run]
    written = [whole_minute(line.original.recorded_at) for line in run]
    return LateBlock(
        author_id=run[0].original.author_id,
        entry_ids=tuple(line.root_id for line in run),
        readings=sum(line.kind == "observation" for line in run),
        on_tablet=sum(_typed_in_time(line, late_entry_minutes) for line in run),
        taken_from=min(taken),
        taken_to=max(taken),
        written_from=min(written),
        written_to=max(written),
    )


def _typed_in_time(line: LogLine, late_entry_minutes: int) -> bool:
    """What the tablet's clock says; nobody vouches for that clock."""
    entry = line.original
    if entry.device_at is None:
        return False
    return 0 <= minutes_between(entry.effective_at, entry.device_at) <= late_entry_minutes


def in_words(block: LateBlock, name: str, zone: ZoneInfo, *, days: bool = True) -> str:
    """`9 readings taken 10:00 to 11:30 were written down 11:41 to 11:44 by Aiko Kimura`.

    `days`: another day than that of the readings is named, else it is "another day".
    """
    number = len(block.entry_ids)
    what = f"{number} readings" if block.readings == number else f"{number} entries"
    taken = _span(block.taken_from, block.taken_to, block.taken_from, zone, days=days)
    written = _span(block.written_from, block.written_to, block.taken_from, zone, days=days)
    if block.kept:
        return (
            f"{what} taken {taken} by {name} arrived {written}: "
            "by the tablet's clock they were typed in time and kept there"
        )
    return f"{what} taken {taken} were written down {written} by {name}"


def _span(start: datetime, end: datetime, on: datetime, zone: ZoneInfo, *, days: bool) -> str:
    """Two times of the clinic's wall, with the day where it is another one."""
    begins = clock_time(start, zone)
    if local_day(start, zone) != local_day(on, zone):
        day = f"{start.astimezone(zone):%a %d %b}" if days else "another day"
        begins = f"{day}, {begins}"
    return begins if start == end else f"{begins} to {clock_time(end, zone)}"

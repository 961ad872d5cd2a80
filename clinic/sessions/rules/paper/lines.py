"""This file is about one line of a flowsheet as the entries that it holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinic.protocols.rules import SessionPlan
from clinic.sessions.rules.paper.cells import readings_of
from clinic.sessions.rules.paper.events import Said, events_of
from clinic.sessions.rules.paper.sheet import MIDNIGHT, clock_of, on_the_wall

WRITTEN = "written "


@dataclass(frozen=True)
class Line:
    """One moment of a session on paper. `number`: of the line in its file; `at`: in UTC.

    `on_air`: what SpO2 without oxygen beside it means (see `readings_of`).
    """

    number: int
    at: datetime
    cells: Mapping[str, str]
    on_air: bool


def entries_of_line(
    line: Line, plan: SessionPlan, zone: ZoneInfo, *, breastfeeding: bool | None
) -> tuple[list[Said], datetime | None]:
    """What a line says: its readings, its events, its note; and when it was written, if later.

    Raises ValueError in a sentence when any part of it cannot be read: then none of it is taken.
    """
    phrases = [part.strip() for part in line.cells.get("events", "").split(";") if part.strip()]
    written = [part.removeprefix(WRITTEN) for part in phrases if part.startswith(WRITTEN)]
    events = "; ".join(part for part in phrases if not part.startswith(WRITTEN))
    said = list(readings_said(line))
    said += events_of(events, plan, breastfeeding=breastfeeding)
    if note := line.cells.get("note", ""):
        said.append(Said("note", {"text": note}))
    if not said:
        raise ValueError("Nothing but a time stands in it.")
    return said, written_at(line.at, clock_of(written[0]), zone) if written else None


def readings_said(line: Line) -> Iterator[Said]:
    """The readings of a line as one observation, when there are any."""
    if fields := readings_of(line.cells, on_air=line.on_air):
        yield Said("observation", fields)


def written_at(at: datetime, clock: time, zone: ZoneInfo) -> datetime | None:
    """When a line was written: the first such clock after its own time. ValueError: none near."""
    here: date = at.astimezone(zone).date()
    for day in (here, here + timedelta(days=1)):
        for fold in (0, 1):
            moment = on_the_wall(day, clock, zone, fold)
            if moment and timedelta() <= moment - at < MIDNIGHT:
                return moment
    raise ValueError(f"It cannot have been written at {clock:%H:%M}: that is before its own time.")

"""This file is about serious events with clocks of their own: who is told, and by which day."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from clinic.notation.rules import canonical
from clinic.notation.rules.parsing import Fault, NotationError, parse
from clinic.sessions.rules.log import AdverseEvent
from clinic.sessions.rules.reporting import Report, ReportedTo
from clinic.sessions.rules.results import LogLine, SideEffect


class ClocksError(NotationError):
    """Clocks cannot be used. `problems`: one sentence each, with file and line."""

    null_means = "not set by this clinic"


class ClockState(StrEnum):
    """How one clock stands."""

    TOLD = "told"
    TOLD_LATE = "told-late"
    NEEDLESS = "needless"
    DUE = "due"
    OVERDUE = "overdue"
    NO_TIME = "no-time"


@dataclass(frozen=True)
class EventClock:
    """`criteria`: of which events; empty: of all for which no other clock to the same is meant.
    `days`: calendar days; None: not set by this clinic. `applies`: the clinic switched it on."""

    code: str
    to: ReportedTo
    title: str
    criteria: tuple[str, ...]
    days: int | None
    applies: bool
    source: str
    mark: str


@dataclass(frozen=True)
class EventClocks:
    """The clocks of a clinic, one version."""

    code: str
    title: str
    about: str
    source: str
    clocks: tuple[EventClock, ...]

    @staticmethod
    def from_tree(tree: Any, file: str) -> "EventClocks":
        """Clocks from nested dict, list and str; raises ClocksError with every fault."""
        found: EventClocks = parse(EventClocks, tree, file, clock_faults, ClocksError)
        return found

    @staticmethod
    def from_json(text: str) -> "EventClocks":
        """The clocks written by `to_json`."""
        return EventClocks.from_tree(json.loads(text), "canonical text")

    def to_json(self) -> str:
        """Canonical text."""
        return canonical.canonical_text(self)

    def with_choice(
        self, applies: Mapping[str, bool], days: Mapping[str, int | None]
    ) -> "EventClocks":
        """The same as the clinic decides: which apply, and within how many days."""
        return replace(
            self,
            clocks=tuple(
                replace(one, applies=applies[one.code], days=days[one.code]) for one in self.clocks
            ),
        )


def clock_faults(parts: Mapping[str, Any]) -> Iterator[Fault]:
    """What makes no sense among clocks."""
    clocks = [one for one in parts.get("clocks") or () if isinstance(one, EventClock)]
    codes = [one.code for one in clocks]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield "clocks", f"{code} is there twice."
    for one in clocks:
        if one.to is ReportedTo.NONE:
            yield "clocks", f"{one.code}: say to whom."


@dataclass(frozen=True)
class ClockStanding:
    """One clock of one event. `due_on` None: no time is set. `told_on`: the first report."""

    clock: EventClock
    state: ClockState
    due_on: date | None
    told_on: date | None


def clocks_for(clocks: EventClocks | None, criterion: str | None) -> list[EventClock]:
    """Those that apply to an event: for each recipient the one that names its criterion, else the
    one for all others."""
    applying = [one for one in clocks.clocks if one.applies] if clocks else []
    chosen: dict[ReportedTo, EventClock] = {}
    for one in applying:
        if criterion in one.criteria or (not one.criteria and one.to not in chosen):
            chosen[one.to] = one
    return list(chosen.values())


def standings(
    clocks: EventClocks | None,
    criterion: str | None,
    known_on: date,
    reports: Iterable[Report],
    today: date,
) -> list[ClockStanding]:
    """How each clock of an event stands on a day. Day `days` itself is inside."""
    reports = list(reports)
    needless = any(one.to is ReportedTo.NONE for one in reports)
    found = []
    for clock in clocks_for(clocks, criterion):
        told_on = min((one.on for one in reports if one.to is clock.to), default=None)
        due_on = known_on + timedelta(days=clock.days) if clock.days is not None else None
        state = state_of_clock(told_on, due_on, today, needless=needless)
        found.append(ClockStanding(clock, state, due_on, told_on))
    return found


def state_of_clock(
    told_on: date | None, due_on: date | None, today: date, *, needless: bool
) -> ClockState:
    """How one clock stands."""
    if told_on is not None:
        late = due_on is not None and told_on > due_on
        return ClockState.TOLD_LATE if late else ClockState.TOLD
    if needless:
        return ClockState.NEEDLESS
    if due_on is None:
        return ClockState.NO_TIME
    return ClockState.OVERDUE if today > due_on else ClockState.DUE


def known_at(effect: SideEffect, lines: Iterable[LogLine]) -> datetime:
    """When the clinic first wrote down that an event is serious."""
    lines = list(lines)
    versions = {
        entry.id: line.root_id for line in lines for entry in (line.original, *line.corrections)
    }
    told = [
        entry.recorded_at
        for line in lines
        for entry in (line.original, *line.corrections)
        if isinstance(entry, AdverseEvent) and entry.serious
        if line.root_id == effect.onset_id
        or (entry.subject_id and versions.get(entry.subject_id) == effect.onset_id)
    ]
    return min(told, default=effect.onset_at)


def known_on(effect: SideEffect, lines: Iterable[LogLine], zone: ZoneInfo) -> date:
    """The same as a day on the clinic's wall."""
    return known_at(effect, lines).astimezone(zone).date()

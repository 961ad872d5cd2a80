"""This file is about an infusion: rate times minutes, with the pauses out (definitions D5.1)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeGuard

from clinic.sessions.rules.log import (
    Administration,
    AdministrationEvent,
    Entry,
    Transition,
    TransitionEvent,
)
from clinic.sessions.rules.moments import minutes_between
from clinic.sessions.rules.replay import Log

Event = AdministrationEvent
MINUTES_PER_HOUR = 60


@dataclass(frozen=True)
class Infused:
    """`mg` None: a rate was never said. `stopped_at`: the last stop, None while it may go on."""

    started: bool = False
    running: bool = False
    paused: bool = False
    stopped_at: datetime | None = None
    run_minutes: int = 0
    mg: Decimal | None = Decimal(0)
    ended_by_emergency: bool = False


class _Pump:
    def __init__(self) -> None:
        self.started = self.running = self.paused = False
        self.stopped_at: datetime | None = None
        self.since: datetime | None = None
        self.rate: Decimal | None = None
        self.ended_by_emergency = False
        self.run_minutes = 0
        self.mg: Decimal | None = Decimal(0)
        self.before: Decimal | None = Decimal(0)

    def add_up_to(self, at: datetime) -> None:
        if not self.running or self.since is None:
            return
        ran = minutes_between(self.since, at)
        self.run_minutes += ran
        self.since = at
        if self.rate is None:
            self.mg = None if ran else self.mg
        elif self.mg is not None:
            self.mg += self.rate * ran / MINUTES_PER_HOUR

    def run(self, at: datetime) -> None:
        self.running, self.paused, self.since, self.stopped_at = True, False, at, None
        self.ended_by_emergency = False

    def take(self, given: Administration | Transition) -> None:
        if isinstance(given, Administration):
            self.give(given)
        elif self.running or self.paused:
            self.add_up_to(given.effective_at)
            self.running = self.paused = False
            self.stopped_at, self.ended_by_emergency = given.effective_at, True

    def give(self, given: Administration) -> None:
        self.add_up_to(given.effective_at)
        if given.rate_mg_per_h is not None:
            self.rate = given.rate_mg_per_h
        if given.event is Event.INFUSION_START:
            self.before = self.mg if not self.running else self.before
            self.started = True
            self.run(given.effective_at)
        elif given.event is Event.INFUSION_RESUME and self.paused:
            self.run(given.effective_at)
        elif given.event is Event.INFUSION_PAUSE and self.running:
            self.running, self.paused = False, True
        elif given.event is Event.INFUSION_STOP and self.started:
            self.stop(given)

    def stop(self, given: Administration) -> None:
        self.running = self.paused = False
        if not self.ended_by_emergency:
            self.stopped_at = given.effective_at
        if given.mg is not None and self.before is not None:
            # What the pump shows beats what we work out.
            self.mg = self.before + given.mg


def infused(log: Log, until: datetime | None = None) -> Infused:
    """What the pump has delivered, from its events oldest first; while it runs, `until` a moment
    or, without one, up to the last event. An emergency stops it (definitions D8.4)."""
    pump = _Pump()
    for entry in log.current:
        if isinstance(entry, Administration) or _is_emergency(entry):
            pump.take(entry)
    if until is not None:
        pump.add_up_to(until)
    return Infused(
        pump.started,
        pump.running,
        pump.paused,
        pump.stopped_at,
        pump.run_minutes,
        pump.mg,
        pump.ended_by_emergency,
    )


def _is_emergency(entry: Entry) -> TypeGuard[Transition]:
    return isinstance(entry, Transition) and entry.event is TransitionEvent.EMERGENCY

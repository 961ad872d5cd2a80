"""This file is about an infusion: rate times minutes, with the pauses out (definitions D5.1)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from clinic.sessions.rules.log import Administration, AdministrationEvent
from clinic.sessions.rules.moments import minutes_between

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


class _Pump:
    def __init__(self) -> None:
        self.started = self.running = self.paused = False
        self.stopped_at: datetime | None = None
        self.since: datetime | None = None
        self.rate: Decimal | None = None
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

    def take(self, given: Administration) -> None:
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
        self.stopped_at = given.effective_at
        if given.mg is not None and self.before is not None:
            # What the pump shows beats what we work out.
            self.mg = self.before + given.mg


def infused(given: list[Administration], until: datetime | None = None) -> Infused:
    """What the pump has delivered, from its events oldest first; while it runs, `until` a moment
    or, without one, up to the last event."""
    pump = _Pump()
    for event in given:
        pump.take(event)
    if until is not None:
        pump.add_up_to(until)
    return Infused(
        pump.started, pump.running, pump.paused, pump.stopped_at, pump.run_minutes, pump.mg
    )

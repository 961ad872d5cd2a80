"""This file is about what every rule of a session needs: plan, facts, log, now, T0, leaving."""

from dataclasses import dataclass
from datetime import datetime

from clinic.protocols.rules import SessionPlan
from clinic.sessions.rules.log import Observation, SessionFacts, Transition, TransitionEvent
from clinic.sessions.rules.moments import Watch, local_day, minutes_between
from clinic.sessions.rules.replay import Log, recorded_late

LEAVING = (
    TransitionEvent.LEFT,
    TransitionEvent.LEFT_AGAINST_ADVICE,
    TransitionEvent.TRANSFERRED,
)


@dataclass(frozen=True)
class Basis:
    """`t0` and `left_at` are whole minutes in UTC, None when not (yet) happened."""

    plan: SessionPlan
    facts: SessionFacts
    log: Log
    watch: Watch
    t0: datetime | None
    left: Transition | None

    @property
    def left_at(self) -> datetime | None:
        return self.left.effective_at if self.left else None

    @property
    def session_now(self) -> datetime:
        """Now, or the moment she left: nothing of the session ages after that."""
        return min(self.watch.now, self.left_at or self.watch.now)

    @property
    def observations(self) -> list[Observation]:
        return self.log.of(Observation)

    def reached(self, moment: datetime) -> bool:
        """Whether `moment` came while she was there."""
        if self.left_at is not None and moment > self.left_at:
            return False
        return self.watch.reached(moment)

    def minute(self, moment: datetime) -> int | None:
        """Minutes from T0, negative before it."""
        return None if self.t0 is None else minutes_between(self.t0, moment)

    def after_t0(self, moment: datetime) -> bool:
        return self.t0 is not None and moment > self.t0

    def gone(self, moment: datetime) -> bool:
        """Whether she had left before `moment`."""
        return self.left_at is not None and moment > self.left_at

    def late(self, entry: Observation) -> bool:
        return recorded_late(entry, self.plan.schedule.late_entry_minutes)

    def day_after_birth(self, moment: datetime) -> int | None:
        """Difference of local dates; the day of the birth is 0 (definitions D1.1)."""
        if self.facts.birth_on is None:
            return None
        return (local_day(moment, self.facts.timezone) - self.facts.birth_on).days

    def obstetric(self, moment: datetime, up_to_day: int) -> bool:
        """Whether the obstetric pathway applies. An unknown day of birth counts as inside:
        missing is never normal (definitions D2.4, D3)."""
        day = self.day_after_birth(self.t0 or moment)
        return day is None or day <= up_to_day


def leaving(log: Log) -> Transition | None:
    """The first time she left, whichever way."""
    return next((step for step in log.of(Transition) if step.event in LEAVING), None)

"""This file is about the clock of what needs a response: who is told when, and by when it is
answered (definitions D7.4, D8.6)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from clinic.accounts.rules.duties import Named, begins_at
from clinic.instruments.rules.promise import (
    ResponseMinutes,
    Told,
    When,
    promise,
    told_at,
)
from clinic.sessions.rules.moments import minutes_between


@dataclass(frozen=True)
class Step:
    """A person on the cover list is told at a moment, past or to come."""

    told: Told
    at: datetime

    @property
    def user_id(self) -> UUID:
        return self.told.user_id


@dataclass(frozen=True)
class Clock:
    """`due_at` None: no time is set, or nobody was on the cover list. `steps`: who is told, each
    once, in order; `when`: which part of the list held at the answer."""

    since: datetime
    due_at: datetime | None
    when: When
    steps: tuple[Step, ...]

    def told(self, now: datetime) -> list[Step]:
        """Who has been told by a moment."""
        return [step for step in self.steps if step.at <= now]

    def next_told(self, now: datetime) -> Step | None:
        """Who is told next if nobody acts."""
        return next((step for step in self.steps if step.at > now), None)


def clock_of_answer(
    cover: Sequence[Named],
    answered_at: datetime,
    minutes: ResponseMinutes,
    next_minutes: int | None,
    now: datetime,
) -> Clock:
    """The clock of a risk answer. With nobody on the list it starts when somebody next is."""
    starts_at = first_covered(cover, answered_at)
    said = promise(cover, answered_at, minutes)
    if said.when is When.NOBODY and starts_at is not None:
        due_at = promise(cover, starts_at, minutes).call_by_at
    else:
        due_at = said.call_by_at
    steps = ladder(cover, answered_at, next_minutes, now)
    return Clock(answered_at, due_at, said.when, tuple(steps))


def ladder(
    cover: Sequence[Named], since: datetime, next_minutes: int | None, now: datetime
) -> Iterator[Step]:
    """Who is told when: the first at once, after each `next_minutes` the next who holds a duty
    then, up to the one after now. None: nobody but the first."""
    at, seen = first_covered(cover, since), set[UUID]()
    while at is not None:
        first = next((one for one in told_at(cover, at) if one.user_id not in seen), None)
        if first is not None:
            seen.add(first.user_id)
            yield Step(first, at)
            if at > now:
                return
        at = next_rung(cover, at, next_minutes, nobody_new=first is None)


def next_rung(
    cover: Sequence[Named], at: datetime, next_minutes: int | None, *, nobody_new: bool
) -> datetime | None:
    """When the next person is told. With nobody new on the list, once somebody else begins."""
    if next_minutes is None:
        return None
    step = timedelta(minutes=next_minutes)
    if not nobody_new:
        return at + step
    begins = [begun for duty in cover if (begun := begins_at(duty)) and begun > at]
    return at + -(-(min(begins) - at) // step) * step if begins else None


def first_covered(cover: Sequence[Named], since: datetime) -> datetime | None:
    """The first moment from `since` on at which somebody on the list answers; None: nobody is
    named for later either."""
    starts = sorted({begun for duty in cover if (begun := begins_at(duty)) and begun > since})
    return next((at for at in (since, *starts) if told_at(cover, at)), None)


def minutes_left(due_at: datetime, now: datetime) -> int:
    """Whole minutes until a deadline, by the minutes that the screen shows; below 0: past it."""
    return minutes_between(now, due_at)

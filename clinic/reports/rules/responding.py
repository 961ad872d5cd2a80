"""This file is about how soon a clinic responds, as administrators see it: no single answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median_low
from typing import Protocol

from clinic.reports.rules.figures import SMALL
from clinic.sessions.rules.moments import minutes_between


class Responded(Protocol):
    """An answer that needed a response."""

    @property
    def since(self) -> datetime: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def responded_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class ResponseFigures:
    """`n` answers came, `open` of them wait; `median` minutes until the response; `within` of
    `timed` were responded to by their time. Cells below the limit are not shown."""

    title: str
    n: int
    open: int
    median: int | None
    within: int
    timed: int

    @property
    def n_shown(self) -> str:
        """`0`, `fewer than 5`, `12`."""
        return hidden(self.n)

    @property
    def median_shown(self) -> str:
        """`42 min`; nothing where too few were responded to."""
        done = self.n - self.open
        return "not shown" if self.median is None or done < SMALL else f"{self.median} min"

    @property
    def within_shown(self) -> str:
        """`14 of 20, 70 %`; neither those in time nor those late may be few."""
        late = self.timed - self.within
        if self.timed < SMALL:
            return "not shown"
        if 0 < late < SMALL:
            return f"all but fewer than {SMALL} of {self.timed}"
        if 0 < self.within < SMALL:
            return f"fewer than {SMALL} of {self.timed}"
        return f"{self.within} of {self.timed}, {100 * self.within // self.timed} %"


def hidden(count: int) -> str:
    """A count, unless it is small."""
    return f"fewer than {SMALL}" if 0 < count < SMALL else str(count)


def response_figures(title: str, found: Iterable[Responded], now: datetime) -> ResponseFigures:
    """What a period comes to. One that waits still and is past its time counts as late."""
    rows = list(found)
    done = [one for one in rows if one.responded_at is not None]
    timed = [one for one in rows if one.due_at is not None and is_settled(one, now)]
    return ResponseFigures(
        title=title,
        n=len(rows),
        open=len(rows) - len(done),
        median=median_minutes(done),
        within=sum(in_time(one) for one in timed),
        timed=len(timed),
    )


def is_settled(one: Responded, now: datetime) -> bool:
    """Whether it is known if it was in time: responded to, or past its time."""
    return one.responded_at is not None or (one.due_at is not None and one.due_at < now)


def in_time(one: Responded) -> bool:
    """Whether it was responded to by its time, the minute itself inside."""
    if one.responded_at is None or one.due_at is None:
        return False
    return minutes_between(one.responded_at, one.due_at) >= 0


def median_minutes(done: Sequence[Responded]) -> int | None:
    """The middle of the minutes until the response, of two the lower; None for none."""
    minutes = [minutes_between(one.since, one.responded_at) for one in done if one.responded_at]
    return median_low(minutes) if minutes else None

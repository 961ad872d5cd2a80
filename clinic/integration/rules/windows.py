"""This file is about the talk that is offered after each dose: its window, and how it stands."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import zip_longest

from clinic.integration.rules.codes import Kind, Status, WindowState
from clinic.protocols.rules import Integration

HOUR = timedelta(hours=1)
# The first of these on record says how the talk stands.
BY_WEIGHT = (Status.DONE, Status.PLANNED, Status.NOT_WANTED, Status.MISSED)


@dataclass(frozen=True)
class Given:
    """A dose that was given: session, its number in the course, first drug delivered.

    `text`: what was given, in words; `known_mg`: the part of it that is known, None for nothing.
    `last_drug_at` None: it still runs; `agreed_pause_ends_at` None: no pause (definitions D5.3).
    """

    session_id: uuid.UUID
    number: int
    t0: datetime
    text: str
    known_mg: Decimal | None = None
    last_drug_at: datetime | None = None
    agreed_pause_ends_at: datetime | None = None


@dataclass(frozen=True)
class Visit:
    """One visit, as far as rules look at it. `session_id`: the session whose dose it follows."""

    id: uuid.UUID
    kind: Kind
    status: Status
    starts_at: datetime
    session_id: uuid.UUID | None


@dataclass(frozen=True)
class Window:
    """The talk after one dose. Both ends of the window are inside.

    `visit`: the visit that says how it stands. `fits_until`: the last moment at which a talk is
    inside the window and before the next dose.
    """

    dose: Given
    opens_at: datetime
    closes_at: datetime
    fits_until: datetime
    state: WindowState
    visit: Visit | None

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies inside."""
        return self.opens_at <= moment <= self.closes_at

    def new_date_fits(self, now: datetime) -> bool:
        """Whether a talk that was missed can still be held in time."""
        return now <= self.fits_until

    @property
    def is_outside(self) -> bool:
        """Whether the talk was held, or is planned, outside the window."""
        visit = self.visit
        counts = visit is not None and visit.status in (Status.DONE, Status.PLANNED)
        return visit is not None and counts and not self.holds(visit.starts_at)


def windows_after(
    rule: Integration, doses: Sequence[Given], visits: Iterable[Visit], now: datetime
) -> list[Window]:
    """One window for each dose, in the order of the doses; hours count from its T0."""
    talks = [visit for visit in visits if visit.kind is Kind.INTEGRATION]
    ordered = sorted(doses, key=lambda dose: dose.t0)
    following = [dose.t0 for dose in ordered[1:]]
    return [
        window_after(rule, dose, before, [v for v in talks if v.session_id == dose.session_id], now)
        for dose, before in zip_longest(ordered, following)
    ]


def window_after(
    rule: Integration, dose: Given, next_t0: datetime | None, talks: list[Visit], now: datetime
) -> Window:
    """The window of one dose."""
    opens, closes = dose.t0 + rule.opens_hours * HOUR, dose.t0 + rule.closes_hours * HOUR
    visit = deciding(talks, opens, closes)
    return Window(
        dose=dose,
        opens_at=opens,
        closes_at=closes,
        fits_until=closes if next_t0 is None else min(closes, next_t0),
        state=state_of(visit, closes, now),
        visit=visit,
    )


def deciding(talks: Iterable[Visit], opens: datetime, closes: datetime) -> Visit | None:
    """The talk that says how a window stands: done before planned, inside before outside.

    Of two that are alike the later one.
    """
    counted = [talk for talk in talks if talk.status in BY_WEIGHT]

    def order(talk: Visit) -> tuple[int, bool, float]:
        outside = not opens <= talk.starts_at <= closes
        return BY_WEIGHT.index(talk.status), outside, -talk.starts_at.timestamp()

    return min(counted, key=order, default=None)


def state_of(visit: Visit | None, closes: datetime, now: datetime) -> WindowState:
    """How a window stands: as its talk; without one it is offered until it closes."""
    if visit is not None:
        return WindowState(visit.status)
    return WindowState.OFFERED if now <= closes else WindowState.PASSED


def hours_from(t0: datetime, at: datetime) -> int:
    """Whole hours from a dose to a visit, rounded down."""
    return (at - t0) // HOUR


def tally(windows: Iterable[Window]) -> dict[WindowState, int]:
    """How many talks stand how; a state that does not occur is left out."""
    states = [window.state for window in windows]
    return {state: states.count(state) for state in WindowState if state in states}

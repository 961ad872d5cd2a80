"""This file is about the follow-ups of a course, and how each stands (definitions D7.3, D7.6)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from clinic.followups.rules.codes import How, State, Status
from clinic.followups.rules.waking import Window, within_waking_hours
from clinic.protocols.rules import ContactRules, DosesCounted, FollowUp, Protocol
from clinic.sessions.rules import Dose
from clinic.sessions.rules.moments import end_of_local_day, whole_minute

Key = tuple[str, UUID | None]

# No number of a protocol: definitions D6 has it the same day, whatever the protocol.
WELFARE = FollowUp(
    code="welfare",
    text="Welfare call",
    counts_from=DosesCounted.EACH_DOSE,
    at_hours=0,
    opens_hours=0,
    closes_hours=None,
    by=How.CALL,
    source="definitions D6",
)


@dataclass(frozen=True)
class Handled:
    """What somebody wrote of a follow-up. `at`: when she was reached, or when it was written.

    `session_id` None: it belongs to the course, not to one dose.
    """

    code: str
    session_id: UUID | None
    status: Status
    at: datetime
    moved_to_at: datetime | None = None
    reason: str | None = None

    @property
    def key(self) -> Key:
        return self.code, self.session_id


@dataclass(frozen=True)
class Due:
    """One follow-up. It counts from `dose`; `session_id` is set when each dose has its own.

    `due_at` is where it stands now, moved or not; the window is that of the protocol, within her
    waking hours for a call (`waking` False: it holds none), and longer only after a move out of it;
    `planned` is where it stood before any move.
    """

    code: str
    text: str
    by: str
    source: str
    dose: Dose
    session_id: UUID | None
    due_at: datetime
    opens_at: datetime
    closes_at: datetime
    waking: bool
    planned: Window
    state: State
    handled: Handled | None

    @property
    def key(self) -> Key:
        return self.code, self.session_id

    @property
    def in_window(self) -> bool | None:
        """Whether it was done inside its window; None: it is not done."""
        if self.handled is None or self.handled.status is not Status.DONE:
            return None
        return self.opens_at <= whole_minute(self.handled.at) <= self.closes_at


@dataclass(frozen=True)
class _Case:
    handled: Mapping[Key, Handled]
    now: datetime
    zone: ZoneInfo


def due_follow_ups(
    protocol: Protocol,
    doses: Sequence[Dose],
    handled: Iterable[Handled],
    now: datetime,
    timezone: ZoneInfo,
    *,
    ended_at: datetime | None = None,
) -> list[Due]:
    """The follow-ups of one course by due time: 24 h from each dose, the rest from the first one.

    After she left against advice or to a hospital, a welfare call the same day (definitions D6).
    Hours are elapsed time, so a day may have 23 or 25 of them. `ended_at`: after it no window opens
    any more. Raises ValueError for a moment without a time zone.
    """
    known = {one.key: one for one in handled}
    case = _Case(known, whole_minute(now), timezone)
    given = sorted(doses, key=lambda dose: (dose.t0, dose.session_id))
    found = [
        _due(case, rule, dose, window_of(rule, dose.t0, protocol.contact, timezone))
        for rule in protocol.follow_ups
        for dose in _counted(rule, given)
    ]
    found += [
        _due(case, WELFARE, dose, welfare_window(dose.left_early_at, protocol.contact, timezone))
        for dose in given
        if dose.left_early_at
    ]
    kept = [due for due in found if due.handled or ended_at is None or due.opens_at <= ended_at]
    return sorted(kept, key=lambda due: (due.due_at, due.code))


def _counted(rule: FollowUp, doses: Sequence[Dose]) -> Iterator[Dose]:
    yield from doses if rule.counts_from is DosesCounted.EACH_DOSE else doses[:1]


def _due(case: _Case, rule: FollowUp, dose: Dose, window: Window) -> Due:
    session_id = dose.session_id if rule.counts_from is DosesCounted.EACH_DOSE else None
    handled = case.handled.get((rule.code, session_id))
    planned = window
    if handled and handled.moved_to_at and handled.status is Status.MOVED:
        window = moved(window, handled.moved_to_at, case.zone)
    return Due(
        code=rule.code,
        text=rule.text,
        by=rule.by,
        source=rule.source,
        dose=dose,
        session_id=session_id,
        due_at=window.due_at,
        opens_at=window.opens_at,
        closes_at=window.closes_at,
        waking=window.waking,
        planned=planned,
        state=_state(window, handled, case.now),
        handled=handled,
    )


def window_of(rule: FollowUp, t0: datetime, contact: ContactRules, zone: ZoneInfo) -> Window:
    """When a follow-up is due after a dose. An end that the clinic has not set is its due time."""

    def after(hours: int | None) -> datetime:
        return t0 + timedelta(hours=rule.at_hours if hours is None else hours)

    window = Window(after(None), after(rule.opens_hours), after(rule.closes_hours))
    return within_waking_hours(window, contact, zone) if rule.by == How.CALL else window


def welfare_window(left_at: datetime, contact: ContactRules, zone: ZoneInfo) -> Window:
    """From her leaving to the end of that day, inside waking hours where there are any left."""
    whole = Window(left_at, left_at, end_of_local_day(left_at, zone))
    return within_waking_hours(whole, contact, zone)


def moved(window: Window, to: datetime, zone: ZoneInfo) -> Window:
    """A window after a move. Out of it, the follow-up has until the end of that day."""
    closes_at = window.closes_at if to <= window.closes_at else end_of_local_day(to, zone)
    return replace(window, due_at=to, opens_at=min(window.opens_at, to), closes_at=closes_at)


def _state(window: Window, handled: Handled | None, now: datetime) -> State:
    if handled and handled.status is not Status.MOVED:
        return State(handled.status)
    if handled and now < window.due_at:
        return State.MOVED
    if now < window.opens_at:
        return State.PLANNED
    return State.DUE if now <= window.closes_at else State.OVERDUE

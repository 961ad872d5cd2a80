"""This file is about the duties of a shift: who holds which, who comes next, who may say so."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID

REMEMBERED = timedelta(days=7)  # a hand-over nobody accepted for so long has lapsed
LONGEST = timedelta(days=7)


class DutyKind(StrEnum):
    """What somebody answers for, beside their role (definitions D8.1)."""

    IN_CHARGE = "in-charge"
    ON_SITE = "on-site"
    ON_CALL = "on-call"


WORDS = {
    DutyKind.IN_CHARGE: "Nurse in charge",
    DutyKind.ON_SITE: "Prescriber on site",
    DutyKind.ON_CALL: "Psychiatrist on call",
}
ROLES = {
    DutyKind.IN_CHARGE: "nurse",
    DutyKind.ON_SITE: "psychiatrist",
    DutyKind.ON_CALL: "psychiatrist",
}
# Held by one person at a time: whoever comes next takes over. Prescribers may be several.
ONE_AT_A_TIME = frozenset({DutyKind.IN_CHARGE, DutyKind.ON_CALL})


class Named(Protocol):
    """A person named for a duty, as remembered."""

    @property
    def id(self) -> UUID: ...
    @property
    def kind(self) -> DutyKind: ...
    @property
    def user_id(self) -> UUID: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def accepted_at(self) -> datetime | None: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...
    @property
    def ended_at(self) -> datetime | None: ...
    @property
    def follows_id(self) -> UUID | None: ...


AnyNamed = TypeVar("AnyNamed", bound=Named)


def begins_at(duty: Named) -> datetime | None:
    """When the person answers for it: at its start, or when they accept later. None: not yet."""
    if duty.accepted_at is None or duty.withdrawn_at is not None:
        return None
    return max(duty.starts_at, duty.accepted_at)


def is_awaited(duty: Named) -> bool:
    """Whether the person named has neither accepted nor declined."""
    return duty.accepted_at is None and duty.withdrawn_at is None


def is_held(duty: Named, duties: Iterable[Named], at: datetime) -> bool:
    """Whether the person is responsible at a moment.

    Beyond the planned end too, while the person who should take over has not accepted: it does
    not help that they decline once that end is past.
    """
    begun = begins_at(duty)
    if begun is None or begun > at or (duty.ended_at is not None and duty.ended_at <= at):
        return False
    return at < duty.ends_at or any(leaves_it_open(one, duty, at) for one in duties)


def leaves_it_open(later: Named, duty: Named, at: datetime) -> bool:
    """Whether somebody should have taken a duty over and has not by a moment."""
    if later.follows_id != duty.id or (later.accepted_at is not None and later.accepted_at <= at):
        return False
    return later.withdrawn_at is None or later.withdrawn_at >= duty.ends_at


def held(duties: Sequence[AnyNamed], kind: DutyKind, at: datetime) -> list[AnyNamed]:
    """Who holds a duty at a moment, the longest first."""
    return [duty for duty in of_kind(duties, kind) if is_held(duty, duties, at)]


def coming(duties: Sequence[AnyNamed], kind: DutyKind, at: datetime) -> list[AnyNamed]:
    """Who is named for later, or should hold it already and has not accepted."""
    return [
        duty
        for duty in of_kind(duties, kind)
        if duty.withdrawn_at is None
        and duty.ended_at is None
        and duty.ends_at > at
        and ((begun := begins_at(duty)) is None or begun > at)
    ]


def of_kind(duties: Iterable[AnyNamed], kind: DutyKind) -> list[AnyNamed]:
    """Those of one kind, by their start."""
    found = (duty for duty in duties if duty.kind == kind)
    return sorted(found, key=lambda duty: (duty.starts_at, duty.id))


def taken_over_from(
    duties: Sequence[AnyNamed], kind: DutyKind, starts_at: datetime, now: datetime
) -> AnyNamed | None:
    """Whose duty the next one continues without a gap, where one person holds it at a time."""
    if kind not in ONE_AT_A_TIME:
        return None
    before = [
        duty
        for duty in standing(duties, kind)
        if duty.starts_at < starts_at
        and (starts_at <= end_of(duty) or (duty.ends_at <= now and is_held(duty, duties, now)))
    ]
    return before[-1] if before else None


def now_follow(
    duties: Iterable[AnyNamed], before: Named | None, duty: Named
) -> Iterator[tuple[AnyNamed, UUID | None]]:
    """Whose predecessor changes when a duty is put in, and to whom: no gap, or none."""
    for later in duties:
        if later.kind != duty.kind or later.withdrawn_at or later.kind not in ONE_AT_A_TIME:
            continue
        was = later.follows_id is not None and before is not None and later.follows_id == before.id
        if was or later.starts_at == duty.ends_at:
            yield later, duty.id if later.starts_at <= duty.ends_at else None


def in_the_way(
    duties: Sequence[AnyNamed], kind: DutyKind, starts_at: datetime, ends_at: datetime
) -> AnyNamed | None:
    """Who is named within these hours already, where one person holds it at a time."""
    if kind not in ONE_AT_A_TIME:
        return None
    for duty in standing(duties, kind):
        if starts_at <= duty.starts_at < ends_at:
            return duty
    return None


def standing(duties: Sequence[AnyNamed], kind: DutyKind) -> list[AnyNamed]:
    """Those that were neither withdrawn nor ended before they began."""
    return [
        duty
        for duty in of_kind(duties, kind)
        if duty.withdrawn_at is None and end_of(duty) > duty.starts_at
    ]


def end_of(duty: Named) -> datetime:
    """When it ended, or should."""
    return duty.ended_at or duty.ends_at


def fault_of_hours(starts_at: datetime, ends_at: datetime, now: datetime) -> str:
    """What is wrong with the hours of a duty, or nothing."""
    if ends_at <= starts_at:
        return "Enter an end after the start."
    if ends_at <= now:
        return "This end is past. Enter the end of a duty that still runs."
    if ends_at - starts_at > LONGEST:
        return "Enter at most 7 days for one person."
    return ""


def may_name(role: str, me: UUID, named: UUID, kind: DutyKind, in_charge: Collection[UUID]) -> bool:
    """Whether a person may name another for a duty (definitions D8.1).

    A psychiatrist, an administrator, the nurse in charge; and while nobody is in charge a nurse
    may take charge herself.
    """
    if role in ("psychiatrist", "administrator") or me in in_charge:
        return True
    return role == "nurse" and not in_charge and kind == DutyKind.IN_CHARGE and named == me

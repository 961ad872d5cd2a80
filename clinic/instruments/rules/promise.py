"""This file is about what she may be promised after a risk answer: who is told, by when she is
called (definitions D8.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from clinic.accounts.rules.duties import DutyKind, Named, held

# Whom a risk answer reaches first, then next. Somebody in the clinic makes it "in hours".
IN_HOURS = (DutyKind.ON_SITE, DutyKind.IN_CHARGE)
CHAIN = (*IN_HOURS, DutyKind.ON_CALL)


class When(StrEnum):
    """Which part of the cover list answers."""

    IN_HOURS = "in-hours"
    AFTER_HOURS = "after-hours"
    NOBODY = "nobody"


@dataclass(frozen=True)
class ResponseMinutes:
    """Whole minutes from her answer to the call; None: not set by this clinic."""

    in_hours: int | None
    after_hours: int | None

    def of(self, when: When) -> int | None:
        """Those that count; nobody has none."""
        return {When.IN_HOURS: self.in_hours, When.AFTER_HOURS: self.after_hours}.get(when)


NOT_SET = ResponseMinutes(None, None)


@dataclass(frozen=True)
class Told:
    """A person on the cover list, and the duty by which they are told."""

    kind: DutyKind
    user_id: UUID


@dataclass(frozen=True)
class Promise:
    """`told` in the order in which they are told; the first owns it. `call_by_at` None: no time
    may be promised, and crisis lines come first."""

    when: When
    told: tuple[Told, ...]
    call_by_at: datetime | None


def promise(
    cover: Sequence[Named], answered_at: datetime, minutes: ResponseMinutes = NOT_SET
) -> Promise:
    """What the cover list holds at the moment of her answer.

    `cover`: the duties around that moment, accepted or not. In hours while a prescriber is on site
    or a nurse in charge, after hours while only a psychiatrist is on call. A time is promised only
    when the clinic has set one and somebody on the list holds a duty at that time too.
    """
    told = told_at(cover, answered_at)
    when = when_of(told)
    limit = minutes.of(when)
    if limit is None:
        return Promise(when, told, None)
    by = answered_at + timedelta(minutes=limit)
    return Promise(when, told, by if told_at(cover, by) else None)


def told_at(cover: Sequence[Named], at: datetime) -> tuple[Told, ...]:
    """Everybody who answers for a duty at a moment, in the order of the chain, each once."""
    found: dict[UUID, Told] = {}
    for kind in CHAIN:
        for duty in held(cover, kind, at):
            found.setdefault(duty.user_id, Told(kind, duty.user_id))
    return tuple(found.values())


def when_of(told: Sequence[Told]) -> When:
    """Which part of the list those are."""
    if not told:
        return When.NOBODY
    return When.IN_HOURS if any(one.kind in IN_HOURS for one in told) else When.AFTER_HOURS

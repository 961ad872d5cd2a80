"""This file is about who is responsible at a moment (definitions D8.1): pure, without an app."""

import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from clinic.accounts.rules.duties import (
    DutyKind,
    coming,
    fault_of_hours,
    held,
    in_the_way,
    may_name,
    now_follow,
    taken_over_from,
)

AIKO, LEO, DAY = uuid.uuid4(), uuid.uuid4(), datetime(2026, 3, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Duty:
    user_id: uuid.UUID
    starts_at: datetime
    ends_at: datetime
    kind: DutyKind = DutyKind.IN_CHARGE
    accepted_at: datetime | None = None
    withdrawn_at: datetime | None = None
    ended_at: datetime | None = None
    follows_id: uuid.UUID | None = None
    id: uuid.UUID = field(default_factory=uuid.uuid4)


def at(hour: int, minute: int = 0) -> datetime:
    return DAY.replace(hour=hour, minute=minute)


EARLY = Duty(AIKO, at(8), at(16), accepted_at=at(7, 50))
LATE = Duty(LEO, at(16), at(23), follows_id=EARLY.id)


def in_charge(moment: datetime, *duties: Duty) -> list[uuid.UUID]:
    return [duty.user_id for duty in held(duties, DutyKind.IN_CHARGE, moment)]


def test_a_duty_is_held_from_its_first_minute_and_not_in_its_last() -> None:
    assert in_charge(at(7, 59), EARLY) == []
    assert in_charge(at(8), EARLY) == [AIKO]
    assert in_charge(at(15, 59), EARLY) == [AIKO]
    assert in_charge(at(16), EARLY) == []


def test_who_accepts_late_answers_from_then_on() -> None:
    late = replace(EARLY, accepted_at=at(8, 20))

    assert in_charge(at(8, 19), late) == []
    assert in_charge(at(8, 20), late) == [AIKO]


def test_until_the_next_one_accepts_the_former_stays_responsible() -> None:
    assert in_charge(at(16, 30), EARLY, LATE) == [AIKO]


def test_once_accepted_the_next_one_is_responsible_and_the_past_stays_as_it_was() -> None:
    ended = replace(EARLY, ended_at=at(16, 20))
    accepted = replace(LATE, accepted_at=at(16, 20))

    assert in_charge(at(16, 19), ended, accepted) == [AIKO]
    assert in_charge(at(16, 20), ended, accepted) == [LEO]


def test_declining_in_time_leaves_the_end_as_planned() -> None:
    assert in_charge(at(16, 30), EARLY, replace(LATE, withdrawn_at=at(15))) == []


def test_declining_after_the_end_frees_nobody() -> None:
    assert in_charge(at(16, 30), EARLY, replace(LATE, withdrawn_at=at(16, 10))) == [AIKO]


def test_who_never_accepted_is_named_and_holds_nothing() -> None:
    named = replace(EARLY, accepted_at=None)

    assert in_charge(at(9), named) == []
    assert coming([named], DutyKind.IN_CHARGE, at(9)) == [named]


def test_what_is_over_or_taken_back_is_not_coming() -> None:
    gone = [replace(LATE, withdrawn_at=at(9)), replace(EARLY, ended_at=at(9))]

    assert coming([*gone, LATE], DutyKind.IN_CHARGE, at(10)) == [LATE]
    assert coming([LATE], DutyKind.IN_CHARGE, at(23)) == []


def test_several_prescribers_are_on_site_at_once() -> None:
    first = replace(EARLY, kind=DutyKind.ON_SITE)
    second = replace(LATE, kind=DutyKind.ON_SITE, starts_at=at(9), accepted_at=at(9), id=AIKO)

    found = held([first, second], DutyKind.ON_SITE, at(10))

    assert [duty.user_id for duty in found] == [AIKO, LEO]
    assert taken_over_from([first], DutyKind.ON_SITE, at(10), at(9)) is None


def test_a_duty_without_a_gap_continues_the_one_before() -> None:
    assert taken_over_from([EARLY], DutyKind.IN_CHARGE, at(16), at(9)) == EARLY
    assert taken_over_from([EARLY], DutyKind.IN_CHARGE, at(12), at(9)) == EARLY
    assert taken_over_from([EARLY], DutyKind.IN_CHARGE, at(16, 1), at(9)) is None


def test_one_who_waits_beyond_the_end_is_relieved_by_whoever_comes() -> None:
    declined = replace(LATE, withdrawn_at=at(16, 10))

    assert taken_over_from([EARLY, declined], DutyKind.IN_CHARGE, at(17), at(17)) == EARLY


def test_hours_that_hold_another_start_are_in_the_way() -> None:
    assert in_the_way([LATE], DutyKind.IN_CHARGE, at(12), at(16, 1)) == LATE
    assert in_the_way([LATE], DutyKind.IN_CHARGE, at(12), at(16)) is None
    assert in_the_way([LATE], DutyKind.ON_SITE, at(12), at(20)) is None


def test_somebody_put_between_is_followed_by_the_next() -> None:
    between = Duty(LEO, at(14), at(16))

    assert list(now_follow([EARLY, LATE], EARLY, between)) == [(LATE, between.id)]
    shorter = replace(between, ends_at=at(15))
    assert list(now_follow([EARLY, LATE], EARLY, shorter)) == [(LATE, None)]


@pytest.mark.parametrize(
    ("ends_at", "said"),
    [
        (at(9), "Enter an end after the start."),
        (at(9, 30), "This end is past. Enter the end of a duty that still runs."),
        (at(11), ""),
        (DAY.replace(day=20), "Enter at most 7 days for one person."),
    ],
)
def test_hours_that_cannot_be_are_said_in_a_sentence(ends_at: datetime, said: str) -> None:
    assert fault_of_hours(at(9), ends_at, at(10)) == said


@pytest.mark.parametrize(
    ("role", "me", "named", "holders", "may"),
    [
        ("psychiatrist", AIKO, LEO, {LEO}, True),
        ("administrator", AIKO, LEO, set(), True),
        ("nurse", AIKO, LEO, {AIKO}, True),
        ("nurse", AIKO, LEO, {LEO}, False),
        ("nurse", AIKO, LEO, set(), False),
        ("nurse", AIKO, AIKO, set(), True),
        ("nurse", AIKO, AIKO, {LEO}, False),
        ("therapist", AIKO, AIKO, set(), False),
    ],
)
def test_who_may_name_whom(
    role: str, me: uuid.UUID, named: uuid.UUID, holders: set[uuid.UUID], may: bool
) -> None:
    assert may_name(role, me, named, DutyKind.IN_CHARGE, holders) is may

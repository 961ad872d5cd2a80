"""This file is about what she may be promised after a risk answer (definitions D8.6)."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

from clinic.accounts.rules.duties import DutyKind
from clinic.instruments.rules.promise import Promise, ResponseMinutes, Told, When, promise
from tests.accounts.test_duty_rules import AIKO, LEO, Duty, at

CHIARA = uuid.uuid4()
MINUTES = ResponseMinutes(in_hours=60, after_hours=90)
IN_CHARGE = Duty(AIKO, at(8), at(16), accepted_at=at(7, 50))
ON_SITE = Duty(LEO, at(9), at(15), kind=DutyKind.ON_SITE, accepted_at=at(7, 50))
ON_CALL = Duty(CHIARA, at(15), at(23), kind=DutyKind.ON_CALL, accepted_at=at(7, 50))
COVER = (IN_CHARGE, ON_SITE, ON_CALL)


def promised(moment: datetime, *duties: Duty, minutes: ResponseMinutes = MINUTES) -> Promise:
    return promise(duties, moment, minutes)


def test_d8_6_in_hours_the_prescriber_on_site_hears_first_then_the_nurse_in_charge() -> None:
    found = promised(at(10), *COVER)

    assert found.when is When.IN_HOURS
    assert found.told == (Told(DutyKind.ON_SITE, LEO), Told(DutyKind.IN_CHARGE, AIKO))
    assert found.call_by_at == at(11)


def test_d8_6_after_hours_begins_with_the_minute_in_which_the_last_one_has_left() -> None:
    before, after = promised(at(15, 59), *COVER), promised(at(16), *COVER)

    assert (before.when, before.call_by_at) == (When.IN_HOURS, at(16, 59))
    assert (after.when, after.call_by_at) == (When.AFTER_HOURS, at(17, 30))
    assert after.told == (Told(DutyKind.ON_CALL, CHIARA),)


def test_d8_6_nobody_on_the_list_promises_nothing() -> None:
    for moment in (at(7, 59), at(23)):
        assert promised(moment, *COVER) == Promise(When.NOBODY, (), None)


def test_d8_6_a_time_at_which_nobody_holds_a_duty_any_more_is_not_promised() -> None:
    inside, outside = promised(at(21, 29), *COVER), promised(at(21, 30), *COVER)

    assert inside.call_by_at == at(22, 59)
    assert (outside.when, outside.call_by_at) == (When.AFTER_HOURS, None)
    assert outside.told == (Told(DutyKind.ON_CALL, CHIARA),)


def test_d8_6_the_next_one_keeps_the_promise_once_they_have_accepted() -> None:
    night = Duty(LEO, at(23), at(23) + timedelta(hours=8), kind=DutyKind.ON_CALL)
    accepted = replace(night, accepted_at=at(12))

    assert promised(at(22), *COVER, night).call_by_at is None
    assert promised(at(22), *COVER, accepted).call_by_at == at(23, 30)


def test_d8_6_who_has_not_been_relieved_still_answers() -> None:
    night = Duty(LEO, at(23), at(23) + timedelta(hours=8), DutyKind.ON_CALL, follows_id=ON_CALL.id)

    found = promised(at(23, 15), *COVER, night)

    assert found.told == (Told(DutyKind.ON_CALL, CHIARA),)
    assert found.call_by_at == at(23, 15) + timedelta(minutes=90)


def test_d8_6_minutes_that_the_clinic_has_not_set_promise_no_time() -> None:
    some = ResponseMinutes(in_hours=60, after_hours=None)

    assert promise(COVER, at(10)).call_by_at is None
    assert promised(at(10), *COVER, minutes=some).call_by_at == at(11)
    assert promised(at(17), *COVER, minutes=some) == Promise(
        When.AFTER_HOURS, (Told(DutyKind.ON_CALL, CHIARA),), None
    )


def test_somebody_with_two_duties_is_told_once() -> None:
    both = replace(IN_CHARGE, user_id=LEO)

    assert promised(at(10), ON_SITE, both).told == (Told(DutyKind.ON_SITE, LEO),)

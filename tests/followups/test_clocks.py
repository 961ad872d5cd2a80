"""This file is about who is told of a risk answer when, and follow-ups missed in a row."""

import uuid
from datetime import timedelta

import pytest

from clinic.accounts.rules.duties import DutyKind
from clinic.followups.rules import Status
from clinic.followups.rules.clocks import clock_of_answer, minutes_left
from clinic.followups.rules.due import due_follow_ups
from clinic.followups.rules.missed import missed_in_a_row
from clinic.instruments.rules.promise import ResponseMinutes, When
from tests.accounts.test_duty_rules import AIKO, LEO, Duty, at
from tests.followups.doses import dose
from tests.followups.test_due import DUBLIN, PROTOCOL, T0, handled

CHIARA = uuid.uuid4()
MINUTES = ResponseMinutes(in_hours=60, after_hours=60)
IN_CHARGE = Duty(AIKO, at(8), at(16), accepted_at=at(7, 50))
ON_SITE = Duty(LEO, at(8), at(15), kind=DutyKind.ON_SITE, accepted_at=at(7, 50))
ON_CALL = Duty(CHIARA, at(9), at(23), kind=DutyKind.ON_CALL, accepted_at=at(7, 50))
COVER = (IN_CHARGE, ON_SITE, ON_CALL)


def clock(answered, now, *, cover=COVER, next_minutes=30):
    return clock_of_answer(cover, answered, MINUTES, next_minutes, now)


def told(answered, now, **given):
    return [step.user_id for step in clock(answered, now, **given).told(now)]


def test_d8_6_the_next_person_is_told_after_each_span_without_a_response():
    assert told(at(9, 12), at(9, 41)) == [LEO]
    assert told(at(9, 12), at(9, 42)) == [LEO, AIKO]
    assert told(at(9, 12), at(10, 12)) == [LEO, AIKO, CHIARA]


def test_the_card_says_who_is_next_and_when_until_everybody_was_told():
    following = clock(at(9, 12), at(9, 20)).next_told(at(9, 20))

    assert following is not None
    assert (following.user_id, following.at) == (AIKO, at(9, 42))
    assert clock(at(9, 12), at(12)).next_told(at(12)) is None


def test_who_begins_later_is_told_on_the_first_step_after_it():
    late = Duty(uuid.uuid4(), at(12, 5), at(20), kind=DutyKind.ON_SITE, accepted_at=at(8))

    following = clock(at(9, 12), at(12), cover=(*COVER, late)).next_told(at(12))

    assert following is not None
    assert (following.user_id, following.at) == (late.user_id, at(12, 12))


def test_without_a_span_set_only_the_first_is_told():
    assert told(at(9, 12), at(15), next_minutes=None) == [LEO]


def test_d8_6_an_answer_with_nobody_on_the_list_starts_its_clock_when_somebody_begins():
    found = clock(at(5), at(7))

    assert found.when is When.NOBODY
    assert found.due_at == at(9)
    assert [(step.user_id, step.at) for step in found.steps] == [(LEO, at(8))]


def test_without_anybody_named_there_is_no_time_and_nobody():
    found = clock(at(5), at(7), cover=())

    assert (found.due_at, found.steps) == (None, ())


@pytest.mark.parametrize(("second", "left"), [(0, 15), (59, 15)])
def test_time_left_is_counted_in_the_minutes_that_the_screen_shows(second, left):
    assert minutes_left(at(10), at(9, 45).replace(second=second)) == left
    assert minutes_left(at(10), at(10, 1).replace(second=second)) == -1


def missed(*handled_ones, now=T0 + timedelta(days=50), wanted=3):
    found = due_follow_ups(PROTOCOL, [dose(T0)], handled_ones, now, DUBLIN)
    return [due.code for due in missed_in_a_row(found, wanted)]


def test_three_missed_one_after_the_other_are_told_of_and_two_are_not():
    done = handled(Status.DONE, code="day-7", at=T0 + timedelta(days=7))

    assert missed(done) == ["day-14", "day-28", "day-42"]
    assert missed(done, now=T0 + timedelta(days=40)) == []


def test_one_that_was_done_ends_the_row():
    done = handled(Status.DONE, code="day-28", at=T0 + timedelta(days=28))

    assert missed(done) == []


def test_a_number_that_the_clinic_has_not_set_tells_nobody():
    assert missed(wanted=None) == []

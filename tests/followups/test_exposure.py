"""This file is about questions that fall due by the number of doses of a course."""

from datetime import timedelta

import pytest

from clinic.followups.rules.exposure import exposure_due
from clinic.protocols.rules import ExposureCheck
from tests.followups.test_due import T0

DAY = timedelta(days=1)
GIVEN = [T0 + n * DAY for n in range(12)]
CRAVING = ExposureCheck("craving", "Craving", 4, "made up for this test")


def due(now, *, asked=None, every=4):
    check = ExposureCheck("craving", "Craving", every, CRAVING.source)
    found = exposure_due([check], GIVEN, {} if asked is None else {"craving": asked}, now)
    return [doses for _, doses in found]


@pytest.mark.parametrize(("day", "doses"), [(2, []), (3, [4]), (5, [6])])
def test_it_is_due_from_the_dose_that_reaches_the_number(day, doses):
    assert due(T0 + day * DAY) == doses


def test_asked_once_it_is_due_again_after_as_many_doses_more():
    assert due(T0 + 6 * DAY, asked=T0 + 4 * DAY) == []
    assert due(T0 + 7 * DAY, asked=T0 + 4 * DAY) == [8]


def test_asked_before_its_number_it_is_still_due_then():
    assert due(T0 + 3 * DAY, asked=T0 + 2 * DAY) == [4]


def test_a_number_that_the_clinic_has_not_set_asks_nothing():
    assert due(T0 + 11 * DAY, every=None) == []

"""The blood pressure that the registry asks for between: that of a slot of the protocol (D1.2)."""

from dataclasses import replace

import pytest

from clinic.sessions.rules.log import NotMeasured
from clinic.sessions.rules.registry import pressure_between
from tests.sessions.rules.factories import INFUSION, NASAL, refused, started


def between(book, plan=NASAL, minute=130):
    reading = pressure_between(plan, book.state(minute, plan))
    return reading and (str(getattr(reading.value, "value", reading.value)), reading.minute)


@pytest.mark.parametrize("taken", [36, 40, 45, 54])
def test_d1_2_what_fills_that_slot_is_it_on_time_or_late(taken) -> None:
    book = started()
    book.full(30)
    book.full(taken, blood_pressure="138/86")
    book.full(60)

    assert between(book) == ("138/86", taken)


def test_d1_2_a_reading_of_another_slot_is_not_it() -> None:
    book = started()
    book.full(30)
    book.full(60)

    assert between(book) is None


def test_d2_4_why_it_was_not_measured_is_told_instead() -> None:
    book = started()
    book.full(40, blood_pressure=refused())

    reading = pressure_between(NASAL, book.state(50))
    assert reading is not None
    assert isinstance(reading.value, NotMeasured)


def test_a_protocol_that_names_another_slot_or_none_has_another_pressure_or_none() -> None:
    assert NASAL.report is not None
    at_60 = replace(NASAL, report=replace(NASAL.report, pressure_minute=60))
    unnamed = replace(NASAL, report=replace(NASAL.report, pressure_minute=None))
    book = started()
    book.full(40, blood_pressure="138/86")
    book.full(60, blood_pressure="126/80")

    assert between(book, at_60) == ("126/80", 60)
    assert between(book, unnamed) is None
    assert between(book, INFUSION) is None

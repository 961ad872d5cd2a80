"""This file is about definitions D4.4: severe blood pressure that stays, and its clocks."""

from dataclasses import replace
from datetime import date

import pytest

from clinic.protocols.rules import Level
from tests.sessions.rules.factories import (
    FACTS,
    at,
    refused,
    started,
)


def alerts(book, minute, level=Level.ALERT):
    return [alert for alert in book.state(minute).alerts if alert.level is level]


def emergency(book, minute, facts=FACTS):
    state = book.state(minute, facts=facts)
    return next((a for a in state.alerts if a.level is Level.EMERGENCY), None)


@pytest.mark.parametrize(("second", "persistent"), [(54, False), (55, True)])
def test_d4_4_two_severe_readings_at_least_15_min_apart_are_persistent(second, persistent):
    book = started()
    book.reading(40, blood_pressure="160/90")
    book.reading(second, blood_pressure="150/110")

    assert (emergency(book, second) is not None) is persistent


@pytest.mark.parametrize(
    ("between", "persistent"), [("159/109", False), ("160/80", True), ("150/110", True)]
)
def test_d4_4_a_reading_below_both_between_them_breaks_it(between, persistent):
    book = started()
    book.reading(40, blood_pressure="165/100")
    book.reading(48, blood_pressure=between)
    book.reading(55, blood_pressure="165/100")

    assert (emergency(book, 56) is not None) is persistent


@pytest.mark.parametrize(("minute", "persistent"), [(59, False), (60, True)])
def test_d4_4_no_reading_by_20_min_counts_as_persistent(minute, persistent):
    book = started()
    book.reading(40, blood_pressure="160/90")

    assert (emergency(book, minute) is not None) is persistent
    assert emergency(book, 60).rules == ("severe-no-reading",)


def test_d4_4_silence_is_foreseen_by_changes_at():
    book = started()
    book.full(40, blood_pressure="160/90")
    book.take_up(41, book.state(41).alerts[0].key)
    book.check(42, "steady-walk")

    state = book.state(59)

    assert state.changes_at == at(60)


@pytest.mark.parametrize(("value", "persistent"), [("150/100", False), ("165/100", True)])
def test_d4_4_a_reading_by_20_min_decides(value, persistent):
    book = started()
    book.reading(40, blood_pressure="165/100")
    book.reading(50, blood_pressure=value)

    assert (emergency(book, 60) is not None) is persistent


def test_d4_4_not_measured_is_no_reading():
    book = started()
    book.reading(40, blood_pressure="165/100")
    book.reading(50, blood_pressure=refused())

    assert emergency(book, 60) is not None


def test_d4_4_what_is_written_down_later_does_not_undo_the_silence():
    book = started()
    book.reading(40, blood_pressure="165/100")
    book.reading(50, known=70, blood_pressure="130/80")

    assert emergency(book, 71).is_open


def test_d4_4_no_silence_after_she_left():
    book = started()
    book.reading(40, blood_pressure="165/100")
    book.step(55, "transferred")

    assert emergency(book, 90) is None


def test_d4_4_both_clocks_15_min_to_confirm_and_30_to_60_min_to_treat():
    book = started()
    book.reading(40, blood_pressure="165/100")
    facts = replace(FACTS, birth_on=date(2026, 3, 1))
    first = book.state(41, facts=facts).alerts[0]
    book.reading(56, blood_pressure="165/100")

    confirmed = emergency(book, 57, facts)

    assert (first.confirm_by, first.confirmed_at, first.treat_by) == (at(55), None, None)
    assert confirmed.confirmed_at == at(56)
    assert (confirmed.treat_from, confirmed.treat_by) == (at(86), at(116))


@pytest.mark.parametrize(
    ("birth_on", "clocks"),
    [(date(2026, 1, 29), True), (date(2026, 1, 28), False), (None, True)],
    ids=["day 42", "day 43", "day unknown"],
)
def test_d4_4_the_clocks_run_up_to_day_42_and_the_emergency_for_everyone(birth_on, clocks):
    book = started()
    book.reading(40, blood_pressure="165/100")

    alert = emergency(book, 61, replace(FACTS, birth_on=birth_on))

    assert (alert.treat_by is not None) is clocks

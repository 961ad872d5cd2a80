"""This file is about definitions D4.2: what closes an alert, and what was raised in error."""

from dataclasses import replace

import pytest

from clinic.protocols.rules import Level
from clinic.sessions.rules import log
from tests.sessions.rules.factories import (
    NASAL,
    PSYCHIATRIST,
    at,
    refused,
    started,
)


def alerts(book, minute, level=Level.ALERT):
    return [alert for alert in book.state(minute).alerts if alert.level is level]


def raised():
    """One open alert: diastolic 101 at minute 40, not severe."""
    book = started()
    book.full(40, blood_pressure="150/101")
    return book


def test_d4_2_a_reading_in_range_closes_only_an_acknowledged_alert():
    book = raised()
    book.full(45)
    unheard = alerts(book, 46)[0]
    book.take_up(47, unheard.key, action_taken="lay her on her side")

    (alert,) = alerts(book, 48)

    assert unheard.is_open
    assert (alert.closed_at, alert.closed_how) == (at(47), "reading")
    assert (alert.acknowledged_at, alert.action) == (at(47), "lay her on her side")


def test_d4_2_a_marked_reading_outside_all_alert_rules_closes_too():
    book = raised()
    book.take_up(41, alerts(book, 41)[0].key)
    book.full(45, blood_pressure="150/100")

    assert not alerts(book, 46)[0].is_open


def test_d4_2_a_reading_of_another_sign_closes_nothing():
    book = raised()
    book.take_up(41, alerts(book, 41)[0].key)
    book.reading(45, heart_rate=72, spo2=98)

    assert alerts(book, 46)[0].is_open


def test_d4_2_only_a_reading_taken_after_the_last_true_one_closes():
    book = raised()
    book.take_up(41, alerts(book, 41)[0].key)
    book.full(38, known=43)

    assert alerts(book, 44)[0].is_open


@pytest.mark.parametrize("said", [refused(), log.Unrecordable()])
def test_d4_2_not_measured_and_unrecordable_close_nothing(said):
    book = raised()
    book.take_up(41, alerts(book, 41)[0].key)
    book.reading(45, blood_pressure=said)

    assert alerts(book, 46)[0].is_open


def test_d4_2_unrecordable_closes_nothing_even_where_a_clinic_sets_no_level_for_it():
    systolic = replace(NASAL.limits["systolic"], unrecordable=None)
    plan = replace(NASAL, limits={**NASAL.limits, "systolic": systolic})
    book = raised()
    book.take_up(41, alerts(book, 41)[0].key)
    book.reading(45, blood_pressure=log.Unrecordable())

    (alert,) = book.state(46, plan).alerts

    assert alert.is_open


def test_d1_3_a_late_true_reading_takes_the_closing_from_an_earlier_one_in_range():
    book = raised()
    book.full(45)
    book.full(42, known=52, blood_pressure="150/101")
    book.take_up(53, alerts(book, 53)[0].key)

    assert alerts(book, 54)[0].is_open


def test_an_alert_that_a_late_baseline_makes_untrue_is_still_counted():
    book = started()
    book.full(40, blood_pressure="158/95")
    before = alerts(book, 41)
    book.reading(-1, known=50, blood_pressure="130/85")

    (alert,) = alerts(book, 51)

    assert before[0].rules == ("rise-systolic-from-40",)
    assert (alert.key, alert.raised_in_error) == (before[0].key, True)


def test_d4_2_not_measured_does_not_break_consecutive():
    book = started()
    book.reading(15, spo2=92)
    book.reading(18, spo2=refused())
    book.reading(20, spo2=92)

    assert "spo2-below-93-times-2" in alerts(book, 21)[0].rules


def test_d4_2_an_emergency_closes_by_no_reading():
    book = started()
    book.reading(40, spo2=88)
    book.take_up(41, alerts(book, 41, Level.EMERGENCY)[0].key)
    book.reading(45, spo2=98)

    assert alerts(book, 46, Level.EMERGENCY)[0].is_open


def test_d4_2_an_emergency_closes_by_a_person_with_a_reason():
    book = started()
    book.reading(40, spo2=88)
    key = alerts(book, 41, Level.EMERGENCY)[0].key
    book.take_up(50, key, closes=True, reason="probe had slipped", author_id=PSYCHIATRIST)

    (alert,) = alerts(book, 51, Level.EMERGENCY)

    assert (alert.closed_at, alert.closed_how, alert.closed_by, alert.close_reason) == (
        at(50),
        "person",
        PSYCHIATRIST,
        "probe had slipped",
    )


def test_d4_2_an_alert_whose_entry_is_corrected_was_raised_in_error_and_is_still_counted():
    book = raised()
    wrong = book.entries[-1]
    book.full(40, known=44, blood_pressure="150/91", corrects_id=wrong.id, reason="typed wrongly")

    (alert,) = alerts(book, 45)

    assert alert.raised_in_error
    assert not alert.is_open
    assert alert.opened_by == wrong.id


def test_d4_2_an_alert_whose_entry_is_withdrawn_was_raised_in_error():
    book = raised()
    book.withdraw(44, book.entries[-1])

    assert [alert.raised_in_error for alert in alerts(book, 45)] == [True]

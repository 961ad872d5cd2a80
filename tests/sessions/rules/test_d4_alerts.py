"""This file is about definitions D4: episodes, closing, escalation, severe pressure that stays."""

from datetime import timedelta

import pytest

from clinic.protocols.rules import Level
from clinic.sessions.rules import silent_since
from tests.sessions.rules.factories import (
    NASAL,
    Logbook,
    at,
    started,
)


def alerts(book, minute, level=Level.ALERT):
    return [alert for alert in book.state(minute).alerts if alert.level is level]


def raised():
    """One open alert: diastolic 101 at minute 40, not severe."""
    book = started()
    book.full(40, blood_pressure="150/101")
    return book


def test_d4_1_repeats_join_one_episode_per_sign_and_level():
    book = raised()
    repeat = book.full(45, blood_pressure="152/103")

    (alert,) = alerts(book, 46)

    assert alert.entry_ids[-1] == repeat.id
    assert (alert.taken_at, alert.last_true_at, alert.repeat_due_at) == (at(40), at(45), at(50))


def test_d4_1_each_sign_has_its_own_episode():
    book = started()
    book.full(40, blood_pressure="150/101", heart_rate=130)

    assert {alert.sign for alert in alerts(book, 41)} == {"blood_pressure", "heart_rate"}


def test_d4_1_an_emergency_is_an_episode_of_its_own():
    book = started()
    book.reading(40, spo2=93)
    book.reading(42, spo2=88)

    assert [a.level for a in book.state(43).alerts] == [Level.ALERT, Level.EMERGENCY]
    assert alerts(book, 43)[0].last_true_at == at(42)


def test_d4_1_expected_drug_effect_is_recorded_and_silences_nothing():
    book = raised()
    book.take_up(41, alerts(book, 41)[0].key, expected_effect=True)

    (alert,) = alerts(book, 42)

    assert alert.expected_effect
    assert alert.is_open
    assert alert.repeat_due_at == at(45)


def test_d4_1_after_closing_a_new_episode_is_opened():
    book = raised()
    book.take_up(41, alerts(book, 41)[0].key)
    book.full(45)
    book.full(50, blood_pressure="150/101")

    assert [alert.is_open for alert in alerts(book, 51)] == [False, True]


def test_a_correction_that_stays_at_alert_level_keeps_key_time_and_acknowledgement():
    book = raised()
    before = alerts(book, 41)[0]
    book.take_up(42, before.key)
    first = book.entries[-2]
    book.full(40, known=50, blood_pressure="150/103", corrects_id=first.id, reason="misread")

    (alert,) = alerts(book, 51)

    assert (alert.key, alert.opened_at) == (before.key, before.opened_at)
    assert alert.acknowledged_at == at(42)


def test_a_late_entry_joins_and_does_not_rename_the_alert():
    book = raised()
    key = alerts(book, 41)[0].key
    book.full(35, known=45, blood_pressure="150/101")

    assert [alert.key for alert in alerts(book, 46)] == [key]


@pytest.mark.parametrize(
    ("minute", "calling"),
    [
        (40, "nurse"),
        (41, "nurse"),
        (42, "nurse in charge"),
        (44, "nurse in charge"),
        (45, "psychiatrist on call"),
    ],
)
def test_d4_3_nurse_then_nurse_in_charge_then_psychiatrist_on_call(minute, calling):
    assert alerts(raised(), minute)[0].calling == calling


def test_d4_3_once_acknowledged_nobody_more_is_called():
    book = raised()
    book.take_up(43, alerts(book, 43)[0].key)

    (alert,) = alerts(book, 60)

    assert [step.reached for step in alert.escalation] == [True, True, False]
    assert alert.calling is None


def test_d4_3_an_emergency_calls_all_at_minute_0():
    book = started()
    book.reading(40, respiratory_rate=7)

    (alert,) = alerts(book, 40, Level.EMERGENCY)

    assert [(step.at, step.reached) for step in alert.escalation] == [(at(40), True)] * 3


@pytest.mark.parametrize(("seconds", "silent"), [(179, False), (180, True)])
def test_d4_3_a_tablet_is_silent_after_3_min(seconds, silent):
    heard = at(10)

    assert bool(silent_since(NASAL, heard, heard + timedelta(seconds=seconds))) is silent


def test_an_acknowledgement_of_an_unknown_alert_changes_nothing():
    book = started()
    book.take_up(10, "blood_pressure.alert.nothing")

    assert book.state(11).alerts == ()


def test_alerts_before_the_dose_count_too():
    book = Logbook()
    book.reading(-10, spo2=93)

    assert [alert.sign for alert in book.state(-9).alerts] == ["spo2"]

"""This file is about definitions D4: episodes, closing, escalation, severe pressure that stays."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic.protocols.rules import Level
from clinic.sessions.rules import log, silent_since
from tests.sessions.rules.factories import (
    FACTS,
    NASAL,
    PSYCHIATRIST,
    Logbook,
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


# D4.4: severe blood pressure that stays.


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


def test_an_acknowledgement_of_an_unknown_alert_changes_nothing():
    book = started()
    book.take_up(10, "blood_pressure.alert.nothing")

    assert book.state(11).alerts == ()


def test_alerts_before_the_dose_count_too():
    book = Logbook()
    book.reading(-10, spo2=93)

    assert [alert.sign for alert in book.state(-9).alerts] == ["spo2"]

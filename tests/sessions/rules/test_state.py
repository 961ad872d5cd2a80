"""This file is about the rest of the state: phases, lists, side effects, log lines."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest

from clinic.sessions.rules import session_state
from clinic.sessions.rules.results import Phase
from tests.sessions.rules.factories import FACTS, NASAL, Logbook, at, started


def test_an_empty_log_is_a_planned_session():
    state = Logbook().state(0)

    assert state.phase is Phase.PLANNED
    assert state.next_due is None
    assert {slot.status for slot in state.slots} == {"planned"}


def test_checked_in_is_pre_dose():
    book = Logbook()
    book.step(-30, "checked-in")

    assert book.state(-29).phase is Phase.PRE_DOSE


def test_cancelled_before_the_dose():
    book = Logbook()
    book.step(-10, "cancelled")

    assert book.state(0).phase is Phase.CANCELLED


def test_after_a_cancellation_nothing_is_due():
    book = Logbook()
    book.reading(-20, blood_pressure="164/112")
    book.step(-10, "cancelled")

    assert book.state(-5).due == ()


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        session_state(NASAL, FACTS, [], datetime(2026, 3, 12, 9, 31))  # noqa: DTZ001


def test_a_dose_that_was_given_cannot_be_cancelled_away():
    book = started()
    book.step(15, "cancelled")

    assert book.state(16).phase is Phase.OBSERVING


def test_what_lies_ahead_has_not_happened_yet():
    book = Logbook()
    book.device(0)

    state = book.state(-5)

    assert state.clock.t0 is None
    assert state.changes_at == at(0)


def test_the_latest_answer_to_an_item_counts():
    book = Logbook()
    book.check(-20, "consent", "no")
    book.check(-10, "consent", "yes")

    consent = next(item for item in book.state(0).pre_dose_items if item.code == "consent")

    assert (consent.met, consent.answered_at) == (True, at(-10))


@pytest.mark.parametrize(
    ("item", "answer", "met", "tell"),
    [
        ("consent", "no", False, None),
        ("pregnancy-test", "refused", True, "prescriber"),
        ("medicine-opioid", "yes", True, "prescriber"),
        ("medicine-opioid", "no", True, None),
        ("infant-harm-found", "yes", True, "psychiatrist"),
        ("prescriber-on-site", "not-reached", False, None),
    ],
)
def test_d8_5_and_d8_7_an_answer_meets_an_item_and_tells_whom_it_must(item, answer, met, tell):
    book = Logbook()
    book.check(-20, item, answer)

    found = next(one for one in book.state(0).pre_dose_items if one.code == item)

    assert (found.met, found.tell) == (met, tell)


@pytest.mark.parametrize(("answer", "met"), [("no", False), ("yes", True), ("refused", True)])
def test_d8_7_a_no_meets_no_item_while_a_medicine_of_its_class_is_on_her_list(answer, met):
    book = Logbook()
    book.check(-20, "medicine-benzodiazepine", answer)
    book.check(-20, "medicine-opioid", "no")
    listed = replace(FACTS, on_her_list=frozenset({"medicine-benzodiazepine"}))

    items = {one.code: one for one in book.state(0, facts=listed).pre_dose_items}

    assert items["medicine-benzodiazepine"].met is met
    assert items["medicine-opioid"].met is True


def test_an_item_before_the_dose_that_is_answered_later_counts_with_its_time():
    book = started()
    book.check(20, "consent")

    consent = next(item for item in book.state(21).pre_dose_items if item.code == "consent")

    assert (consent.met, consent.answered_at) == (True, at(20))


@pytest.mark.parametrize(("breastfeeding", "asked"), [(True, True), (None, True), (False, False)])
def test_the_agreed_pause_is_talked_about_unless_she_is_known_not_to_breastfeed(
    breastfeeding, asked
):
    items = Logbook().state(0, facts=replace(FACTS, breastfeeding=breastfeeding)).pre_dose_items

    assert ("agreed-pause" in {item.code for item in items}) is asked


def test_a_side_effect_lasts_from_onset_to_resolution_and_keeps_its_peak():
    book = started()
    onset = book.effect(10, "nausea", "mild")
    book.effect_change(20, onset, "severe", serious=True, criterion="important medical event")
    book.effect_change(30, onset, "moderate")
    book.effect_change(45, onset)

    (effect,) = book.state(46).side_effects

    assert (effect.severity, effect.peak_severity) == ("moderate", "severe")
    assert (effect.onset_minute, effect.duration_minutes, effect.active) == (10, 35, False)
    assert (effect.serious, effect.criterion) == (True, "important medical event")
    assert effect.text == "Nausea"


def test_a_resolution_may_name_a_correction_of_the_onset():
    book = started()
    onset = book.effect(10, "nausea")
    corrected = book.effect(12, "nausea", corrects_id=onset.id, reason="later")
    book.effect_change(20, corrected)

    (effect,) = book.state(21).side_effects

    assert (effect.onset_id, effect.duration_minutes) == (onset.id, 8)


def test_a_resolution_of_nothing_is_left_out():
    book = started()
    book.effect_change(20, book.device(0))

    assert book.state(21).side_effects == ()


def test_corrections_stand_in_the_place_of_what_they_correct():
    book = started()
    wrong = book.full(15, heart_rate=80)
    book.full(30)
    right = book.full(15, known=31, heart_rate=88, corrects_id=wrong.id, reason="misread")

    state = book.state(32)
    line = next(one for one in state.log if one.root_id == wrong.id)

    assert [one.effective_at for one in state.log] == sorted(o.effective_at for o in state.log)
    assert (line.original, line.corrections, line.current) == (wrong, (right,), right)
    row = next(one for one in state.rows if one.entry_id == wrong.id)
    assert row.corrected


def test_a_withdrawn_entry_stays_in_the_log_and_nowhere_else():
    book = started()
    wrong = book.full(15, heart_rate=80)
    book.withdraw(20, wrong)

    state = book.state(21)

    assert next(one for one in state.log if one.root_id == wrong.id).withdrawn
    assert wrong.id not in {row.entry_id for row in state.rows}


def test_a_correction_may_be_corrected_and_the_last_to_arrive_counts():
    book = started()
    first = book.full(15, heart_rate=80)
    second = book.full(15, heart_rate=85, corrects_id=first.id, reason="misread")
    book.full(15, heart_rate=90, corrects_id=second.id, reason="misread twice")

    assert book.state(16).readings["heart_rate"].reading.value.value == 90


def test_a_correction_that_arrives_before_its_original_stands_for_it():
    book = started()
    missing = UUID(int=5000)
    book.full(15, heart_rate=85, corrects_id=missing, reason="misread")

    assert book.state(16).rows[-1].entry_id == missing


def test_two_corrections_that_name_each_other_are_one_entry():
    book = started()
    one, other = UUID(int=5001), UUID(int=5002)
    book.full(15, id=one, corrects_id=other, reason="a")
    book.full(15, id=other, corrects_id=one, reason="b")

    assert len(book.state(16).rows) == 2


def test_a_device_waits_behind_what_should_have_been_measured_by_now():
    book = Logbook()
    book.full(-2)
    book.device(0)

    assert book.state(14).next_due.kind == "device"
    assert book.state(15).next_due.slot_key == "m15"


def test_when_nothing_else_is_due_the_check_for_leaving_is_next():
    book = started()
    for minute in (15, 30, 40, 60, 90, 119):
        book.full(minute)

    due = book.state(120).next_due

    assert (due.kind, due.due_at) == ("readiness", at(120))


def test_before_the_dose_pre_dose_is_what_it_would_be_if_she_were_dosed_now():
    book = Logbook()
    book.reading(-40, blood_pressure="118/76")

    assert "blood_pressure" in book.state(-10).pre_dose
    assert "blood_pressure" not in book.state(-9).pre_dose
    assert book.state(-20).changes_at == at(-9)

"""This file is about definitions D5: what was delivered, devices, expiry, the agreed pause."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clinic.sessions.rules import log
from clinic.sessions.rules.results import Phase
from tests.sessions.rules.factories import FACTS, Logbook, at

PARTIAL, NONE = log.Outcome.PARTIAL, log.Outcome.NONE


def test_d5_1_dose_given_is_the_sum_of_complete_devices():
    book = Logbook()
    book.device(0)
    book.device(5, 2)

    dose = book.state(6).dose

    assert (dose.given_mg, dose.text) == (Decimal(56), "56 mg")


def test_d5_1_a_partial_device_leaves_the_amount_unknown():
    book = Logbook()
    book.device(0)
    book.device(5, 2, outcome=PARTIAL)

    dose = book.state(6).dose

    assert (dose.given_mg, dose.known_mg) == (None, Decimal(28))
    assert dose.text == "28 mg + device 2 partial, amount unknown"


def test_d5_1_a_partial_device_with_a_stated_amount_counts_with_it():
    book = Logbook()
    book.device(0)
    book.device(5, 2, outcome=PARTIAL, mg=Decimal(14))

    dose = book.state(6).dose

    assert (dose.given_mg, dose.text) == (Decimal(42), "42 mg (device 2 partial, 14 mg)")


def test_d5_1_a_device_that_delivered_nothing_adds_nothing_and_is_told():
    book = Logbook()
    book.device(0)
    book.device(5, 2, outcome=NONE)

    dose = book.state(6).dose

    assert (dose.given_mg, dose.text) == (Decimal(28), "28 mg + device 2 delivered nothing")


def test_d5_1_a_partial_device_may_be_stated_to_have_delivered_0_mg():
    book = Logbook()
    book.device(0, outcome=PARTIAL, mg=Decimal(0))

    assert book.state(1).dose.given_mg == Decimal(0)


def test_an_injection_and_a_lozenge_are_called_by_their_name():
    book = Logbook()
    book.add(log.Administration, 0, event=log.AdministrationEvent.INJECTION, mg=Decimal(35))
    lozenge = log.AdministrationEvent.LOZENGE_IN
    book.add(log.Administration, 5, event=lozenge, outcome=PARTIAL)

    assert book.state(6).dose.text == "35 mg + lozenge 2 partial, amount unknown"


def test_nothing_given_is_not_zero_mg():
    dose = Logbook().state(0).dose

    assert (dose.given_mg, dose.text) == (None, "nothing given")


def test_d5_1_no_replacement_device_without_a_new_order():
    book = Logbook()
    book.device(0)
    book.device(5, 2, outcome=NONE)
    two = replace(FACTS, ordered_mg=Decimal(56), ordered_devices=2)
    three = replace(FACTS, ordered_mg=Decimal(84), ordered_devices=3)

    assert book.state(6, facts=two).dose.next_device_number is None
    assert book.state(6, facts=two).dose.complete
    assert book.state(6, facts=three).dose.next_device_number == 3


def test_the_next_device_opens_5_min_after_the_one_before():
    book = Logbook()
    book.full(-2)
    book.device(0)

    state = book.state(1)

    assert (state.dose.next_device_number, state.dose.next_device_opens_at) == (2, at(5))
    assert (state.next_due.kind, state.next_due.due_at) == ("device", at(5))


def test_before_the_first_device_number_1_may_be_given_at_once():
    dose = Logbook().state(0).dose

    assert (dose.next_device_number, dose.next_device_opens_at) == (1, None)


def test_the_number_of_devices_follows_from_the_ordered_mg():
    book = Logbook()
    book.device(0)
    book.device(5, 2)
    facts = replace(FACTS, ordered_mg=Decimal(56), ordered_devices=None)

    assert book.state(6, facts=facts).dose.complete


def test_without_an_order_no_device_opens_and_nothing_is_complete():
    facts = replace(FACTS, ordered_mg=None, ordered_devices=None)

    dose = Logbook().state(0, facts=facts).dose

    assert (dose.next_device_number, dose.complete) == (None, False)


@pytest.mark.parametrize(
    ("devices", "phase"), [(1, Phase.DOSING), (2, Phase.DOSING), (3, Phase.OBSERVING)]
)
def test_dosing_ends_with_the_last_ordered_device(devices, phase):
    book = Logbook()
    for number in range(devices):
        book.device(number * 5, number + 1)

    assert book.state(12).phase is phase


def test_a_stopped_session_is_observed_and_said_to_be_stopped_early():
    book = Logbook()
    book.device(0)
    book.step(7, "dosing-stopped", text="vomiting")

    state = book.state(8)

    assert state.phase is Phase.OBSERVING
    assert state.dose.stopped_early
    assert state.dose.next_device_number is None


def test_d5_1_a_corrected_outcome_changes_the_dose_and_not_the_order():
    book = Logbook()
    first = book.device(0)
    book.device(0, outcome=PARTIAL, corrects_id=first.id, reason="second spray missed", known=3)

    dose = book.state(4).dose

    assert dose.text == "device 1 partial, amount unknown"
    assert [device.entry_id for device in dose.devices] == [first.id]


def test_d5_2_lot_and_expiry_stand_with_each_device():
    book = Logbook()
    book.device(0, lot="A17", expires_on=date(2027, 1, 31))

    (device,) = book.state(1).dose.devices

    assert (device.lot, device.expires_on) == ("A17", date(2027, 1, 31))


def test_d5_3_the_agreed_pause_ends_the_agreed_hours_after_the_last_spray():
    book = Logbook()
    book.device(0)
    book.device(5, 2)
    book.device(10, 3)

    assert book.state(11).agreed_pause_ends_at == at(10 + 12 * 60)


def test_d5_3_a_device_that_delivered_nothing_is_not_the_last_drug():
    book = Logbook()
    book.device(0)
    book.device(5, 2, outcome=NONE)

    assert book.state(6).agreed_pause_ends_at == at(12 * 60)


@pytest.mark.parametrize(
    "facts",
    [replace(FACTS, breastfeeding=False), replace(FACTS, agreed_pause_hours=None)],
    ids=["not breastfeeding", "none agreed"],
)
def test_d5_3_without_an_agreement_there_is_no_end(facts):
    book = Logbook()
    book.device(0)

    assert book.state(1, facts=facts).agreed_pause_ends_at is None


def test_d5_3_a_corrected_time_moves_the_end_and_says_that_advice_has_changed():
    book = Logbook()
    first = book.device(0)
    unchanged = book.state(1)
    book.device(2, corrects_id=first.id, reason="clock was wrong", known=30)

    state = book.state(31)

    assert unchanged.advice_changed_at is None
    assert state.agreed_pause_ends_at == at(2 + 12 * 60)
    assert state.advice_changed_at == at(30)


def test_d5_3_a_correction_that_moves_nothing_changes_no_advice():
    book = Logbook()
    first = book.device(0, lot="A17")
    book.device(0, lot="A71", corrects_id=first.id, reason="misread", known=30)

    assert book.state(31).advice_changed_at is None

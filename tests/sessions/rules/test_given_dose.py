"""This file is about a dose as other rooms count it: it never differs from the session's state."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from clinic.sessions.rules import dose_given, log
from clinic.sessions.rules.given import DoseOf
from tests.sessions.rules.factories import FACTS, INFUSION, NASAL, Logbook, at, started

OF = DoseOf(UUID(int=1), UUID(int=2), UUID(int=3), 4)


def pumped() -> Logbook:
    book = Logbook()
    book.full(-2)
    book.pump(0, "start", rate_mg_per_h=Decimal(60))
    book.pump(20, "pause")
    book.pump(30, "resume")
    book.pump(40, "stop")
    return book


@pytest.mark.parametrize(
    ("book", "plan", "minute"),
    [(started(), NASAL, 12), (started(), NASAL, 200), (pumped(), INFUSION, 90)],
)
def test_it_says_what_the_state_says(book, plan, minute):
    state = book.state(minute, plan)

    dose = dose_given(OF, plan, FACTS, book.entries, at(minute))

    assert dose is not None
    assert (dose.t0, dose.last_drug_at) == (state.clock.t0, state.clock.last_drug_at)
    assert (dose.known_mg, dose.text) == (state.dose.known_mg, state.dose.text)
    assert dose.agreed_pause_ends_at == state.agreed_pause_ends_at
    assert (dose.number, dose.form, dose.route) == (4, plan.form, plan.route)


def test_d1_1_a_device_that_delivered_nothing_is_no_dose():
    book = Logbook()
    book.device(0, outcome=log.Outcome.NONE)

    assert dose_given(OF, NASAL, FACTS, book.entries, at(5)) is None


def test_a_device_entered_in_error_is_no_dose():
    book = Logbook()
    first = book.device(0)
    book.withdraw(3, first)

    assert dose_given(OF, NASAL, FACTS, book.entries, at(5)) is None


def test_while_an_infusion_runs_its_last_drug_and_the_end_of_the_pause_are_open():
    book = Logbook()
    book.pump(0, "start", rate_mg_per_h=Decimal(60))

    dose = dose_given(OF, INFUSION, FACTS, book.entries, at(5))

    assert dose is not None
    assert (dose.t0, dose.last_drug_at, dose.agreed_pause_ends_at) == (at(0), None, None)
    assert dose.t0 + timedelta(minutes=5) == at(5)


@pytest.mark.parametrize(
    ("step", "early"), [("left", False), ("left-against-advice", True), ("transferred", True)]
)
def test_d6_it_knows_when_she_left_against_advice_or_to_a_hospital(step, early):
    book = started()
    book.step(50, step)

    dose = dose_given(OF, NASAL, FACTS, book.entries, at(60))

    assert dose is not None
    assert dose.left_early_at == (at(50) if early else None)

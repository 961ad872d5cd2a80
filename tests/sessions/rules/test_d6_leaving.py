"""This file is about definitions D6: evidence that ages, ready_at, and leaving itself."""

from decimal import Decimal

import pytest

from clinic.sessions.rules.results import Phase
from tests.sessions.rules.factories import Logbook, at, refused, started
from tests.sessions.rules.recovery import criterion, recovered, status


def test_d6_an_answer_before_the_dose_does_not_count_for_leaving():
    book = Logbook()
    book.check(-10, "suicide-risk-asked")
    book.device(0)

    assert status(book, "suicide-risk-asked", 120) == "needs-a-person"


@pytest.mark.parametrize(("minute", "said"), [(135, "met"), (136, "not-yet")])
def test_d6_evidence_is_at_most_15_min_old_at_signing(minute, said):
    assert status(recovered(), "blood-pressure", minute) == said
    assert status(recovered(), "steady-walk", minute) == said
    assert recovered().state(minute).readiness.clinical_met is (said == "met")


def test_d6_a_reading_that_was_left_out_is_no_evidence():
    book = started()
    book.full(90)
    book.reading(120, blood_pressure=refused())

    assert criterion(book, "blood-pressure").status.value == "not-yet"


def test_d6_ready_at_is_the_earliest_time_from_which_all_clinical_criteria_stay_met():
    book = started()
    book.full(60)
    book.check(60, "steady-walk")
    book.full(70, dissociation=2)
    book.full(80)
    book.full(90)
    book.full(120)

    assert book.state(121).readiness.ready_at == at(80)


def test_d6_ready_at_is_empty_while_a_criterion_is_not_met():
    book = started()
    book.full(90)
    book.check(90, "steady-walk")
    book.full(120, dissociation=2)

    assert book.state(121).readiness.ready_at is None


def test_d6_ready_at_the_nurses_statement_and_leaving_are_three_times():
    book = recovered()
    book.step(122, "would-have-been-ready", minutes=95)
    book.step(130, "left")

    readiness = book.state(140).readiness

    assert readiness.ready_at == at(120)
    assert readiness.would_have_been_ready_minutes == 95
    assert (readiness.left_at, readiness.left_how) == (at(130), "left")


@pytest.mark.parametrize("how", ["transferred", "left-against-advice"])
def test_d6_leaving_against_advice_and_transfer_need_no_checklist(how):
    book = started()
    book.step(30, how)

    state = book.state(31)

    assert state.phase is Phase.LEFT
    assert state.readiness.left_how == how
    assert state.next_due is None


def test_after_she_left_nothing_ages_any_more():
    book = recovered()
    book.step(125, "left")

    state = book.state(600)

    assert state.readiness.all_met
    assert state.clock.elapsed_minutes == 125
    assert state.changes_at is None


def test_ready_waits_for_the_minimum_stay():
    book = started()
    book.full(90)
    book.full(110)
    book.check(110, "steady-walk")

    before, after = book.state(119), book.state(120)

    assert (before.phase, after.phase) == (Phase.OBSERVING, Phase.READY)
    assert before.readiness.clinical_met


def test_an_open_alert_of_another_sign_needs_a_person():
    book = recovered()
    book.reading(121, temperature=Decimal("36.6"), heart_rate=130)

    assert status(book, "alerts") == "needs-a-person"

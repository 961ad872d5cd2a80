"""Keep longer: the reading that it plans is due like any other (definitions D1.2)."""

import pytest

from clinic.sessions.rules.results import DueKind, NextDue
from tests.sessions.rules.factories import NASAL, NORMAL, at, refused
from tests.sessions.rules.recovery import recovered

REQUIRED = NASAL.schedule.required


def kept(minutes=20, minute=121):
    """Recovered at 120, kept at 121."""
    book = recovered()
    book.step(minute, "kept-longer", minutes=minutes, text="Dizzy when she stands")
    return book


def extra(book, minute) -> NextDue | None:
    return next((one for one in book.state(minute).due if one.kind is DueKind.EXTRA), None)


def test_d1_2_the_reading_that_was_planned_is_due_next() -> None:
    due = kept().state(122).next_due

    assert due == NextDue(DueKind.EXTRA, "Extra reading", at(141), overdue=False, signs=REQUIRED)


@pytest.mark.parametrize(("minute", "overdue"), [(146, False), (147, True)])
def test_d1_2_it_is_overdue_once_the_time_around_it_is_over(minute, overdue) -> None:
    assert extra(kept(), minute).overdue is overdue


def test_d1_2_the_state_changes_when_it_becomes_overdue() -> None:
    assert kept().state(140).changes_at == at(147)


@pytest.mark.parametrize(("taken", "answers"), [(135, False), (136, True), (150, True)])
def test_d1_2_a_reading_on_time_or_later_answers_it_and_an_earlier_one_does_not(
    taken, answers
) -> None:
    book = kept()
    book.full(taken)

    assert (extra(book, 151) is None) is answers


def test_d1_2_a_reading_that_was_there_before_never_answers_it() -> None:
    book = kept(minutes=3, minute=120)

    assert extra(book, 121).due_at == at(123)
    book.full(121)
    assert extra(book, 122) is None


def test_d1_2_signs_that_were_left_out_stay_due_and_not_measured_is_an_answer() -> None:
    book = kept()
    book.reading(141, blood_pressure="118/76", spo2=refused())

    left = set(REQUIRED) - {"blood_pressure", "spo2"}
    assert set(extra(book, 142).signs) == left
    book.reading(142, **{sign: NORMAL[sign] for sign in left})
    assert extra(book, 143) is None


def test_two_plans_are_two_readings_and_leaving_ends_them() -> None:
    book = kept()
    book.step(125, "kept-longer", minutes=40)

    due = [one.due_at for one in book.state(126).due if one.kind is DueKind.EXTRA]
    assert due == [at(141), at(165)]
    book.step(130, "left-against-advice")
    assert book.state(131).due == ()


def test_an_emergency_makes_none_overdue() -> None:
    book = kept()
    book.step(150, "emergency")

    assert not extra(book, 151).overdue
